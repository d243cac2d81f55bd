import { groupNamed } from '../group/groups';
import { base64Hash } from '../hashes';
import { type Entitled, type Voter, entitled, publicList } from '../register';
import { type Reply, serve } from './one-at-a-time';
import type { Port } from './port';

/** Gives a credential to each voter who has none in the register, and makes the public list. */
export interface RegistrarRequest {
  readonly group: string;
  readonly election: string;
  readonly voters: readonly Voter[];
  /** Who has which credential already. */
  readonly register: readonly Entitled[];
}

export interface RegistrarAnswer {
  readonly register: readonly Entitled[];
  readonly publicText: string;
  /** The public list's fingerprint, as an archive's verification shows it. */
  readonly hash: string;
}

export function serveRegistrar(port: Port<RegistrarRequest, Reply<RegistrarAnswer>>): void {
  serve(port, ({ group, election, voters, register: known }, onProgress) => {
    const register = entitled(voters, known);
    const publicText = publicList(groupNamed(group), election, register, onProgress);
    return { register, publicText, hash: base64Hash(publicText) };
  });
}

import { fromBase64url } from './bytes';
import { type JsonObject, readObject } from './canonical-json';
import { isAcceptableKey } from './ed25519';
import { type Validator, inValidatorOrder } from './validators';

/** Whom a verifier trusts: the members of one chain (docs/formats.md section 6), in the order that commits use. */
export interface Members {
  readonly chain: string;
  readonly members: readonly Member[];
}

export interface Member extends Validator {
  readonly name: string;
}

export class MalformedMembers extends Error {}

/** @throws MalformedMembers for anything but a members file */
export function readMembers(bytes: Uint8Array): Members {
  try {
    const file = readObject(bytes);
    if (Object.keys(file).join() !== 'chain,format,members,version') throw new MalformedMembers('not its members');
    if (file.format !== 'madang-members' || file.version !== 1) throw new MalformedMembers('not a members file');
    if (typeof file.chain !== 'string' || !Array.isArray(file.members)) throw new MalformedMembers('not its form');
    const members = (file.members as JsonObject[]).map(readMember);
    const keys = new Set((file.members as JsonObject[]).map((member) => member.key));
    if (members.length === 0 || keys.size !== members.length) throw new MalformedMembers('no member, or one named twice');
    return { chain: file.chain, members: inValidatorOrder(members) };
  } catch (error) {
    throw error instanceof MalformedMembers ? error : new MalformedMembers(String(error));
  }
}

function readMember(member: JsonObject): Member {
  if (Object.keys(member).join() !== 'key,name,power') throw new MalformedMembers('not the form of a member');
  const { key, name, power } = member;
  if (typeof key !== 'string' || typeof name !== 'string' || typeof power !== 'number' || power < 1) {
    throw new MalformedMembers('not the form of a member');
  }
  const publicKey = fromBase64url(key);
  if (!isAcceptableKey(publicKey)) throw new MalformedMembers('not a key');
  return { publicKey, name, power: BigInt(power) };
}

import { readFileSync, readdirSync } from 'node:fs';

const FOLDER = new URL('../vectors/belenios/', import.meta.url);

export type Fixture = 'a-simple-2048' | 'b-threshold-2048' | 'c-ed25519-lists' | 'd-mixnet-rfc3526';

export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, FOLDER)));
}

export function textOf(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}

export function jsonOf<T>(path: string): T {
  return JSON.parse(textOf(path)) as T;
}

export function archiveOf(fixture: Fixture): Uint8Array {
  return bytesOf(`${fixture}/${filesIn(fixture).find((name) => name.endsWith('.bel'))}`);
}

export function filesIn(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, FOLDER));
}

export interface Expected {
  readonly independent_check: {
    readonly ballots: number;
    readonly voters: number;
    readonly tallied: number;
    readonly head: string;
    readonly election_hash: string;
    readonly decrypted_by: number[];
    readonly result: number[][];
  };
  readonly trackers_in_order_of_acceptance: string[];
}

export function expectedOf(fixture: Fixture): Expected {
  return jsonOf(`${fixture}/expected.json`);
}

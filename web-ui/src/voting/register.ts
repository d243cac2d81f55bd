import { credentialSecret, newCredential, publicCredential, readCredential } from './credential';
import type { Group } from './group/group';
import { groupNamed } from './group/groups';
import { members, readJson, string, written } from './strict-json';

/**
 * The registrar's register: who has which credential, in the files of `./madang registrar`. Whoever reads it can vote for everybody; only
 * {@link publicList} leaves the registrar's machine.
 */
export interface Voter {
  /** A name, number or address; what the credential is sent to. */
  readonly identity: string;
  readonly weight: number;
}

export interface Entitled extends Voter {
  readonly credential: string;
}

/** Which election a register is for (registrar.json). */
export interface RegisterAbout {
  readonly election: string;
  readonly group: string;
  readonly title: string;
}

/** Why a list is refused, and in which line from 1; nothing of the list itself is in it. */
export type ListProblem =
  | 'empty'
  | 'too-many'
  | 'too-long'
  | 'voter-length'
  | 'voter-characters'
  | 'weight'
  | 'total-weight'
  | 'twice'
  | 'columns'
  | 'credential'
  | 'json';

export type Reading<T> = { readonly valid: true; readonly value: T } | { readonly valid: false; readonly problem: ListProblem; readonly line: number };

export const MAX_VOTERS = 100_000;
const MAX_CHARACTERS = 64 << 20;
const MAX_IDENTITY = 200;
/** Beyond this, finding the counts in the decrypted tally would take too long. */
const MAX_TOTAL_WEIGHT = 1_000_000_000_000;
const HEADER = 'voter,weight,credential';

class Wrong extends Error {
  constructor(
    readonly problem: ListProblem,
    readonly line: number,
  ) {
    super(problem);
  }
}

function reading<T>(work: () => T): Reading<T> {
  try {
    return { valid: true, value: work() };
  } catch (error) {
    if (error instanceof Wrong) return { valid: false, problem: error.problem, line: error.line };
    throw error;
  }
}

/**
 * A voters' list as people have it: a line for each voter, after a comma the weight if it is not 1, perhaps under a heading; or JSON, a list
 * of texts or of `{"voter", "weight"}`.
 */
export function readVoters(typed: string): Reading<Voter[]> {
  return reading(() => {
    const text = bounded(typed);
    return checked(/^\s*[[{]/.test(text) ? ofJson(text) : ofLines(text));
  });
}

function bounded(typed: string): string {
  if (typed.length > MAX_CHARACTERS) throw new Wrong('too-long', 0);
  return typed.replace(/^\ufeff/, '');
}

function ofLines(text: string): Numbered<Voter>[] {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ line, number: index + 1 }));
  // A heading names a column where weights would stand; in a list of one column only one word can be told from a voter.
  if (lines[0] && /^\s*voter\s*$|,\s*[^\s\d,][^\d,]*$/i.test(lines[0].line)) lines.shift();
  return lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const comma = line.indexOf(',');
      const identity = (comma < 0 ? line : line.slice(0, comma)).trim();
      return { line: number, value: voter(identity, comma < 0 ? '1' : line.slice(comma + 1).trim(), number) };
    });
}

function ofJson(text: string): Numbered<Voter>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Wrong('json', 0);
  }
  const list = Array.isArray(value) ? value : (value as { voters?: unknown } | null)?.voters;
  if (!Array.isArray(list)) throw new Wrong('json', 0);
  return list.map((item: unknown, index) => {
    const line = index + 1;
    if (typeof item === 'string') return { line, value: voter(item.trim(), '1', line) };
    const one = item as { voter?: unknown; weight?: unknown } | null;
    if (typeof one?.voter !== 'string') throw new Wrong('json', line);
    return { line, value: voter(one.voter.trim(), String(one.weight ?? 1), line) };
  });
}

/** Reads back credentials.csv. */
export function readRegister(typed: string): Reading<Entitled[]> {
  return reading(() => {
    const lines = bounded(typed).trim().split(/\r\n|\n|\r/);
    if (lines[0] !== HEADER) throw new Wrong('columns', 1);
    const read = lines.slice(1).map((text, index) => {
      const line = index + 2;
      const fields = text.split(',');
      if (fields.length !== 3) throw new Wrong('columns', line);
      const credential = readCredential(fields[2]!);
      if (!credential.valid) throw new Wrong('credential', line);
      return { line, value: { ...voter(fields[0]!, fields[1]!, line), credential: credential.credential } };
    });
    return checked(read);
  });
}

interface Numbered<T> {
  readonly line: number;
  readonly value: T;
}

function voter(identity: string, weight: string, line: number): Voter {
  if (identity === '' || identity.length > MAX_IDENTITY) throw new Wrong('voter-length', line);
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f",]/.test(identity) || !identity.isWellFormed()) throw new Wrong('voter-characters', line);
  if (!/^[1-9][0-9]{0,11}$/.test(weight)) throw new Wrong('weight', line);
  return { identity, weight: Number(weight) };
}

function checked<T extends Voter>(voters: readonly Numbered<T>[]): T[] {
  if (voters.length === 0) throw new Wrong('empty', 0);
  if (voters.length > MAX_VOTERS) throw new Wrong('too-many', 0);
  const seen = new Set<string>();
  let total = 0;
  for (const { value, line } of voters) {
    const name = value.identity.toLowerCase();
    if (seen.has(name)) throw new Wrong('twice', line);
    seen.add(name);
    total += value.weight;
  }
  if (total > MAX_TOTAL_WEIGHT) throw new Wrong('total-weight', 0);
  return voters.map(({ value }) => value);
}

/** The text of credentials.csv: for a mailing system, and the registrar's own copy. */
export function registerText(voters: readonly Entitled[]): string {
  return [HEADER, ...voters.map(({ identity, weight, credential }) => `${identity},${weight},${credential}`)].join('\n');
}

/** The text of registrar.json. */
export function aboutText({ election, group, title }: RegisterAbout): string {
  return written({ election, group, title });
}

/** @throws Refusal for anything but a registrar.json */
export function readAbout(typed: string): RegisterAbout {
  const record = members(readJson(typed.trim(), 10_000), 'election,group,title');
  const { name } = groupNamed(string(record.group));
  return { election: string(record.election, 64), group: name, title: string(record.title, 500) };
}

/** What a new list means for a register: who keeps a credential, who gets one, who loses it. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly reweighted: readonly string[];
}

export function changesTo(register: readonly Entitled[], voters: readonly Voter[]): Changes {
  const had = new Map(register.map(({ identity, weight }) => [identity, weight]));
  const has = new Set(voters.map(({ identity }) => identity));
  return {
    added: voters.filter(({ identity }) => !had.has(identity)).map(({ identity }) => identity),
    removed: register.filter(({ identity }) => !has.has(identity)).map(({ identity }) => identity),
    reweighted: voters.filter(({ identity, weight }) => had.has(identity) && had.get(identity) !== weight).map(({ identity }) => identity),
  };
}

/** A credential for each voter: the one that they have, or else a new one. */
export function entitled(voters: readonly Voter[], register: readonly Entitled[] = []): Entitled[] {
  const known = new Map(register.map(({ identity, credential }) => [identity, credential]));
  return voters.map((one) => ({ ...one, credential: known.get(one.identity) ?? newCredential() }));
}

/** The register with a new credential for one voter; the earlier one is worth nothing once the new public list is in use. */
export function reissued(register: readonly Entitled[], identity: string): Entitled[] {
  return register.map((one) => (one.identity === identity ? { ...one, credential: newCredential() } : one));
}

/**
 * The record of public credentials, for whoever opens the election: sorted, so that its order says nothing of the voters' order; a weight
 * only where it is not 1.
 */
export function publicList(
  group: Group,
  election: string,
  voters: readonly Entitled[],
  onProgress: (done: number, all: number) => void = () => {},
): string {
  const list = voters.map(({ credential, weight }, index) => {
    if (index % 50 === 0) onProgress(index, voters.length);
    const text = publicCredential(group, credentialSecret(group, election, credential));
    return weight === 1 ? text : `${text},${weight}`;
  });
  return written(list.sort());
}

/**
 * A cyclic group of prime order in which the Diffie-Hellman problem is hard, written multiplicatively. Whoever uses a group does not
 * see what its elements are made of.
 */
declare const candidate: unique symbol;
declare const member: unique symbol;

/** Well-formed, but perhaps outside the group: it may be multiplied, and must be admitted before it is believed. */
export interface Candidate {
  readonly [candidate]: true;
}

/** Known to be in the group. */
export interface Element extends Candidate {
  readonly [member]: true;
}

export type GroupName = 'BELENIOS-2048' | 'Ed25519';

export interface Group {
  readonly name: GroupName;
  /** The prime q: exponents count modulo q. */
  readonly order: bigint;
  readonly generator: Element;
  readonly neutral: Element;
  times<T extends Candidate>(a: T, b: T): T;
  squared<T extends Candidate>(a: T): T;
  inverse<T extends Candidate>(a: T): T;
  same(a: Candidate, b: Candidate): boolean;
  /** The text forms of elements, one for each. Many at once are cheaper than one by one. */
  texts(elements: readonly Element[]): string[];
  /** What a text stands for, if it is the one text form of a candidate. Total: any text may be given. */
  decode(text: string): Candidate | undefined;
}

export function textOfElement(group: Group, element: Element): string {
  return group.texts([element])[0]!;
}

/** n modulo q, from 0 to q-1 also for negative n. */
export function reduced(group: Group, n: bigint): bigint {
  const rest = n % group.order;
  return rest < 0n ? rest + group.order : rest;
}

export function product(group: Group, elements: readonly Element[]): Element {
  return elements.reduce((all, element) => group.times(all, element), group.neutral);
}

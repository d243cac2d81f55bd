import type { Candidate, Element, Group } from './group/group';
import { elementOf } from './group/powers';
import { Refusal, at, refuseUnless } from './refusal';
import { type Json, type JsonObject, members, string } from './strict-json';

/** Exponents and elements as they stand in records. */
const DECIMAL = /^(0|[1-9][0-9]{0,77})$/;

/** A decimal string from 0 to q-1, in its one form. */
export function exponent(group: Group, value: Json | undefined): bigint {
  const text = string(value, 80);
  refuseUnless(DECIMAL.test(text), 'out-of-range');
  const number = BigInt(text);
  refuseUnless(number < group.order, 'out-of-range');
  return number;
}

/** An element that is still to be admitted, with its text. */
export interface Written {
  readonly text: string;
  readonly candidate: Candidate;
}

export function candidate(group: Group, value: Json | undefined): Written {
  const text = string(value, 700);
  const decoded = group.decode(text);
  if (!decoded) throw new Refusal('not-an-element');
  return { text, candidate: decoded };
}

/** An element that was shown to be in the group. */
export function element(group: Group, value: Json | undefined): Element {
  const { text } = candidate(group, value);
  const found = elementOf(group, text);
  if (!found) throw new Refusal('not-in-the-group');
  return found;
}

/** A proof of knowledge, or one branch of a proof with several. */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

export function proof(group: Group, value: Json | undefined): Proof {
  const { challenge, response } = members(value, 'challenge,response');
  return {
    challenge: at('challenge', () => exponent(group, challenge)),
    response: at('response', () => exponent(group, response)),
  };
}

export function proofJson({ challenge, response }: Proof): JsonObject {
  return { challenge: challenge.toString(), response: response.toString() };
}

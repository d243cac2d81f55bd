import { proveOneOf } from './choice-proof';
import {
  type Ciphertext,
  type ElectionKey,
  type Opening,
  type WrittenCiphertext,
  ciphertextsJson,
  encrypt,
  newOpening,
  productOf,
  sumOf,
  writtenCiphertext,
} from './ciphertext';
import { type Proof, proof, proofJson } from './encodings';
import { type Question, ciphertextsOf } from './election';
import type { Group } from './group/group';
import { at } from './refusal';
import { type Json, type JsonObject, items, members } from './strict-json';

/** What a voter wants of one question: the indexes of the chosen answers, or blank. */
export type Choice = readonly number[] | 'blank';

export type ChoiceProblem = 'blank-not-offered' | 'no-such-answer' | 'answer-twice' | 'too-few-answers' | 'too-many-answers';

export function choiceProblem({ answers, min, max, blank }: Question, choice: Choice): ChoiceProblem | undefined {
  if (choice === 'blank') return blank ? undefined : 'blank-not-offered';
  if (choice.some((index) => !Number.isInteger(index) || index < 0 || index >= answers.length)) return 'no-such-answer';
  if (new Set(choice).size !== choice.length) return 'answer-twice';
  if (choice.length < min) return 'too-few-answers';
  return choice.length > max ? 'too-many-answers' : undefined;
}

/** One 0 or 1 for each ciphertext; where blank votes are offered the first says "blank". */
function plaintextsOf(question: Question, choice: Choice): number[] {
  const chosen = question.answers.map((_, index) => (choice !== 'blank' && choice.includes(index) ? 1 : 0));
  return question.blank ? [choice === 'blank' ? 1 : 0, ...chosen] : chosen;
}

/** The choice that the plaintexts stand for. */
export function choiceOf({ blank }: Question, plaintexts: readonly number[]): Choice {
  if (blank && plaintexts[0] === 1) return 'blank';
  const chosen = blank ? plaintexts.slice(1) : plaintexts;
  return chosen.flatMap((plaintext, index) => (plaintext === 1 ? [index] : []));
}

/** An answer's prefixes: each proof's hash names what the proof is about. */
export function individualPrefix(context: string, ciphertext: Texts): string {
  return `prove|${context}|${ciphertext.alpha},${ciphertext.beta}|`;
}

/** The context of the proofs about a whole answer: the voter's context and all its ciphertexts. */
export function answerContext(context: string, ciphertexts: readonly Texts[]): string {
  return `${context}|${ciphertexts.map(({ alpha, beta }) => `${alpha},${beta}`).join(',')}`;
}

export interface Texts {
  readonly alpha: string;
  readonly beta: string;
}

/** The numbers from the least to the most: what the sum of choices may be. */
export function range({ min, max }: Question): number[] {
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

export interface EncryptedAnswer {
  readonly json: JsonObject;
  readonly openings: readonly Opening[];
}

/** Called after each ciphertext with its proof, and after the proofs of a whole answer. */
export type Step = () => void;

/** Encrypts a choice and proves that it is one of those allowed. The context binds the proofs to election and voter. */
export function encryptAnswer(key: ElectionKey, question: Question, choice: Choice, context: string, step: Step): EncryptedAnswer {
  const openings = plaintextsOf(question, choice).map((plaintext) => newOpening(key, plaintext));
  const ciphertexts = openings.map((opening) => encrypt(key, opening));
  const choices = ciphertextsJson(key.group, ciphertexts) as unknown as (JsonObject & Texts)[];
  const individual = openings.map((opening, index) => {
    const proofs = prove(key, individualPrefix(context, choices[index]!), [0, 1].map((shift) => ({ opening, shift })));
    step();
    return proofs;
  });
  const whole = answerContext(context, choices);
  const json: JsonObject = { choices, individual_proofs: individual };
  if (question.blank) {
    const [blank, ...chosen] = openings as [Opening, ...Opening[]];
    const sum = sumOf(chosen);
    const allowed = range(question).map((shift) => ({ opening: sum, shift }));
    json.overall_proof = prove(key, `bproof1|${whole}|`, [{ opening: blank, shift: 1 }, ...allowed]);
    json.blank_proof = prove(key, `bproof0|${whole}|`, [{ opening: blank, shift: 0 }, { opening: sum, shift: 0 }]);
  } else {
    const sum = sumOf(openings);
    const [product] = ciphertextsJson(key.group, [productOf(key.group, ciphertexts)]) as unknown as [Texts];
    json.overall_proof = prove(key, individualPrefix(whole, product), range(question).map((shift) => ({ opening: sum, shift })));
  }
  step();
  return { json, openings };
}

function prove(...[key, prefix, claims]: Parameters<typeof proveOneOf>): JsonObject[] {
  return proveOneOf(key, prefix, claims).map(proofJson);
}

/** An answer as it was read: the right shape for its question, nothing checked yet. */
export interface WrittenAnswer {
  readonly choices: readonly WrittenCiphertext[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
  readonly blankProof: readonly Proof[];
}

/** @throws Refusal for a shape that is not the question's */
export function readAnswer(group: Group, question: Question, value: Json): WrittenAnswer {
  const record = members(value, `choices,individual_proofs,overall_proof${question.blank ? ',blank_proof' : ''}`);
  const length = ciphertextsOf(question);
  const proofs = (part: Json | undefined, exactly: number): Proof[] => items(part, exactly, exactly, (one) => proof(group, one));
  const overallLength = question.max - question.min + 1 + (question.blank ? 1 : 0);
  return {
    choices: at('choices', () => items(record.choices, length, length, (one) => writtenCiphertext(group, one))),
    individualProofs: at('individual_proofs', () => items(record.individual_proofs, length, length, (part) => proofs(part, 2))),
    overallProof: at('overall_proof', () => proofs(record.overall_proof, overallLength)),
    blankProof: question.blank ? at('blank_proof', () => proofs(record.blank_proof, 2)) : [],
  };
}

/** The product of the ciphertexts' texts is hashed too, so it must be written. */
export function textsOf(group: Group, { alpha, beta }: Ciphertext): Texts {
  const [alphaText, betaText] = group.texts([alpha, beta]);
  return { alpha: alphaText!, beta: betaText! };
}

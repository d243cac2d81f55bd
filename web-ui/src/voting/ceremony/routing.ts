import { type Proof, proof } from '../encodings';
import type { Group } from '../group/group';
import { at, refuseUnless } from '../refusal';
import { type SignedMessage, readSigned } from '../signed-message';
import { type Json, type JsonObject, items, members, readJson, string, written } from '../strict-json';
import type { CertificateSet } from './certificate';

/** A trustee's message of step 3, as the server sees it: it can read nothing of the encrypted parts. */
interface PolynomialMessage {
  readonly polynomial: string;
  readonly secrets: readonly string[];
  readonly coefexps: SignedMessage;
  readonly signature: Proof;
  readonly json: JsonObject;
}

const MAX_SENT = 1 << 20;

function readPolynomialMessage(group: Group, size: number, text: string): PolynomialMessage {
  const json = members(readJson(text, 1 << 24), 'polynomial,secrets,coefexps,signature');
  return {
    polynomial: at('polynomial', () => string(json.polynomial, MAX_SENT)),
    secrets: at('secrets', () => items(json.secrets, size, size, (sent) => string(sent, MAX_SENT))),
    coefexps: at('coefexps', () => readSigned(group, json.coefexps)),
    signature: at('signature', () => proof(group, json.signature)),
    json,
  };
}

/** Step 4: what the trustee at this index (from 1) receives of everybody's messages. */
export function routedTo(group: Group, { certificates }: CertificateSet, polynomials: readonly string[], index: number): string {
  refuseUnless(polynomials.length === certificates.length, 'wrong-shape', 'polynomials');
  const messages = polynomials.map((text, i) => at(`polynomials/${i}`, () => readPolynomialMessage(group, polynomials.length, text)));
  return written({
    polynomial: messages[index - 1]!.polynomial,
    secrets: messages.map(({ secrets }) => secrets[index - 1]!),
    coefexps: messages.map(({ coefexps }) => coefexps.json),
    signatures: messages.map(({ json }) => json.signature!),
  });
}

/** Step 6: the group's record for the list of trustees, from everybody's answers of step 5. */
export function thresholdRecord(group: Group, set: CertificateSet, polynomials: readonly string[], answers: readonly string[]): Json {
  const size = set.certificates.length;
  const messages = polynomials.map((text, i) => at(`polynomials/${i}`, () => readPolynomialMessage(group, size, text)));
  return {
    threshold: set.certificates[0]!.threshold,
    certs: set.signed.map(({ json }) => json),
    coefexps: messages.map(({ coefexps }) => coefexps.json),
    signatures: messages.map(({ json }) => json.signature!),
    verification_keys: answers.map((text, i) =>
      at(`answers/${i}`, () => members(readJson(text, MAX_SENT), 'private_key,public_key').public_key!),
    ),
  };
}

import { type Proof, proof, proofJson } from './encodings';
import type { Element, Group } from './group/group';
import { knows, proveKnowledge } from './knowledge-proof';
import { at, refuseUnless } from './refusal';
import { type Json, type JsonObject, members, string } from './strict-json';

/** A text, JSON mostly, with a trustee's signature. It keeps the JSON it was read from, which others sign again. */
export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
  readonly json: JsonObject;
}

/** The prefix under which trustees sign: the key ceremony's messages have a domain of their own. */
export function messagePrefix(message: string): string {
  return `sigmsg|${message}|`;
}

export function readSigned(group: Group, value: Json | undefined): SignedMessage {
  const json = members(value, 'message,signature');
  return {
    message: at('message', () => string(json.message, 1 << 20)),
    signature: at('signature', () => proof(group, json.signature)),
    json,
  };
}

/** The message, if this key signed it. @throws Refusal */
export function openSigned(group: Group, signer: Element, { message, signature }: SignedMessage): string {
  refuseUnless(knows(group, messagePrefix(message), signer, signature), 'wrong-signature-of-trustee', 'signature');
  return message;
}

export function signText(group: Group, secret: bigint, message: string): Proof {
  return proveKnowledge(group, messagePrefix(message), secret);
}

export function signMessage(group: Group, secret: bigint, message: string): SignedMessage {
  const signature = signText(group, secret, message);
  return { message, signature, json: { message, signature: proofJson(signature) } };
}

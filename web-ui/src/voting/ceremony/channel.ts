import { fromHex, hex, textOf, utf8 } from '../../chain/bytes';
import { sha256 } from '../../chain/sha256';
import { element } from '../encodings';
import { FixedBase, generatorOf } from '../group/fixed-base';
import { type Element, type Group, reduced, textOfElement } from '../group/group';
import { powers } from '../group/powers';
import { randomBelow } from '../randomness';
import { Refusal, at, refuseUnless } from '../refusal';
import { openSigned, readSigned, signMessage } from '../signed-message';
import { members, readJson, string, written } from '../strict-json';
import type { ChannelKeys } from './trustee-seed';

/**
 * Messages between trustees that pass through the server: signed by the sender, then encrypted to the recipient's key (ElGamal for a
 * random group element, whose hash is the AES-GCM key). Of version 3.3 of the protocol; the older CCM form is refused.
 */
const MAX_MESSAGE_CHARACTERS = 1 << 20;

/** A message for one trustee, signed and encrypted. */
export async function send(group: Group, sender: ChannelKeys, recipient: Element, message: string): Promise<string> {
  const addressed = written({ recipient: textOfElement(group, recipient), message });
  return encryptText(group, recipient, written(signMessage(group, sender.signing, addressed).json));
}

/** A message that this sender addressed to us. @throws Refusal for any other */
export async function receive(group: Group, recipient: ChannelKeys, sender: Element, sent: string): Promise<string> {
  const text = await decryptText(group, recipient.decryption, sent);
  const signed = readSigned(group, readJson(text, MAX_MESSAGE_CHARACTERS));
  const addressed = members(readJson(openSigned(group, sender, signed), MAX_MESSAGE_CHARACTERS), 'recipient,message');
  refuseUnless(addressed.recipient === recipient.encryptionText, 'wrong-recipient');
  return string(addressed.message, MAX_MESSAGE_CHARACTERS);
}

/** Encrypts a text to a public key. */
export async function encryptText(group: Group, recipient: Element, text: string): Promise<string> {
  const generator = generatorOf(group);
  const r = randomBelow(group.order);
  const shared = generator.secretPower(randomBelow(group.order));
  const alpha = textOfElement(group, generator.secretPower(r));
  const beta = group.times(new FixedBase(group, recipient).secretPower(r), shared);
  const { key, parameters } = await cipherOf(group, shared, alpha);
  const data = new Uint8Array(await crypto.subtle.encrypt(parameters, key, utf8(text)));
  return written({ algorithm: 'AES-GCM', alpha, beta: textOfElement(group, beta), data: hex(data) });
}

/** The text that was encrypted to this secret's public key. @throws Refusal for any other, and for what was altered */
export async function decryptText(group: Group, secret: bigint, sent: string): Promise<string> {
  const value = readJson(sent, MAX_MESSAGE_CHARACTERS);
  refuseUnless(typeof value === 'object' && value !== null && 'algorithm' in value, 'unsupported-encryption');
  const record = members(value, 'algorithm,alpha,beta,data');
  refuseUnless(record.algorithm === 'AES-GCM', 'unsupported-encryption', 'algorithm');
  const alpha = at('alpha', () => element(group, record.alpha));
  const beta = at('beta', () => element(group, record.beta));
  const data = string(record.data, MAX_MESSAGE_CHARACTERS);
  refuseUnless(/^([0-9a-f]{2})*$/.test(data), 'wrong-shape', 'data');

  // The secret is split at random, so that the time of either half says nothing about it.
  const part = randomBelow(group.order);
  const [one, other] = powers(group, alpha, [part, reduced(group, secret - part)]);
  const shared = group.times(beta, group.inverse(group.times(one!, other!)));
  const { key, parameters } = await cipherOf(group, shared, textOfElement(group, alpha));
  try {
    return textOf(new Uint8Array(await crypto.subtle.decrypt(parameters, key, fromHex(data))));
  } catch {
    throw new Refusal('cannot-decrypt');
  }
}

async function cipherOf(group: Group, shared: Element, alphaText: string): Promise<{ key: CryptoKey; parameters: AesGcmParams }> {
  const keyBytes = sha256(utf8(`key|${textOfElement(group, shared)}`));
  const key = await crypto.subtle.importKey('raw', keyBytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { key, parameters: { name: 'AES-GCM', iv: sha256(utf8(`iv|${alphaText}`)), tagLength: 128 } };
}

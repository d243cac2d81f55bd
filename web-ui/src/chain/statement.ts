import { base64url, concat, fromBase64url, hex, textOf, utf8 } from './bytes';
import { type JsonObject, readObject, write } from './canonical-json';
import { sha256 } from './sha256';

/**
 * Signed words (docs/formats.md section 3): a JWS in compact serialisation over a canonical JSON payload. The exact text travels
 * and is kept; nothing is encoded a second time.
 */
export interface Statement {
  readonly text: string;
  readonly signer: PublicKey;
  readonly payload: Payload;
}

export interface Payload {
  readonly chain: string;
  /** 32 lower-case hexadecimal digits, random. */
  readonly id: string;
  readonly operation: JsonObject;
  /** The domain tag: words signed for one purpose mean nothing for another. */
  readonly purpose: string;
  readonly validUntilMillis: number;
}

export type Algorithm = 'EdDSA' | 'ES256';

/** A public key in its text form (`kid`): base64url of 32 bytes (Ed25519) or of the 33 bytes of a compressed P-256 point. */
export interface PublicKey {
  readonly algorithm: Algorithm;
  readonly kid: string;
}

/** Whoever can sign: a key of this device, or one made from a recovery code. */
export interface Signer extends PublicKey {
  /** The 64 bytes of a JWS signature. */
  sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

export class MalformedStatement extends Error {}

const HEADER = /^\{"alg":"(EdDSA|ES256)","kid":"([A-Za-z0-9_-]+)"\}$/;
const PAYLOAD_MEMBERS = 'chain,id,operation,purpose,validUntilMillis,version';

/** Signs a payload. */
export async function makeStatement(signer: Signer, payload: Payload): Promise<string> {
  const header = utf8(`{"alg":"${signer.algorithm}","kid":"${signer.kid}"}`);
  const signed = `${base64url(header)}.${base64url(write({ ...payload, version: 1 }))}`;
  return `${signed}.${base64url(await signer.sign(utf8(signed)))}`;
}

/** Reads without checking the signature. @throws MalformedStatement for any other form */
export function readStatement(text: string): Statement {
  try {
    const [header, payload, signature, ...more] = text.split('.');
    if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
      throw new MalformedStatement('not three parts');
    }
    if (fromBase64url(signature).length !== 64) throw new MalformedStatement('a signature has 64 bytes');
    return { text, signer: readHeader(fromBase64url(header)), payload: readPayload(fromBase64url(payload)) };
  } catch (error) {
    throw error instanceof MalformedStatement ? error : new MalformedStatement(String(error));
  }
}

function readHeader(bytes: Uint8Array): PublicKey {
  const match = HEADER.exec(textOf(bytes));
  if (!match) throw new MalformedStatement('not a header of ours');
  const [, algorithm, kid] = match as unknown as [string, Algorithm, string];
  if (fromBase64url(kid).length !== (algorithm === 'EdDSA' ? 32 : 33)) throw new MalformedStatement('not a key of that kind');
  return { algorithm, kid };
}

function readPayload(bytes: Uint8Array): Payload {
  const payload = readObject(bytes);
  if (Object.keys(payload).join() !== PAYLOAD_MEMBERS) throw new MalformedStatement('not the members of a payload');
  const { chain, id, operation, purpose, validUntilMillis, version } = payload;
  if (version !== 1) throw new MalformedStatement('unknown version');
  if (typeof chain !== 'string' || !/^[a-z0-9-]{1,40}$/.test(chain)) throw new MalformedStatement('not a chain id');
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) throw new MalformedStatement('not a statement id');
  if (typeof purpose !== 'string') throw new MalformedStatement('the purpose is not text');
  if (typeof validUntilMillis !== 'number' || validUntilMillis < 0) throw new MalformedStatement('not a time');
  if (typeof operation !== 'object' || Array.isArray(operation)) throw new MalformedStatement('the operation is not an object');
  return { chain, id, operation: operation as JsonObject, purpose, validUntilMillis };
}

/** The transaction's hash as CometBFT writes it: SHA-256 of its bytes, 64 upper-case hexadecimal digits. */
export function transactionHash(text: string): string {
  return hex(sha256(utf8(text))).toUpperCase();
}

/** The account that a first key opens: 16 bytes of a hash over a domain tag and the raw key. */
export function accountIdOf(kid: string): string {
  return hex(sha256(concat(utf8('madang/account/v1'), Uint8Array.of(0), fromBase64url(kid))).slice(0, 16));
}

export function randomStatementId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

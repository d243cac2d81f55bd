import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { sha512 as nobleSha512 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';

import { fromHex } from '../../src/chain/bytes';
import { isAcceptableKey, verifyEd25519 } from '../../src/chain/ed25519';
import { Random, seeds } from '../seeds';

const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

interface EdgeVector {
  number: number;
  about: string;
  publicKey: string;
  message: string;
  signature: string;
  accepted: boolean;
}

// The one list, with the verdicts that every member goes by: the browser accepts what the chain accepts.
const edgeVectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../chain/src/test/resources/ed25519-edge-vectors.json'), 'utf8'),
) as { vectors: EdgeVector[] };

describe('edge vectors of ed25519-speccheck (Chalkias, Garillot, Nikolaenko 2020)', () => {
  // A cofactored equation takes 4 and 5; small-order keys (0, 1), S not below the order (6, 7) and other encodings (8 to 11) are refused.
  test('are all there, with the verdicts of the rule', () => {
    expect(edgeVectors.vectors.map((vector) => (vector.accepted ? 'V' : 'x')).join('')).toBe('xxVVVVxxxxxx');
  });

  test.each(edgeVectors.vectors)('vector $number: $about', (vector) => {
    expect(verifyEd25519(fromHex(vector.publicKey), fromHex(vector.message), fromHex(vector.signature))).toBe(vector.accepted);
  });
});

test('refuses every key of small order, in each of its encodings', () => {
  for (const encoding of ED25519_TORSION_SUBGROUP) {
    const key = fromHex(encoding);
    expect(isAcceptableKey(key)).toBe(false);
    key[31]! ^= 0x80;
    expect(isAcceptableKey(key)).toBe(false);
  }
});

/** The rule once more, from point arithmetic alone: 8 S B = 8 R + 8 k A. */
function verdictByTheRule(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const { Point } = ed25519;
  const s = signature.slice(32).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (s >= GROUP_ORDER) return false;
  try {
    const a = Point.fromBytes(key, false);
    const r = Point.fromBytes(signature.slice(0, 32), false);
    if (a.isSmallOrder()) return false;
    const digest = sha512(signature.slice(0, 32), key, message);
    const k = digest.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n) % GROUP_ORDER;
    const right = r.add(k === 0n ? Point.ZERO : a.multiplyUnsafe(k));
    const left = s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s);
    return left.subtract(right).clearCofactor().is0();
  } catch {
    return false;
  }
}

function sha512(...parts: Uint8Array[]): Uint8Array {
  const hash = nobleSha512.create();
  parts.forEach((part) => hash.update(part));
  return hash.digest();
}

test.each(seeds(60))('agrees with the rule on honest and damaged signatures, seed %i', (seed) => {
  const random = new Random(seed);
  const torsion = ED25519_TORSION_SUBGROUP.map((encoding) => ed25519.Point.fromHex(encoding));
  const secret = random.bytes(32);
  const message = random.bytes(random.below(80));
  let key: Uint8Array = ed25519.getPublicKey(secret);
  let signature: Uint8Array = ed25519.sign(message, secret);
  expect(verifyEd25519(key, message, signature)).toBe(true);

  for (let round = 0; round < 6; round++) {
    switch (random.below(5)) {
      case 0: // one bit of the signature
        signature = signature.slice();
        signature[random.below(64)]! ^= 1 << random.below(8);
        break;
      case 1: // a component of small order in the key
        key = ed25519.Point.fromBytes(ed25519.getPublicKey(secret)).add(random.one(torsion)).toBytes();
        break;
      case 2: // S + L
        signature = signature.slice();
        addGroupOrder(signature);
        break;
      case 3: // a key of small order
        key = random.one(torsion).toBytes();
        break;
      default: // an honest one again
        key = ed25519.getPublicKey(secret);
        signature = ed25519.sign(message, secret);
    }
    expect(verifyEd25519(key, message, signature)).toBe(verdictByTheRule(key, message, signature));
  }
});

function addGroupOrder(signature: Uint8Array): void {
  let rest = signature.slice(32).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n) + GROUP_ORDER;
  for (let i = 32; i < 64; i++, rest >>= 8n) signature[i] = Number(rest & 0xffn);
}

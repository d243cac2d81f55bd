import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';

import { administratorSigner, readKeyFile } from '../../src/administrator/key';
import { base64url } from '../../src/chain/bytes';
import { makeStatement, readStatement } from '../../src/chain/statement';
import { isSignedRight } from '../../src/chain/verify-statement';

const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
const key = base64url(ed25519.getPublicKey(seed));
const file = (changed: object = {}): string => JSON.stringify({ kind: 'madang-administrator-key', key, seed: base64url(seed), ...changed });

test('a key file becomes a key that signs and cannot be read out', async () => {
  const read = await readKeyFile(`${file()}\n`);
  if (!read.valid) throw new Error(read.problem);
  expect(read.key.privateKey.extractable).toBe(false);
  const text = await makeStatement(administratorSigner(read.key), {
    chain: 'madang-demo-votes', id: '0'.repeat(32), operation: {}, purpose: 'election.close', validUntilMillis: 1,
  });
  expect(await isSignedRight(readStatement(text))).toBe(true);
  expect(readStatement(text).signer.kid).toBe(key);
});

test.each([
  ['no JSON', 'key', 'form'],
  ['another kind', file({ kind: 'madang-member-key' }), 'form'],
  ['a short seed', file({ seed: 'AAAA' }), 'form'],
  ['a seed in another form', file({ seed: `${base64url(seed)}=` }), 'form'],
  ['the key of another seed', file({ key: base64url(seed) }), 'mismatch'],
])('a file with %s is refused', async (_, text, problem) => {
  expect(await readKeyFile(text)).toEqual({ valid: false, problem });
});

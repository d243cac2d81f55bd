import { describe, expect, test } from 'vitest';

import { base64url, fromBase64url, utf8 } from '../../src/chain/bytes';
import { generateDeviceKey, inLowerHalf, signerOf } from '../../src/chain/device-key';
import { CODE_CHARACTERS, newRecoverySeed, recoveryCode, recoverySigner, seedOfRecoveryCode } from '../../src/chain/recovery-code';
import {
  MalformedStatement, type Payload, accountIdOf, makeStatement, randomStatementId, readStatement,
} from '../../src/chain/statement';
import { isSignedRight } from '../../src/chain/verify-statement';

const payload = (): Payload => ({
  chain: 'demo',
  id: randomStatementId(),
  operation: { amount: 4_500, asset: 'S-COIN', to: '00112233445566778899aabbccddeeff' },
  purpose: 'transfer',
  validUntilMillis: 1_800_000_000_000,
});

/** A browser without Ed25519, as many phones are. */
const withoutEd25519 = new Proxy(crypto.subtle, {
  get(subtle, name) {
    if (name === 'generateKey') {
      return (algorithm: { name: string }, ...rest: [boolean, KeyUsage[]]) =>
        algorithm.name === 'Ed25519'
          ? Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
          : subtle.generateKey(algorithm as EcKeyGenParams, ...rest);
    }
    return Reflect.get(subtle, name).bind(subtle);
  },
});

describe.each([
  ['Ed25519', crypto.subtle, 'EdDSA', 43],
  ['P-256', withoutEd25519, 'ES256', 44],
] as const)('a statement signed with %s', (_, subtle, algorithm, kidLength) => {
  test('reads back as it was made, and its signature is right', async () => {
    const key = await generateDeviceKey(subtle);
    expect(key.privateKey.extractable).toBe(false);
    expect(key.kid).toHaveLength(kidLength);
    for (let i = 0; i < 8; i++) {
      const made = payload();
      const statement = readStatement(await makeStatement(signerOf(key, subtle), made));
      expect(statement.payload).toEqual(made);
      expect(statement.signer).toEqual({ algorithm, kid: key.kid });
      expect(await isSignedRight(statement)).toBe(true);
    }
  });

  test('is refused once any character changed', async () => {
    const text = await makeStatement(signerOf(await generateDeviceKey(subtle), subtle), payload());
    for (let at = 0; at < text.length; at += 7) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      try {
        expect(await isSignedRight(readStatement(changed))).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedStatement);
      }
    }
  });
});

test('a P-256 signature has one form: the other half is refused', async () => {
  const key = await generateDeviceKey(withoutEd25519);
  const text = await makeStatement(signerOf(key, withoutEd25519), payload());
  const end = text.lastIndexOf('.') + 1;
  const signature = fromBase64url(text.slice(end));
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = order - BigInt(`0x${Buffer.from(signature.slice(32)).toString('hex')}`);
  const upper = Uint8Array.from([...signature.slice(0, 32), ...Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
  expect(await isSignedRight(readStatement(text.slice(0, end) + base64url(upper)))).toBe(false);
  expect(inLowerHalf(upper)).toEqual(signature);
});

describe('refuses a statement of another form', async () => {
  const signer = recoverySigner(newRecoverySeed());
  const good = await makeStatement(signer, payload());
  const [header, body, signature] = good.split('.') as [string, string, string];
  const encoded = (text: string) => base64url(utf8(text));
  const cases: [string, string][] = [
    ['two parts', `${header}.${body}`],
    ['four parts', `${good}.`],
    ['padding', `${good}=`],
    ['another member order in the header', `${encoded(`{"kid":"${signer.kid}","alg":"EdDSA"}`)}.${body}.${signature}`],
    ['more in the header', `${encoded(`{"alg":"EdDSA","kid":"${signer.kid}","typ":"JWT"}`)}.${body}.${signature}`],
    ['no algorithm', `${encoded(`{"alg":"none","kid":"${signer.kid}"}`)}.${body}.${signature}`],
    ['a key of the other algorithm', `${encoded(`{"alg":"ES256","kid":"${signer.kid}"}`)}.${body}.${signature}`],
    ['a payload with more members', `${header}.${encoded('{"chain":"demo","more":1}')}.${signature}`],
    ['a short signature', `${header}.${body}.${signature.slice(0, 84)}`],
  ];
  test.each(cases)('%s', (_, text) => {
    expect(() => readStatement(text)).toThrow(MalformedStatement);
  });
});

describe('a recovery code', () => {
  test('comes back from what people type', () => {
    for (let i = 0; i < 50; i++) {
      const seed = newRecoverySeed();
      const code = recoveryCode(seed);
      expect(code.replace(/-/g, '')).toHaveLength(CODE_CHARACTERS);
      expect(seedOfRecoveryCode(code)).toEqual(seed);
      expect(seedOfRecoveryCode(` ${code.toLowerCase().replace(/-/g, ' ').replace(/0/g, 'o').replace(/1/g, 'l')} `)).toEqual(seed);
    }
  });

  test('is refused with a slip of the pen', () => {
    const code = recoveryCode(newRecoverySeed());
    expect(seedOfRecoveryCode(code.slice(0, -1))).toBeUndefined();
    expect(seedOfRecoveryCode(code.slice(0, -1) + (code.endsWith('7') ? '8' : '7'))).toBeUndefined();
    expect(seedOfRecoveryCode(`${code.slice(0, -1)}U`)).toBeUndefined();
  });
});

test('an account id is 16 bytes of the tagged hash of the first key', () => {
  // printf 'madang/account/v1\0' and 32 zero bytes, through sha256sum
  expect(accountIdOf(base64url(new Uint8Array(32)))).toBe('473101ccec67b023d6e1c3063ce52725');
});

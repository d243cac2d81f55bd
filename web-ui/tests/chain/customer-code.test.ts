import { describe, expect, test } from 'vitest';

import { customerCode, looksLikeCustomerCode } from '../../src/chain/customer-code';
import { generateDeviceKey, signerOf } from '../../src/chain/device-key';
import { makeStatement, randomStatementId } from '../../src/chain/statement';

/** Made by a program of its own (node's crypto); io.madang.payment.qr.CustomerCodeTest has the same code. */
const MANDATE =
  'eyJhbGciOiJFZERTQSIsImtpZCI6InhDQTF0ODFtbUZLMUdrbVF6T0NXb1B4RFVqQzMzX0VRMU5xUE9ycldPX2MifQ.eyJjaGFpbiI6InRvd24' +
  'tMSIsImlkIjoiMDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmYiLCJvcGVyYXRpb24iOnsiYXNzZXQiOiJTLUNPSU4iLCJsaW1pdCI6N' +
  'TAwMDB9LCJwdXJwb3NlIjoibWFuZGF0ZSIsInZhbGlkVW50aWxNaWxsaXMiOjE3Njc2MjUyMDAwMDAsInZlcnNpb24iOjF9.Nvh9SIWkSqIOvG' +
  'YYyyffmo54vbiIJDgifzsRsaG3C4apKSGkzZmwScMYq3etM_hEnSaTWMGa46jStvsLqgfXAg';
const CODE =
  'hQVDUFYwMWGBp08H8E1BREFOR1oKmUgiZ4GJIFERX2OBj8EgxCA1t81mmFK1GkmQzOCWoPxDUjC33/EQ1NqPOrrWO/fCEAARIjNEVWZ3iJmqu8' +
  'zd7v/DBgGbjqwRgMQHAAAAAADDUMUGUy1DT0lOxkA2+H1IhaRKog68ZhjLJ9+ajni9uIgkOCJ/OxGxobcLhqkpIaTNmbBJwxird60z+ESdJpNY' +
  'wZrjqNK2+wuqB9cC';

describe('a customer’s code', () => {
  test('holds the parts of a mandate to the bit', () => {
    expect(customerCode(MANDATE)).toBe(CODE);
    expect(looksLikeCustomerCode(CODE)).toBe(true);
    expect(looksLikeCustomerCode('00020101021126')).toBe(false);
  });

  test('fits a QR that a till reads from a phone, whatever the numbers', async () => {
    const signer = signerOf(await generateDeviceKey());
    for (const limit of [1, 50_000, Number.MAX_SAFE_INTEGER]) {
      const operation = { asset: 'ABCDEFGHIJKL', limit };
      const words = { chain: 'demo', id: randomStatementId(), operation, purpose: 'mandate', validUntilMillis: 1_800_000_000_000 };
      expect(customerCode(await makeStatement(signer, words)).length).toBeLessThanOrEqual(248);
    }
  });

  test('is made of nothing but a mandate', async () => {
    const signer = signerOf(await generateDeviceKey());
    const words = { chain: 'demo', id: randomStatementId(), operation: {}, purpose: 'login', validUntilMillis: 1_800_000_000_000 };
    const login = await makeStatement(signer, words);
    expect(() => customerCode(login)).toThrow('not a mandate');
  });
});

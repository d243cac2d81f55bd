import { proofJson } from '../encodings';
import { generatorOf } from '../group/fixed-base';
import { type Group, reduced, textOfElement } from '../group/group';
import { randomBelow } from '../randomness';
import { refuseUnless } from '../refusal';
import { signMessage, signText } from '../signed-message';
import { written } from '../strict-json';
import { certificatesMessage } from '../threshold-parameters';
import type { CertificateSet } from './certificate';
import { send } from './channel';
import { channelKeys } from './trustee-seed';

/**
 * Step 3: a trustee draws a random polynomial whose value at 0 is its part of the election's secret, commits to its coefficients, and
 * sends every trustee the value at that trustee's index.
 *
 * @throws Refusal when the seed is not the one of the certificate at this index (from 1)
 */
export async function makePolynomial(group: Group, seed: string, { signed, certificates }: CertificateSet, index: number): Promise<string> {
  const keys = channelKeys(group, seed);
  const own = certificates[index - 1];
  refuseUnless(own !== undefined && textOfElement(group, own.encryption) === keys.encryptionText, 'wrong-seed');
  const coefficients = Array.from({ length: own.threshold }, () => randomBelow(group.order));
  const coefexps = group.texts(coefficients.map((coefficient) => generatorOf(group).secretPower(coefficient)));
  const secrets = [];
  for (const { index: recipient, encryption } of certificates) {
    const secret = valueAt(group, coefficients, recipient).toString();
    secrets.push(await send(group, keys, encryption, written({ secret })));
  }
  return written({
    polynomial: await send(group, keys, own.encryption, written({ polynomial: coefficients.map(String) })),
    secrets,
    coefexps: signMessage(group, keys.signing, written({ coefexps })).json,
    signature: proofJson(signText(group, keys.signing, certificatesMessage(signed, coefexps))),
  });
}

function valueAt(group: Group, coefficients: readonly bigint[], index: number): bigint {
  return coefficients.reduceRight((value, coefficient) => reduced(group, value * BigInt(index) + coefficient), 0n);
}

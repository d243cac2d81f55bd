import { type Proof, element, proof } from './encodings';
import { type Element, type Group, product, textOfElement } from './group/group';
import { powers } from './group/powers';
import { knows } from './knowledge-proof';
import { at, refuseUnless } from './refusal';
import { type SignedMessage, messagePrefix, openSigned, readSigned } from './signed-message';
import { type Json, count, items, members, readJson, written } from './strict-json';
import { checkPossession } from './trustee-key';

/** A group of trustees of whom a threshold is enough (Pedersen), as its record shows it. */
export interface Parameters {
  readonly threshold: number;
  readonly publicKey: Element;
  /** One for each member, by its index from 1. */
  readonly verificationKeys: readonly Element[];
}

const MAX_MEMBERS = 100;

/** What a member published at first: where it stands in the group, and its two keys. */
export interface Certificate {
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
  readonly verification: Element;
  readonly encryption: Element;
}

/** Reads and checks a threshold group: certificates, commitments, verification keys. @throws Refusal */
export function readParameters(group: Group, value: Json): Parameters {
  const record = members(value, 'threshold,certs,coefexps,signatures,verification_keys');
  const threshold = at('threshold', () => count(record.threshold, MAX_MEMBERS));
  const signedCertificates = at('certs', () => items(record.certs, 0, MAX_MEMBERS, (one) => readSigned(group, one)));
  const certificates = readCertificates(group, signedCertificates);
  const size = certificates.length;
  refuseUnless(threshold === certificates[0]!.threshold, 'wrong-threshold', 'threshold');

  const signatures = at('signatures', () => items(record.signatures, size, size, (one) => proof(group, one)));
  const commitments = at('coefexps', () =>
    items(record.coefexps, size, size, (one, i) =>
      readCommitments(group, certificates, signedCertificates, i, readSigned(group, one), signatures[i]!),
    ),
  );
  const expected = certificates.map(({ index }) => verificationKeyOf(group, commitments, index));
  const verificationKeys = at('verification_keys', () =>
    items(record.verification_keys, size, size, (one, i) => readVerificationKey(group, certificates[i]!, expected[i]!, one)),
  );
  const publicKey = product(group, commitments.map(([first]) => first!));
  refuseUnless(!group.same(publicKey, group.neutral), 'neutral-key', 'coefexps');
  return { threshold, verificationKeys, publicKey };
}

/** All certificates of a group: each signed by its own key, each naming the same group, size and threshold, and its own index. */
export function readCertificates(group: Group, signed: readonly SignedMessage[]): Certificate[] {
  refuseUnless(signed.length >= 2 && signed.length <= MAX_MEMBERS, 'wrong-threshold', 'certs');
  const certificates = signed.map((one, i) => at(`certs/${i}`, () => readCertificate(group, one)));
  const { threshold } = certificates[0]!;
  // With as many needed as there are, single trustees are the simpler way; the reference implementation refuses it too.
  refuseUnless(threshold >= 1 && threshold < certificates.length, 'wrong-threshold', 'certs/0');
  certificates.forEach((certificate, i) => {
    const fits = certificate.index === i + 1 && certificate.size === signed.length && certificate.threshold === threshold;
    refuseUnless(fits, 'wrong-certificate', `certs/${i}`);
  });
  return certificates;
}

function readCertificate(group: Group, signed: SignedMessage): Certificate {
  const value = readJson(signed.message, 10_000);
  const withoutContext = typeof value === 'object' && value !== null && !('context' in value);
  refuseUnless(!withoutContext, 'unsupported-threshold-form'); // made by version 2, whose certificates could be taken elsewhere
  const record = members(value, 'context,verification,encryption');
  const context = members(record.context, 'group,size,threshold,index');
  refuseUnless(context.group === group.name, 'wrong-certificate', 'context/group');
  const verification = at('verification', () => element(group, record.verification));
  refuseUnless(!group.same(verification, group.neutral), 'neutral-key', 'verification');
  const encryption = at('encryption', () => element(group, record.encryption));
  refuseUnless(!group.same(encryption, group.neutral), 'neutral-key', 'encryption');
  openSigned(group, verification, signed);
  return {
    size: at('context/size', () => count(context.size, MAX_MEMBERS)),
    threshold: at('context/threshold', () => count(context.threshold, MAX_MEMBERS)),
    index: at('context/index', () => count(context.index, MAX_MEMBERS)),
    verification,
    encryption,
  };
}

/** The commitments to a member's polynomial: signed, and bound to the certificates it was made for. */
export function readCommitments(
  group: Group,
  certificates: readonly Certificate[],
  signedCertificates: readonly SignedMessage[],
  which: number,
  signed: SignedMessage,
  signature: Proof,
): Element[] {
  const { verification, threshold } = certificates[which]!;
  const { coefexps } = members(readJson(openSigned(group, verification, signed), 1 << 20), 'coefexps');
  const commitments = at('coefexps', () => items(coefexps, threshold, threshold, (one) => element(group, one)));
  const prefix = messagePrefix(certificatesMessage(signedCertificates, coefexps!));
  refuseUnless(knows(group, prefix, verification, signature), 'wrong-signature-of-trustee', 'signature');
  return commitments;
}

/** What a member signs so that its polynomial belongs to these certificates and no others. */
export function certificatesMessage(certs: readonly SignedMessage[], coefexps: Json): string {
  return `certs_sig|${written({ certs: certs.map(({ json }) => json), coefexps })}`;
}

/** g^f(index), computed from the commitments of all members: the product of A_ik^(index^k). */
function verificationKeyOf(group: Group, commitments: readonly (readonly Element[])[], index: number): Element {
  return product(group, commitments.map((one) => committedValue(group, one, index)));
}

/** g^f_i(index) of one member's polynomial, by Horner's rule. */
export function committedValue(group: Group, commitments: readonly Element[], index: number): Element {
  return commitments.reduceRight((value, commitment) => {
    const [raised] = powers(group, value, [BigInt(index)]);
    return group.times(raised!, commitment);
  }, group.neutral);
}

function readVerificationKey(group: Group, { verification }: Certificate, expected: Element, value: Json): Element {
  refuseUnless(typeof value === 'object' && value !== null && 'signature' in value, 'unsupported-threshold-form');
  const record = members(value, 'pok,public_key,signature');
  const publicKey = at('public_key', () => element(group, record.public_key));
  refuseUnless(group.same(publicKey, expected), 'wrong-verification-key', 'public_key');
  checkPossession(group, publicKey, record.pok);
  const signature = at('signature', () => proof(group, record.signature));
  const signed = knows(group, messagePrefix(textOfElement(group, publicKey)), verification, signature);
  refuseUnless(signed, 'wrong-signature-of-trustee', 'signature');
  return publicKey;
}

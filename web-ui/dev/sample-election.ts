import type { Choice } from '../src/voting/answer';
import { encryptBallot } from '../src/voting/ballot-encryption';
import { checkBallot } from '../src/voting/ballot-check';
import { Board } from '../src/voting/board';
import { makeCertificate, readCertificateSet } from '../src/voting/ceremony/certificate';
import { makeDecryptionKey } from '../src/voting/ceremony/decryption-key';
import { makePolynomial } from '../src/voting/ceremony/polynomial';
import { routedTo, thresholdRecord } from '../src/voting/ceremony/routing';
import { newTrusteeSeed } from '../src/voting/ceremony/trustee-seed';
import { ElectionKey } from '../src/voting/ciphertext';
import { credentialSecret, newCredential, publicCredential } from '../src/voting/credential';
import { readCredentialList } from '../src/voting/credential-list';
import { partialDecryption, readDecryption } from '../src/voting/decryption';
import { type Election, type Question, electionText, readElection } from '../src/voting/election';
import type { Group } from '../src/voting/group/group';
import { randomBase58 } from '../src/voting/randomness';
import { countsOf, decryptedTally, resultText } from '../src/voting/result';
import type { Json } from '../src/voting/strict-json';
import { tallyText } from '../src/voting/tally';
import { newTrusteeKey } from '../src/voting/trustee-key';
import { readTrustees } from '../src/voting/trustees';
import { ArchiveWriter } from './archive-writer';

/** Trustees with their secrets, by their numbers from 1. */
export interface TrusteeSecrets {
  readonly text: string;
  readonly secrets: readonly bigint[];
  /** Numbers of trustees who can decrypt together. */
  readonly enough: readonly number[];
}

export async function makeTrustees(group: Group, singles: number, threshold?: { size: number; threshold: number }): Promise<TrusteeSecrets> {
  const keys = Array.from({ length: singles }, () => newTrusteeKey(group));
  const entries: Json[] = keys.map(({ publicKey }) => ['Single', publicKey]);
  const secrets = keys.map(({ secret }) => secret);
  const enough = keys.map((_, i) => i + 1);
  if (threshold) {
    const { size } = threshold;
    const seeds = Array.from({ length: size }, newTrusteeSeed);
    const certificates = seeds.map((seed, i) => makeCertificate(group, seed, { index: i + 1, ...threshold }));
    const set = readCertificateSet(group, certificates);
    const polynomials = await Promise.all(seeds.map((seed, i) => makePolynomial(group, seed, set, i + 1)));
    const answers = [];
    for (let i = 0; i < size; i++) {
      answers.push(await makeDecryptionKey(group, seeds[i]!, set, i + 1, routedTo(group, set, polynomials, i + 1)));
    }
    entries.push(['Pedersen', thresholdRecord(group, set, polynomials, answers.map(({ text }) => text))]);
    secrets.push(...answers.map(({ decryptionKey }) => decryptionKey));
    // The last ones, so that the first being absent is nothing special.
    for (let i = size - threshold.threshold; i < size; i++) enough.push(singles + i + 1);
  }
  return { text: JSON.stringify(entries), secrets, enough };
}

export interface Voter {
  readonly credential: string;
  readonly publicCredential: string;
  readonly weight: number;
}

export interface MadeElection {
  readonly election: Election;
  readonly trustees: TrusteeSecrets;
  readonly voters: readonly Voter[];
  readonly credentialsText: string;
}

export function makeElection(
  group: Group,
  trustees: TrusteeSecrets,
  questions: readonly Question[],
  weights: readonly number[],
  words: { readonly name: string; readonly description: string } = { name: '시험 선거', description: 'Test "election" \\ 1' },
): MadeElection {
  const key = new ElectionKey(group, readTrustees(group, trustees.text).publicKey);
  const description = { ...words, questions, uuid: randomBase58(14) };
  const election = readElection(electionText(description, key));
  const voters = weights.map((weight) => {
    const credential = newCredential();
    return { credential, publicCredential: publicCredential(group, credentialSecret(group, election.uuid, credential)), weight };
  });
  const weighted = weights.some((weight) => weight !== 1);
  const list = voters.map((voter) => (weighted ? `${voter.publicCredential},${voter.weight}` : voter.publicCredential)).sort();
  return { election, trustees, voters, credentialsText: JSON.stringify(list) };
}

export interface Vote {
  readonly voter: number;
  readonly choices: readonly Choice[];
}

/** Casts and counts everything, as authority, trustees and server would. */
export function holdElection(made: MadeElection, votes: readonly Vote[]): { archive: ArchiveWriter; ballots: string[] } {
  const { election, trustees, voters, credentialsText } = made;
  const { group, fingerprint } = election;
  const archive = new ArchiveWriter().setup(election.text, trustees.text, credentialsText);
  const board = new Board(election, readCredentialList(credentialsText));
  const ballots = votes.map(({ voter, choices }) => encryptBallot(election, voters[voter]!.credential, choices).text);
  for (const text of ballots) {
    const verdict = checkBallot(election, text);
    if (!verdict.valid) throw new Error(`${verdict.reason} at ${verdict.place}`);
    board.add(text);
    archive.ballot(text);
  }
  const tally = board.tally();
  const totalWeight = board.counted().reduce((sum, { weight }) => sum + weight, 0n);
  archive.endBallots().tally(tallyText(group, tally), board.counted().length, Number(totalWeight));
  const parts = readTrustees(group, trustees.text);
  const decryptions = new Map();
  for (const owner of trustees.enough) {
    const text = partialDecryption(group, fingerprint, trustees.secrets[owner - 1]!, tally);
    decryptions.set(owner, readDecryption(group, fingerprint, parts.all[owner - 1]!, tally, text));
    archive.decryption(owner, text);
  }
  const counts = countsOf(group, decryptedTally(group, parts, tally, decryptions), totalWeight);
  return { archive: archive.result(resultText(counts)), ballots };
}

/** What the plain votes add up to: the last of each voter, by weight. */
export function plainCount({ election, voters }: MadeElection, votes: readonly Vote[]): bigint[][] {
  const last = new Map(votes.map((vote) => [vote.voter, vote]));
  return election.questions.map((question, q) => {
    const counts = new Array<bigint>(question.answers.length + (question.blank ? 1 : 0)).fill(0n);
    for (const { voter, choices } of last.values()) {
      const choice = choices[q]!;
      const weight = BigInt(voters[voter]!.weight);
      if (choice === 'blank') counts[0]! += weight;
      else for (const index of choice) counts[index + (question.blank ? 1 : 0)]! += weight;
    }
    return counts;
  });
}

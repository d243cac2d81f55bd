import { MAX_BALLOT_CHARACTERS, trackerOf } from './ballot';
import { type Ciphertext, writtenCiphertext } from './ciphertext';
import type { CredentialList } from './credential-list';
import type { Election } from './election';
import type { Element } from './group/group';
import { base64Hash } from './hashes';
import { type Reason, Refusal, at, refuseUnless } from './refusal';
import { type Json, type JsonObject, items, members, readJson, written } from './strict-json';
import { type EncryptedTally, TallySum } from './tally';

/** A ballot that counts: the last of its credential. */
export interface CountedBallot {
  readonly tracker: string;
  readonly weight: bigint;
}

/**
 * What the order of ballots means. A later ballot of the same credential replaces the earlier one, and nothing that was on the board
 * ever comes again: neither a ballot, which would undo what replaced it, nor a ciphertext, which would copy a vote.
 */
export class Board {
  ballots = 0;
  /** Of each credential's last ballot only what counts: a board of many stays in memory. */
  private readonly last = new Map<string, { readonly tracker: string; readonly choices: string }>();
  private readonly trackers = new Set<string>();
  private readonly ciphertexts = new Set<string>();

  constructor(
    private readonly election: Election,
    private readonly credentials: CredentialList,
  ) {}

  /** Accepts the next ballot by its form; its proofs are checked apart from the board. @throws Refusal */
  add(text: string): void {
    const record = members(readJson(text, MAX_BALLOT_CHARACTERS), 'election_uuid,election_hash,credential,answers,signature');
    const { credential } = record;
    refuseUnless(typeof credential === 'string' && this.credentials.weights.has(credential), 'unknown-credential', 'credential');
    const tracker = trackerOf(text);
    this.addOnce(this.trackers, tracker, 'repeated-ballot');
    const choices = at('answers', () =>
      items(record.answers, 1, this.election.questions.length, (answer) => this.addCiphertexts(answer as JsonObject)),
    );
    this.last.set(credential, { tracker, choices: written(choices) });
    this.ballots++;
  }

  private addCiphertexts(answer: JsonObject): Json {
    at('choices', () =>
      items(answer?.choices, 1, 1_000, (value) => {
        const { alpha, beta } = members(value, 'alpha,beta');
        // Half of a hash is enough to tell ciphertexts apart.
        this.addOnce(this.ciphertexts, base64Hash(`${alpha},${beta}`).slice(0, 22), 'repeated-ciphertext');
      }),
    );
    return answer.choices!;
  }

  private addOnce(seen: Set<string>, name: string, reason: Reason): void {
    if (seen.has(name)) throw new Refusal(reason);
    seen.add(name);
  }

  /** The ballots that count, in the order of the credentials' first ballots. */
  counted(): CountedBallot[] {
    return [...this.last].map(([credential, { tracker }]) => ({ tracker, weight: this.credentials.weights.get(credential)! }));
  }

  /** The trackers of ballots that a later one of the same credential has replaced. */
  replaced(): string[] {
    const counted = new Set(this.counted().map(({ tracker }) => tracker));
    return [...this.trackers].filter((tracker) => !counted.has(tracker));
  }

  /** Adds up the ballots that count, all of which must have been checked. */
  tally(onStep: () => void = () => {}): EncryptedTally {
    const { group } = this.election;
    const sum = new TallySum(this.election);
    for (const [credential, { choices }] of this.last) {
      const ciphertexts = (JSON.parse(choices) as Json[][]).map((answer) =>
        answer.map((value): Ciphertext => {
          const { alpha, beta } = writtenCiphertext(group, value);
          return { alpha: alpha.candidate as Element, beta: beta.candidate as Element };
        }),
      );
      sum.add({ ciphertexts, weight: this.credentials.weights.get(credential)! });
      onStep();
    }
    return sum.tally();
  }
}

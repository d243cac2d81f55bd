import type { Chunks } from './archive/byte-source';
import { type BoardEvent, readDecryptionPayload, readEvents, readTallyPayload } from './archive/events';
import { type BatchChecker, checkBatch } from './batch';
import { BatchQueue } from './batch-queue';
import { Board, type CountedBallot } from './board';
import { type CredentialList, readCredentialList } from './credential-list';
import { type DecryptionFactors, readDecryption } from './decryption';
import { type Election, readElection } from './election';
import { Refusal, type Refused, at, refuseUnless, refusedBy } from './refusal';
import { type Counts, decryptedTally, readResult } from './result';
import { count, weight } from './strict-json';
import { type EncryptedTally, tallyText } from './tally';
import { type Trustees, readTrustees } from './trustees';

/** How far an archive goes. Every beginning of an archive is an archive. */
export type Stage = 'open' | 'closed' | 'tallied' | 'decrypting' | 'complete';

/** What a verified archive shows. */
export interface Verified {
  readonly valid: true;
  readonly stage: Stage;
  readonly election: Election;
  readonly trustees: Trustees;
  readonly credentials: CredentialList;
  /** All ballots, replaced ones included. */
  readonly ballots: number;
  /** The ballots that count, by their trackers: where a voter finds hers. */
  readonly counted: readonly CountedBallot[];
  /** Trackers of the ballots that a later one of the same credential has replaced. */
  readonly replaced: readonly string[];
  /** Numbers of the trustees who have decrypted. */
  readonly decryptedBy: readonly number[];
  readonly tally: EncryptedTally | undefined;
  readonly counts: Counts | undefined;
  /** The hash of the last event, which stands for the whole archive. */
  readonly head: string;
  readonly bytes: number;
}

export type Verdict = Verified | Refused;

export interface Progress {
  readonly step: 'credentials' | 'ballots' | 'tally' | 'decryptions';
  readonly done: number;
  /** Bytes of the archive that were read. */
  readonly bytes: number;
}

export interface VerificationOptions {
  /** Who checks ballots and credentials; this thread if nobody is named. */
  readonly checker?: BatchChecker;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Verifies an election's archive completely (Belenios, all of what its verifier checks and what it leaves out): see README.md.
 * Whatever the bytes are, the answer is a verdict; of several faults it names the first in the archive.
 *
 * @throws the signal's reason when aborted, and what the source of bytes or a worker throws
 */
export async function verifyArchive(chunks: Chunks, options: VerificationOptions = {}): Promise<Verdict> {
  const verification = new Verification(options);
  try {
    for await (const event of readEvents(chunks)) {
      options.signal?.throwIfAborted();
      await verification.take(event);
    }
    return await verification.finish();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What was given away for checking may be at fault earlier than what stopped us here.
    return (await verification.faultGivenAway()) ?? refusedBy(error);
  }
}

interface Setup {
  readonly election: Election;
  readonly trustees: Trustees;
  readonly credentials: CredentialList;
}

class Verification {
  private readonly checker: BatchChecker;
  private setup!: Setup;
  private board!: Board;
  private readonly queue: BatchQueue;
  private tally: EncryptedTally | undefined;
  private totalWeight = 0n;
  private readonly decryptions = new Map<number, DecryptionFactors>();
  private counts: Counts | undefined;
  private last!: BoardEvent;

  constructor(private readonly options: VerificationOptions) {
    this.checker = options.checker ?? inThisThread(options.signal);
    this.queue = new BatchQueue(this.checker, options.signal, (kind, done) => this.tell(kind, done));
  }

  async take(event: BoardEvent): Promise<void> {
    this.last = event;
    switch (event.type) {
      case 'Setup':
        this.setup = at(event.place, () => this.readSetup(event));
        this.board = new Board(this.setup.election, this.setup.credentials);
        return this.checkCredentials(event);
      case 'Ballot':
        at(event.place, () => this.board.add(event.payload));
        return this.queue.add('ballots', event.place, event.payload);
      case 'EndBallots':
        return this.queue.settle(); // the tally takes the ballots' elements for members of the group
      case 'EncryptedTally':
        this.tally = at(event.place, () => this.checkTally(event));
        return;
      case 'PartialDecryption':
        return at(event.place, () => this.checkDecryption(event));
      case 'Result':
        this.counts = at(event.place, () => this.checkResult(event));
    }
  }

  async finish(): Promise<Verified> {
    await this.queue.settle();
    return {
      valid: true,
      stage: this.stage(),
      ...this.setup,
      ballots: this.board.ballots,
      counted: this.board.counted(),
      replaced: this.board.replaced(),
      decryptedBy: [...this.decryptions.keys()],
      tally: this.tally,
      counts: this.counts,
      head: this.last.hash,
      bytes: this.last.endsAt,
    };
  }

  /** The first fault among what was given away, if any. */
  async faultGivenAway(): Promise<Refused | undefined> {
    try {
      await this.queue.settle();
      return undefined;
    } catch (error) {
      return refusedBy(error);
    }
  }

  private readSetup({ data }: BoardEvent): Setup {
    const [electionText, trusteesText, credentialsText] = data as [string, string, string];
    const election = at('election', () => readElection(electionText));
    const { group, key } = election;
    const trustees = at('trustees', () => readTrustees(group, trusteesText));
    refuseUnless(group.same(trustees.publicKey, key.publicKey.base), 'wrong-election-key', 'election/public_key');
    const credentials = at('credentials', () => readCredentialList(credentialsText));
    return { election, trustees, credentials };
  }

  private async checkCredentials({ place }: BoardEvent): Promise<void> {
    await this.checker.open(this.setup.election);
    let index = 0;
    for (const credential of this.setup.credentials.weights.keys()) {
      await this.queue.add('credentials', `${place}/credentials/${index++}`, credential);
    }
  }

  /** The published tally must be what the ballots add up to, byte for byte. */
  private checkTally({ data, payload }: BoardEvent): EncryptedTally {
    const { group } = this.setup.election;
    let done = 0;
    const tally = this.board.tally(() => this.tell('tally', ++done));
    refuseUnless(data[0] === tallyText(group, tally), 'wrong-encrypted-tally', 'encrypted_tally');
    const counted = this.board.counted();
    this.totalWeight = counted.reduce((sum, ballot) => sum + ballot.weight, 0n);
    const claimed = readTallyPayload(payload);
    const tallied = at('num_tallied', () => count(claimed.num_tallied, Number.MAX_SAFE_INTEGER));
    refuseUnless(tallied === counted.length, 'wrong-tally-count', 'num_tallied');
    const claimedWeight = at('total_weight', () => weight(claimed.total_weight));
    refuseUnless(claimedWeight === this.totalWeight, 'wrong-tally-count', 'total_weight');
    return tally;
  }

  private checkDecryption({ data, payload }: BoardEvent): void {
    const { election, trustees } = this.setup;
    const owner = at('owner', () => count(readDecryptionPayload(payload).owner, Number.MAX_SAFE_INTEGER));
    const trustee = trustees.all[owner - 1];
    if (!trustee) throw new Refusal('unknown-trustee', 'owner');
    refuseUnless(!this.decryptions.has(owner), 'repeated-trustee', 'owner');
    const factors = at('payload', () => readDecryption(election.group, election.fingerprint, trustee, this.tally!, data[0]!));
    this.decryptions.set(owner, factors);
    this.tell('decryptions', this.decryptions.size);
  }

  private checkResult({ payload }: BoardEvent): Counts {
    const { election, trustees } = this.setup;
    const decrypted = decryptedTally(election.group, trustees, this.tally!, this.decryptions);
    return readResult(election.group, decrypted, this.totalWeight, payload);
  }

  private stage(): Stage {
    if (this.counts) return 'complete';
    if (this.decryptions.size > 0) return 'decrypting';
    if (this.tally) return 'tallied';
    return this.last.type === 'EndBallots' ? 'closed' : 'open';
  }

  private tell(step: Progress['step'], done: number): void {
    this.options.onProgress?.({ step, done, bytes: this.last.endsAt });
  }
}

function inThisThread(signal?: AbortSignal): BatchChecker {
  let election: Election;
  return {
    width: 1,
    open: async (opened) => {
      election = opened;
    },
    check: async (batch) => checkBatch(election, batch, signal),
  };
}

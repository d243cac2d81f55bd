import { ed25519 } from '@noble/curves/ed25519.js';

import { NO_BLOCK } from '../src/chain/block-id';
import { base64url, concat, utf8 } from '../src/chain/bytes';
import { type JsonObject, write } from '../src/chain/canonical-json';
import { ABSENT, type Commit, FOR_THE_BLOCK, commitBytes, commitSignatureBytes, precommitSignBytes } from '../src/chain/commit';
import { type Header, headerBytes, headerHash } from '../src/chain/header';
import { type Members, readMembers } from '../src/chain/members';
import { pathOf, rootOf } from '../src/chain/merkle';
import { resultBytes } from '../src/chain/receipt';
import { sha256 } from '../src/chain/sha256';
import { GO_ZERO_TIME, timestampOfMillis } from '../src/chain/timestamp';
import { type Validator, inValidatorOrder, validatorAddress, validatorsHash } from '../src/chain/validators';

export interface Result {
  readonly code: number;
  readonly data: Uint8Array;
}

export interface SampleBlock {
  readonly header: Header;
  readonly commit: Commit;
  readonly transactions: readonly string[];
  readonly results: readonly Result[];
}

/**
 * A chain in memory with real headers, signatures and receipts, for tests and for the development gateway. Its keys are derived from
 * its name, so it is the same in every run, and worth nothing.
 */
export class SampleChain {
  readonly blocks: SampleBlock[] = [];
  private readonly secrets: Uint8Array[];
  private readonly validators: Validator[];

  constructor(
    readonly name: string,
    private readonly memberNames: readonly string[],
    private readonly absent: ReadonlySet<number> = new Set(),
  ) {
    const keys = memberNames.map((_, index) => {
      const secret = sha256(utf8(`sample member ${index} of ${name}`));
      return { secret, publicKey: ed25519.getPublicKey(secret), power: 1n };
    });
    const ordered = inValidatorOrder(keys);
    this.secrets = ordered.map((key) => key.secret);
    this.validators = ordered.map(({ publicKey, power }) => ({ publicKey, power }));
  }

  get height(): number {
    return this.blocks.length;
  }

  membersFile(): Uint8Array<ArrayBuffer> {
    return write({
      chain: this.name,
      format: 'madang-members',
      members: this.validators.map((validator, index) => ({
        key: base64url(validator.publicKey),
        name: this.memberNames[index]!,
        power: Number(validator.power),
      })),
      version: 1,
    });
  }

  members(): Members {
    return readMembers(this.membersFile());
  }

  addBlock(transactions: readonly string[], results: readonly Result[], timeMillis: number): SampleBlock {
    const last = this.blocks.at(-1);
    const setHash = validatorsHash(this.validators);
    const header: Header = {
      version: { block: 11n, app: 1n },
      chainId: this.name,
      height: BigInt(this.height + 1),
      time: timestampOfMillis(timeMillis),
      lastBlockId: last ? last.commit.blockId : NO_BLOCK,
      lastCommitHash: rootOf(last ? last.commit.signatures.map(commitSignatureBytes) : []),
      dataHash: rootOf(transactions.map((transaction) => sha256(utf8(transaction)))),
      validatorsHash: setHash,
      nextValidatorsHash: setHash,
      consensusHash: sha256(utf8('consensus parameters')),
      appHash: sha256(utf8(`state after ${this.height}`)),
      lastResultsHash: rootOf(last ? last.results.map(({ code, data }) => resultBytes(code, data)) : []),
      evidenceHash: rootOf([]),
      proposerAddress: validatorAddress(this.validators[0]!.publicKey),
    };
    const block = { header, commit: this.commitOf(header, timeMillis), transactions, results };
    this.blocks.push(block);
    return block;
  }

  private commitOf(header: Header, timeMillis: number): Commit {
    const hash = headerHash(header);
    const commit = {
      height: header.height,
      round: 0,
      blockId: { hash, partSetHeader: { total: 1, hash: sha256(concat(utf8('parts'), hash)) } },
    };
    const signatures = this.validators.map(({ publicKey }, index) => {
      if (this.absent.has(index)) {
        const nobody = new Uint8Array();
        return { blockIdFlag: ABSENT, validatorAddress: nobody, timestamp: GO_ZERO_TIME, signature: nobody };
      }
      const timestamp = timestampOfMillis(timeMillis + 20 + index);
      const message = precommitSignBytes(this.name, { ...commit, signatures: [] }, timestamp);
      const signature = ed25519.sign(message, this.secrets[index]!);
      return { blockIdFlag: FOR_THE_BLOCK, validatorAddress: validatorAddress(publicKey), timestamp, signature };
    });
    return { ...commit, signatures };
  }

  /** The receipt as a value, so that tests can change parts of it. The next block must exist. */
  receipt(height: number, index: number): JsonObject {
    const block = this.blocks[height - 1]!;
    const next = this.blocks[height]!;
    const leaves = block.transactions.map((transaction) => sha256(utf8(transaction)));
    const results = block.results.map(({ code, data }) => resultBytes(code, data));
    const result = block.results[index]!;
    return {
      chain: this.name,
      format: 'madang-receipt',
      inclusion: {
        commit: base64url(commitBytes(block.commit)),
        header: base64url(headerBytes(block.header)),
        index,
        path: pathOf(leaves, index).map(base64url),
        total: leaves.length,
      },
      outcome: {
        code: result.code,
        commit: base64url(commitBytes(next.commit)),
        data: base64url(result.data),
        header: base64url(headerBytes(next.header)),
        path: pathOf(results, index).map(base64url),
      },
      transaction: block.transactions[index]!,
      version: 1,
    };
  }
}

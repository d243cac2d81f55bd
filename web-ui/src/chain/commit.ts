import { type BlockId, blockIdBytes, blockIdFrom } from './block-id';
import { concat, sameBytes, utf8 } from './bytes';
import { MalformedProtobuf, ProtobufMessage, ProtobufWriter, varintBytes } from './protobuf';
import { type Timestamp, timestampBytes, timestampFrom } from './timestamp';

/** What one member did when a block was decided: stayed away, signed it, or signed that it saw no block. */
export const ABSENT = 1;
export const FOR_THE_BLOCK = 2;
export const FOR_NO_BLOCK = 3;

export interface CommitSignature {
  readonly blockIdFlag: number;
  readonly validatorAddress: Uint8Array;
  readonly timestamp: Timestamp;
  readonly signature: Uint8Array;
}

/** The members' precommits for one block, in the order of the validator set. */
export interface Commit {
  readonly height: bigint;
  readonly round: number;
  readonly blockId: BlockId;
  readonly signatures: readonly CommitSignature[];
}

const PRECOMMIT = 2n;

/** What is signed in a vote. Without a block the vote is "nil". */
export interface CanonicalVote {
  readonly type: bigint;
  readonly height: bigint;
  readonly round: bigint;
  readonly blockId?: BlockId;
  readonly timestamp: Timestamp;
  readonly chainId: string;
}

/** The exact bytes under a member's signature: CanonicalVote with its length in front. */
export function voteSignBytes(vote: CanonicalVote): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter().varint(1, vote.type).fixed64(2, vote.height).fixed64(3, vote.round);
  if (vote.blockId) writer.message(4, blockIdBytes(vote.blockId));
  const body = writer.message(5, timestampBytes(vote.timestamp)).data(6, utf8(vote.chainId)).bytes();
  return concat(varintBytes(BigInt(body.length)), body);
}

/** What the member at this place of the commit signed for the commit's block. */
export function precommitSignBytes(chainId: string, commit: Commit, timestamp: Timestamp): Uint8Array<ArrayBuffer> {
  return voteSignBytes({
    type: PRECOMMIT,
    height: commit.height,
    round: BigInt(commit.round),
    blockId: commit.blockId,
    timestamp,
    chainId,
  });
}

export function commitSignatureBytes(signature: CommitSignature): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .varint(1, BigInt(signature.blockIdFlag))
    .data(2, signature.validatorAddress)
    .message(3, timestampBytes(signature.timestamp))
    .data(4, signature.signature)
    .bytes();
}

export function commitBytes(commit: Commit): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter()
    .varint(1, commit.height)
    .varint(2, BigInt(commit.round))
    .message(3, blockIdBytes(commit.blockId));
  for (const signature of commit.signatures) writer.message(4, commitSignatureBytes(signature));
  return writer.bytes();
}

/** @throws MalformedProtobuf for anything but the one encoding of a commit */
export function readCommit(bytes: Uint8Array): Commit {
  const message = new ProtobufMessage(bytes);
  const commit: Commit = {
    height: message.int64(1),
    round: message.int32(2),
    blockId: blockIdFrom(message.message(3)),
    signatures: message.messages(4).map((signature) => ({
      blockIdFlag: signature.int32(1),
      validatorAddress: signature.data(2),
      timestamp: timestampFrom(signature.message(3)),
      signature: signature.data(4),
    })),
  };
  if (!sameBytes(commitBytes(commit), bytes)) throw new MalformedProtobuf('not the one encoding of a commit');
  return commit;
}

import { type BlockId, blockIdBytes, blockIdFrom } from './block-id';
import { sameBytes, textOf, utf8 } from './bytes';
import { rootOf } from './merkle';
import { MalformedProtobuf, ProtobufMessage, ProtobufWriter } from './protobuf';
import { type Timestamp, timestampBytes, timestampFrom } from './timestamp';

/** A block's header: CometBFT's 14 fields (spec/core/data_structures.md). Its hash is what the members sign. */
export interface Header {
  readonly version: { readonly block: bigint; readonly app: bigint };
  readonly chainId: string;
  readonly height: bigint;
  readonly time: Timestamp;
  readonly lastBlockId: BlockId;
  readonly lastCommitHash: Uint8Array;
  readonly dataHash: Uint8Array;
  readonly validatorsHash: Uint8Array;
  readonly nextValidatorsHash: Uint8Array;
  readonly consensusHash: Uint8Array;
  readonly appHash: Uint8Array;
  readonly lastResultsHash: Uint8Array;
  readonly evidenceHash: Uint8Array;
  readonly proposerAddress: Uint8Array;
}

function versionBytes(header: Header): Uint8Array {
  return new ProtobufWriter().varint(1, header.version.block).varint(2, header.version.app).bytes();
}

/** The Merkle root over the 14 fields in order; an empty or zero value is an empty leaf. */
export function headerHash(header: Header): Uint8Array {
  const wrapped = (value: Uint8Array) => new ProtobufWriter().data(1, value).bytes();
  return rootOf([
    versionBytes(header),
    wrapped(utf8(header.chainId)),
    new ProtobufWriter().varint(1, header.height).bytes(),
    timestampBytes(header.time),
    blockIdBytes(header.lastBlockId),
    wrapped(header.lastCommitHash),
    wrapped(header.dataHash),
    wrapped(header.validatorsHash),
    wrapped(header.nextValidatorsHash),
    wrapped(header.consensusHash),
    wrapped(header.appHash),
    wrapped(header.lastResultsHash),
    wrapped(header.evidenceHash),
    wrapped(header.proposerAddress),
  ]);
}

export function headerBytes(header: Header): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .message(1, versionBytes(header))
    .data(2, utf8(header.chainId))
    .varint(3, header.height)
    .message(4, timestampBytes(header.time))
    .message(5, blockIdBytes(header.lastBlockId))
    .data(6, header.lastCommitHash)
    .data(7, header.dataHash)
    .data(8, header.validatorsHash)
    .data(9, header.nextValidatorsHash)
    .data(10, header.consensusHash)
    .data(11, header.appHash)
    .data(12, header.lastResultsHash)
    .data(13, header.evidenceHash)
    .data(14, header.proposerAddress)
    .bytes();
}

/** @throws MalformedProtobuf for anything but the one encoding of a header */
export function readHeader(bytes: Uint8Array): Header {
  const message = new ProtobufMessage(bytes);
  const version = message.message(1);
  const header: Header = {
    version: { block: version.varint(1), app: version.varint(2) },
    chainId: textOf(message.data(2)),
    height: message.int64(3),
    time: timestampFrom(message.message(4)),
    lastBlockId: blockIdFrom(message.message(5)),
    lastCommitHash: message.data(6),
    dataHash: message.data(7),
    validatorsHash: message.data(8),
    nextValidatorsHash: message.data(9),
    consensusHash: message.data(10),
    appHash: message.data(11),
    lastResultsHash: message.data(12),
    evidenceHash: message.data(13),
    proposerAddress: message.data(14),
  };
  if (!sameBytes(headerBytes(header), bytes)) throw new MalformedProtobuf('not the one encoding of a header');
  return header;
}

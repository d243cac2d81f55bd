import { ProtobufMessage, ProtobufWriter } from './protobuf';

/** Names a block: its header's hash, and the count and root of the parts it was gossiped in (which is signed, too). */
export interface BlockId {
  readonly hash: Uint8Array;
  readonly partSetHeader: { readonly total: number; readonly hash: Uint8Array };
}

export const NO_BLOCK: BlockId = { hash: new Uint8Array(), partSetHeader: { total: 0, hash: new Uint8Array() } };

/** The same bytes serve BlockID and CanonicalBlockID; the part set header is written even when empty. */
export function blockIdBytes(id: BlockId): Uint8Array<ArrayBuffer> {
  const parts = new ProtobufWriter().varint(1, BigInt(id.partSetHeader.total)).data(2, id.partSetHeader.hash).bytes();
  return new ProtobufWriter().data(1, id.hash).message(2, parts).bytes();
}

export function blockIdFrom(message: ProtobufMessage): BlockId {
  const parts = message.message(2);
  return { hash: message.data(1), partSetHeader: { total: parts.int32(1), hash: parts.data(2) } };
}

import { type BlockId, NO_BLOCK } from './block-id';
import { fromHex } from './bytes';
import type { Header } from './header';
import { parseTimestamp } from './timestamp';

/** A header as CometBFT writes it in JSON, which is also how `GET /v1/blocks/{height}` shows it. What it says is proven by its hash only. */

/** @throws Error for anything that is no header */
export function headerFromJson(json: unknown): Header {
  const header = members(json);
  const version = members(header.version);
  return {
    version: { block: whole(version.block), app: whole(version.app ?? 0) },
    chainId: text(header.chain_id),
    height: whole(header.height),
    time: parseTimestamp(text(header.time)),
    lastBlockId: blockIdFromJson(header.last_block_id),
    lastCommitHash: fromHex(text(header.last_commit_hash)),
    dataHash: fromHex(text(header.data_hash)),
    validatorsHash: fromHex(text(header.validators_hash)),
    nextValidatorsHash: fromHex(text(header.next_validators_hash)),
    consensusHash: fromHex(text(header.consensus_hash)),
    appHash: fromHex(text(header.app_hash)),
    lastResultsHash: fromHex(text(header.last_results_hash)),
    evidenceHash: fromHex(text(header.evidence_hash)),
    proposerAddress: fromHex(text(header.proposer_address)),
  };
}

/** @throws Error for anything that names no block */
export function blockIdFromJson(json: unknown): BlockId {
  if (json === undefined || json === null) return NO_BLOCK;
  const id = members(json);
  const parts = members(id.parts ?? id.part_set_header);
  return { hash: fromHex(text(id.hash)), partSetHeader: { total: Number(whole(parts.total)), hash: fromHex(text(parts.hash)) } };
}

function members(json: unknown): Record<string, unknown> {
  if (typeof json !== 'object' || json === null) throw new SyntaxError('not an object');
  return json as Record<string, unknown>;
}

function text(json: unknown): string {
  if (typeof json !== 'string') throw new SyntaxError('not text');
  return json;
}

/** Go writes 64-bit numbers as text. */
function whole(json: unknown): bigint {
  if (typeof json === 'string' ? !/^[0-9]+$/.test(json) : !Number.isSafeInteger(json)) throw new SyntaxError('not a whole number');
  return BigInt(json as string | number);
}

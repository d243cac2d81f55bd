import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { type BlockId, NO_BLOCK } from '../../src/chain/block-id';
import { fromHex } from '../../src/chain/bytes';
import type { Commit } from '../../src/chain/commit';
import type { Header } from '../../src/chain/header';
import { GO_ZERO_TIME, parseTimestamp } from '../../src/chain/timestamp';
import { type Validator, inValidatorOrder } from '../../src/chain/validators';

/** Test data that is not part of this repository: given as MADANG_SHARED, or beside the checkout. */
const shared = process.env.MADANG_SHARED ?? resolve(import.meta.dirname, '../../../../shared');
export const lightClientCases = resolve(shared, 'reference/lightclient');
export const hasLightClientCases = existsSync(lightClientCases);

/* eslint-disable @typescript-eslint/no-explicit-any -- CometBFT's JSON, as it comes */
export function bytesOf(base64: string | null | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(base64 ?? '', 'base64'));
}

export function blockIdOf(json: any): BlockId {
  if (!json) return NO_BLOCK;
  const parts = json.parts ?? json.part_set_header;
  return { hash: fromHex(json.hash), partSetHeader: { total: parts.total, hash: fromHex(parts.hash) } };
}

export function headerOf(json: any): Header {
  return {
    version: { block: BigInt(json.version.block), app: BigInt(json.version.app ?? 0) },
    chainId: json.chain_id,
    height: BigInt(json.height),
    time: parseTimestamp(json.time),
    lastBlockId: blockIdOf(json.last_block_id),
    lastCommitHash: fromHex(json.last_commit_hash),
    dataHash: fromHex(json.data_hash),
    validatorsHash: fromHex(json.validators_hash),
    nextValidatorsHash: fromHex(json.next_validators_hash),
    consensusHash: fromHex(json.consensus_hash),
    appHash: fromHex(json.app_hash),
    lastResultsHash: fromHex(json.last_results_hash),
    evidenceHash: fromHex(json.evidence_hash),
    proposerAddress: fromHex(json.proposer_address),
  };
}

export function commitOf(json: any): Commit {
  return {
    height: BigInt(json.height),
    round: json.round,
    blockId: blockIdOf(json.block_id),
    signatures: (json.signatures ?? []).map((signature: any) => ({
      blockIdFlag: signature.block_id_flag,
      validatorAddress: fromHex(signature.validator_address ?? ''),
      timestamp: signature.timestamp ? parseTimestamp(signature.timestamp) : GO_ZERO_TIME,
      signature: bytesOf(signature.signature),
    })),
  };
}

export function validatorsOf(json: any): Validator[] {
  return inValidatorOrder(
    (json?.validators ?? []).map((validator: any) => ({
      publicKey: bytesOf(validator.pub_key.value),
      power: BigInt(validator.voting_power),
    })),
  );
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { fromHex } from '../../src/chain/bytes';
import type { Commit } from '../../src/chain/commit';
import { blockIdFromJson } from '../../src/chain/header-json';
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

export { headerFromJson as headerOf } from '../../src/chain/header-json';

export function commitOf(json: any): Commit {
  return {
    height: BigInt(json.height),
    round: json.round,
    blockId: blockIdFromJson(json.block_id),
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

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { verifyLightBlock } from '../../src/chain/light-client';
import { nanosSinceEpoch, parseTimestamp } from '../../src/chain/timestamp';
import { commitOf, hasLightClientCases, headerOf, lightClientCases, validatorsOf } from './cometbft-json';

/* eslint-disable @typescript-eslint/no-explicit-any -- test data as it comes */
const folder = `${lightClientCases}/single-step`;
const files = hasLightClientCases ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
const verdicts: Record<string, string> = { SUCCESS: 'success', NOT_ENOUGH_TRUST: 'not-enough-trust', INVALID: 'invalid' };

describe.skipIf(!hasLightClientCases)('the light client agrees with the model-based cases of tendermint-rs', () => {
  test('sees them all', () => expect(files.length).toBeGreaterThan(15));

  test.each(files)('%s', (file) => {
    const { initial, input } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    let trusted = {
      header: headerOf(initial.signed_header.header),
      nextValidators: validatorsOf(initial.next_validator_set),
    };
    input.forEach(({ block: json, now, verdict }: any, step: number) => {
      const block = {
        header: headerOf(json.signed_header.header),
        commit: commitOf(json.signed_header.commit),
        validators: validatorsOf(json.validator_set),
        nextValidators: validatorsOf(json.next_validator_set),
      };
      const found = verifyLightBlock(trusted, block, {
        nowNanos: nanosSinceEpoch(parseTimestamp(now)),
        trustingPeriodNanos: BigInt(initial.trusting_period),
        clockDriftNanos: 0n,
      });
      expect(found, `step ${step}`).toBe(verdicts[verdict]);
      if (found === 'success') trusted = { header: block.header, nextValidators: block.nextValidators };
    });
  });
});

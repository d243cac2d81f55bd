import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { fromHex, hex, utf8 } from '../../src/chain/bytes';
import { commitBytes, commitSignatureBytes, precommitSignBytes, readCommit, voteSignBytes } from '../../src/chain/commit';
import { verifyEd25519 } from '../../src/chain/ed25519';
import { headerBytes, headerHash, readHeader } from '../../src/chain/header';
import { leafHash, nodeHash, rootOf } from '../../src/chain/merkle';
import { ProtobufWriter } from '../../src/chain/protobuf';
import { sha256 } from '../../src/chain/sha256';
import { GO_ZERO_TIME } from '../../src/chain/timestamp';
import { bytesOf, commitOf, hasLightClientCases, headerOf, lightClientCases } from './cometbft-json';

describe('Merkle trees (CometBFT crypto/merkle)', () => {
  test('hash as in rfc6962_test.go and tree_test.go', () => {
    expect(hex(rootOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(leafHash(utf8('')))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(hex(leafHash(utf8('L123456')))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
    expect(hex(nodeHash(utf8('N123'), utf8('N456')))).toBe('aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb');
    expect(hex(rootOf([fromHex('010203')]))).toBe('054edec1d0211f624fed0cbca9d4f9400b0e491c43742af2c5b0abebf0c990d8');
    expect(hex(rootOf([fromHex('010203'), fromHex('040506')]))).toBe(
      '82e6cfce00453804379b53962939eaa7906b39904be0813fcadd31b100773c4b',
    );
  });
});

describe('vote sign bytes (CometBFT types/vote_test.go)', () => {
  const empty = { type: 0n, height: 0n, round: 0n, timestamp: GO_ZERO_TIME, chainId: '' };
  test.each([
    ['an empty vote', empty, '0D2A0B088092B8C398FEFFFFFF01'],
    [
      'a precommit without a block',
      { ...empty, type: 2n, height: 1n, round: 1n },
      '210802110100000000000000190100000000000000' + '2A0B088092B8C398FEFFFFFF01',
    ],
    [
      'a vote of no type for a named chain',
      { ...empty, height: 1n, round: 1n, chainId: 'test_chain_id' },
      '2E110100000000000000190100000000000000' + '2A0B088092B8C398FEFFFFFF01' + '320D746573745F636861696E5F6964',
    ],
  ])('%s', (_, vote, expected) => {
    expect(hex(voteSignBytes(vote)).toUpperCase()).toBe(expected);
  });
});

test('the consensus parameters hash as in a real block', () => {
  const params = new ProtobufWriter().varint(1, 22_020_096n).varint(2, -1n).bytes();
  expect(hex(params).toUpperCase()).toBe('088080C00A10FFFFFFFFFFFFFFFFFF01');
  expect(hex(sha256(params)).toUpperCase()).toBe('048091BC7DDC283F77BFBF91D73C44DA58C3DF8A9CBC867405D8B7F3DAADA22F');
});

test('the one precommit of a real block verifies', () => {
  const signed = fromHex(
    '700802110A0000000000000022480A2000ECDAC463C201ECD4BDBBAAE4A53A4C80291D4051FD69ED97F6420CE1388BFE122408011220FF0A320E' +
      '696FD233DD4D3CC7CD82FF90F54B8FDBC9C700D9375C95A02782B0622A0C08E5C193A30610BC90D5A002320B646F636B6572636861696E',
  );
  const key = bytesOf('bNNlGls5R25wC3Sd8720F/3+7IZBhXcD22MNFtPk/v0=');
  const signature = bytesOf('5y0Kas3bSrgVYG/QKwWovMpTBfavZfy/A8DXkQHzFHVMjOcVk2TK6xhYQasfiodordg1bjDf7NDwNi/YdilaAw==');
  expect(verifyEd25519(key, signed, signature)).toBe(true);
});

describe.skipIf(!hasLightClientCases)('a real block of a node v0.38', () => {
  const json = (file: string) => JSON.parse(readFileSync(`${lightClientCases}/rpc-v0.38/${file}`, 'utf8')).result;

  test('header, sign bytes and round trips', () => {
    const { header: headerJson, commit: commitJson } = json('commit_at_height_10.json').signed_header;
    const header = headerOf(headerJson);
    const commit = commitOf(commitJson);
    expect(hex(headerHash(header)).toUpperCase()).toBe('00ECDAC463C201ECD4BDBBAAE4A53A4C80291D4051FD69ED97F6420CE1388BFE');
    expect(headerHash(header)).toEqual(commit.blockId.hash);
    expect(readHeader(headerBytes(header))).toEqual(header);
    expect(readCommit(commitBytes(commit))).toEqual(commit);
    expect(hex(precommitSignBytes('dockerchain', commit, commit.signatures[0]!.timestamp))).toBe(
      '700802110a0000000000000022480a2000ecdac463c201ecd4bdbbaae4a53a4c80291d4051fd69ed97f6420ce1388bfe122408011220ff0a320e' +
        '696fd233dd4d3cc7cd82ff90f54b8fdbc9c700d9375c95a02782b0622a0c08e5c193a30610bc90d5a002320b646f636b6572636861696e',
    );
  });

  test('the commit before it hashes to its last_commit_hash', () => {
    const { block } = json('block_at_height_10.json');
    const last = commitOf(block.last_commit);
    expect(rootOf(last.signatures.map(commitSignatureBytes))).toEqual(headerOf(block.header).lastCommitHash);
  });
});

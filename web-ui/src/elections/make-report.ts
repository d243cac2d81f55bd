import { call, download } from '../api/client';
import type { Election, VotesInfo } from '../api/elections';
import type { BlockSummary, Page } from '../api/types';
import { membersToTrust } from '../app/pinned-members';
import { base64url, textOf } from '../chain/bytes';
import { verifyReceipt } from '../chain/receipt';
import { type ChainEnd, reportHtml } from './report';

/** The gateway's result and the receipt of its transaction do not say the same. */
export class WrongReceipt extends Error {}

/** Gathers what the report needs, and checks the result's receipt. @throws Refusal, Unreachable or WrongReceipt */
export async function makeReport(election: Election): Promise<string> {
  const [info, blocks, members] = await Promise.all([
    call<VotesInfo>('GET', '/v1/votes'),
    call<Page<BlockSummary>>('GET', '/v1/votes/blocks?limit=1'),
    membersToTrust('votes'),
  ]);
  const newest = blocks.items[0]!;
  const chain: ChainEnd = {
    chain: info.chain,
    members: members.members.map(({ name, publicKey }) => ({ name, key: base64url(publicKey) })),
    head: { height: newest.height, hash: newest.hash, time: newest.time },
    ...(election.resultTransaction && { receipt: await receiptOf(election, election.resultTransaction) }),
  };
  return reportHtml(election, chain, location.origin, new Date());

  async function receiptOf({ id, result }: Election, transaction: string): Promise<NonNullable<ChainEnd['receipt']>> {
    const bytes = await download(`/v1/votes/receipts/${transaction}`);
    const verdict = await verifyReceipt(bytes, members);
    if (!verdict.valid) throw new WrongReceipt(verdict.problem);
    const { receipt, statement } = verdict.proven;
    const { purpose, operation } = statement.payload;
    const says = purpose === 'election.result' && operation.election === id && receipt.outcome.code === 0;
    if (!says || operation.result !== JSON.stringify({ result })) throw new WrongReceipt('another result');
    const { header, index } = receipt.inclusion;
    return { transaction, position: `${header.height}.${index}`, text: textOf(bytes) };
  }
}

import type { Proposal } from '../../api/rules';
import { hex } from '../../chain/bytes';
import type { JsonObject } from '../../chain/canonical-json';
import { type Signer, makeStatement, readStatement } from '../../chain/statement';
import { VALIDITY_MILLIS } from '../approval';

/** How many signatures are missing, that of the transaction included. */
export function missing(proposal: Proposal): number {
  return proposal.signatures - proposal.approvals.length;
}

/** Whether nothing is missing once an approver has signed: of a programme the fund signs last, by itself. */
export function isLast(proposal: Proposal): boolean {
  return missing(proposal) <= (proposal.purpose === 'programme.set' ? 2 : 1);
}

export function hasSigned(proposal: Proposal, kid: string): boolean {
  return proposal.approvals.some((text) => readStatement(text).signer.kid === kid);
}

/** What an approver signs now: the approval, or the transaction with all approvals inside when only that is missing. */
export function wordsToSign(proposal: Proposal): { readonly purpose: string; readonly operation: JsonObject } {
  const { approvalPurpose, purpose, words, approvals } = proposal;
  if (approvalPurpose === undefined) return { purpose, operation: words };
  if (missing(proposal) > 1) return { purpose: approvalPurpose, operation: words };
  return { purpose, operation: { ...words, approvals } };
}

export function signProposal(proposal: Proposal, signer: Signer, nowMillis: number): Promise<string> {
  const id = hex(crypto.getRandomValues(new Uint8Array(16)));
  return makeStatement(signer, { chain: proposal.chain, id, ...wordsToSign(proposal), validUntilMillis: nowMillis + VALIDITY_MILLIS });
}

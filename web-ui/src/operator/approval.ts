import type { Signable } from '../api/settlement';
import { hex, utf8 } from '../chain/bytes';
import type { JsonObject } from '../chain/canonical-json';
import { sha256 } from '../chain/sha256';
import { type Signer, makeStatement, readStatement } from '../chain/statement';

/** How long signed words may wait before they take effect. */
export const VALIDITY_MILLIS = 12 * 3_600_000;

/** How many signatures are missing, that of the transaction included. */
export function missing(item: Signable): number {
  return item.threshold - item.approvals.length;
}

/** Whether a key has signed already. */
export function hasSigned(item: Signable, kid: string): boolean {
  return item.approvals.some((text) => readStatement(text).signer.kid === kid);
}

/** What a signer signs now: the approval, or the whole transaction with the approvals inside when theirs is the only one missing. */
export function wordsToSign(item: Signable): { readonly purpose: string; readonly operation: JsonObject } {
  return missing(item) > 1
    ? { purpose: item.approvalPurpose, operation: item.approval }
    : { purpose: item.purpose, operation: { ...item.operation, approvals: item.approvals } };
}

/** Signs as `./madang settle --approve` does. The id comes from what is signed and by whom: the same words twice are the same statement.
 * @param about names what is signed: a payout, an issue */
export function signApproval(item: Signable, about: string, signer: Signer, validUntilMillis: number): Promise<string> {
  const { purpose, operation } = wordsToSign(item);
  const name = `${purpose} ${about} ${signer.kid} ${validUntilMillis}`;
  const id = hex(sha256(utf8(name)).slice(0, 16));
  return makeStatement(signer, { chain: item.chain, id, operation, purpose, validUntilMillis });
}

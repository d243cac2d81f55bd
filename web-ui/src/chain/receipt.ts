import { fromBase64url, utf8 } from './bytes';
import { type Json, type JsonObject, readObject } from './canonical-json';
import { type Commit, readCommit } from './commit';
import { type Header, readHeader } from './header';
import type { Members } from './members';
import { proves } from './merkle';
import { ProtobufWriter } from './protobuf';
import { sha256 } from './sha256';
import { type Statement, readStatement } from './statement';
import { type CommitProblem, commitProblem } from './verify-commit';
import { isSignedRight } from './verify-statement';

/**
 * Proof that a transaction was ordered and what came of it, checked with nothing but the members' keys (docs/formats.md section 6).
 * Two headers, each signed by more than two thirds: one covers the transaction, the next covers its result.
 */
export interface Receipt {
  readonly chain: string;
  readonly transaction: string;
  readonly inclusion: Signed & { readonly index: number; readonly total: number };
  readonly outcome: Signed & { readonly code: number; readonly data: Uint8Array };
}

/** More than a statement's: a receipt carries one whole. */
export const MAX_RECEIPT_BYTES = 256 * 1024;

interface Signed {
  readonly header: Header;
  readonly commit: Commit;
  readonly path: readonly Uint8Array[];
}

export type ReceiptProblem =
  | 'malformed'
  | 'other-chain'
  | 'wrong-payer-signature'
  | 'not-in-block'
  | 'not-the-outcome'
  | 'not-consecutive'
  | CommitProblem;

/** What a receipt proves. */
export interface ProvenReceipt {
  readonly receipt: Receipt;
  readonly statement: Statement;
  /** The result's data; empty for a refusal without any. */
  readonly data: JsonObject;
}

export type ReceiptVerdict =
  | { readonly valid: true; readonly proven: ProvenReceipt }
  | { readonly valid: false; readonly problem: ReceiptProblem };

/** Checks a receipt completely. Never throws; whatever does not check is refused with its reason. */
export async function verifyReceipt(bytes: Uint8Array, members: Members): Promise<ReceiptVerdict> {
  let receipt: Receipt;
  let statement: Statement;
  let data: JsonObject;
  try {
    receipt = readReceipt(bytes);
    statement = readStatement(receipt.transaction);
    data = receipt.outcome.data.length === 0 ? {} : readObject(receipt.outcome.data);
  } catch {
    return { valid: false, problem: 'malformed' };
  }
  const problem = await receiptProblem(receipt, statement, members);
  return problem ? { valid: false, problem } : { valid: true, proven: { receipt, statement, data } };
}

async function receiptProblem(
  receipt: Receipt,
  statement: Statement,
  members: Members,
): Promise<ReceiptProblem | undefined> {
  const { inclusion, outcome } = receipt;
  const chains = [receipt.chain, statement.payload.chain, inclusion.header.chainId, outcome.header.chainId];
  if (chains.some((chain) => chain !== members.chain)) return 'other-chain';
  if (!(await isSignedRight(statement))) return 'wrong-payer-signature';
  if (outcome.header.height !== inclusion.header.height + 1n) return 'not-consecutive';

  const { index, total } = inclusion;
  const transactionLeaf = sha256(utf8(receipt.transaction));
  if (!proves({ index, total, siblings: inclusion.path }, transactionLeaf, inclusion.header.dataHash)) return 'not-in-block';
  const resultLeaf = resultBytes(outcome.code, outcome.data);
  if (!proves({ index, total, siblings: outcome.path }, resultLeaf, outcome.header.lastResultsHash)) return 'not-the-outcome';

  return (
    commitProblem(inclusion.header, inclusion.commit, members.members) ??
    commitProblem(outcome.header, outcome.commit, members.members)
  );
}

/** A result as it stands in last_results_hash: the deterministic part of CometBFT's ExecTxResult, without gas. */
export function resultBytes(code: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter().varint(1, BigInt(code)).data(2, data).bytes();
}

/** Reads the form only. @throws Error for any other form */
export function readReceipt(bytes: Uint8Array): Receipt {
  const file = withMembers(readObject(bytes, MAX_RECEIPT_BYTES), 'chain,format,inclusion,outcome,transaction,version');
  if (file.format !== 'madang-receipt' || file.version !== 1) throw new SyntaxError('not a receipt');
  const inclusion = withMembers(file.inclusion, 'commit,header,index,path,total');
  const outcome = withMembers(file.outcome, 'code,commit,data,header,path');
  return {
    chain: text(file.chain),
    transaction: text(file.transaction),
    inclusion: { ...signed(inclusion), index: count(inclusion.index), total: count(inclusion.total) },
    outcome: { ...signed(outcome), code: count(outcome.code), data: fromBase64url(text(outcome.data)) },
  };
}

function signed(part: JsonObject): Signed {
  if (!Array.isArray(part.path)) throw new SyntaxError('a path is a list');
  return {
    header: readHeader(fromBase64url(text(part.header))),
    commit: readCommit(fromBase64url(text(part.commit))),
    path: (part.path as Json[]).map((sibling) => fromBase64url(text(sibling))),
  };
}

function withMembers(value: Json | undefined, names: string): JsonObject {
  if (typeof value !== 'object' || Array.isArray(value)) throw new SyntaxError('not an object');
  if (Object.keys(value).join() !== names) throw new SyntaxError(`not the members ${names}`);
  return value as JsonObject;
}

function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new SyntaxError('not text');
  return value;
}

function count(value: Json | undefined): number {
  if (typeof value !== 'number' || value < 0 || value > 0xffff_ffff) throw new SyntaxError('not a count');
  return value;
}

import { sameBytes } from './bytes';
import { sha256 } from './sha256';

/** Merkle trees of RFC 6962: the tree over a list of leaves, and paths that prove one leaf of it. */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

type Hash = Uint8Array;

export function leafHash(leaf: Uint8Array): Hash {
  return sha256(LEAF, leaf);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(NODE, left, right);
}

export function rootOf(leaves: readonly Uint8Array[]): Hash {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leafHash(leaves[0]!);
  const split = largestPowerOfTwoBelow(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** The siblings from the leaf upward. */
export function pathOf(leaves: readonly Uint8Array[], index: number): Hash[] {
  if (leaves.length <= 1) return [];
  const split = largestPowerOfTwoBelow(leaves.length);
  return index < split
    ? [...pathOf(leaves.slice(0, split), index), rootOf(leaves.slice(split))]
    : [...pathOf(leaves.slice(split), index - split), rootOf(leaves.slice(0, split))];
}

/** Where one leaf stands, and its siblings from the leaf upward. */
export interface Path {
  readonly index: number;
  readonly total: number;
  readonly siblings: readonly Hash[];
}

/** Whether the leaf stands at its place under the root. Too few or too many siblings are refused. */
export function proves(path: Path, leaf: Uint8Array, root: Hash): boolean {
  if (!Number.isSafeInteger(path.total) || !Number.isSafeInteger(path.index)) return false;
  if (path.index < 0 || path.index >= path.total) return false;
  if (path.siblings.some((sibling) => sibling.length !== 32)) return false;
  const computed = climbed(path.index, path.total, leafHash(leaf), path.siblings);
  return computed !== undefined && sameBytes(computed, root);
}

function climbed(index: number, total: number, hash: Hash, siblings: readonly Hash[]): Hash | undefined {
  if (total === 1) return siblings.length === 0 ? hash : undefined;
  const top = siblings.at(-1);
  if (top === undefined) return undefined;
  const split = largestPowerOfTwoBelow(total);
  const below = siblings.slice(0, -1);
  if (index < split) {
    const left = climbed(index, split, hash, below);
    return left && nodeHash(left, top);
  }
  const right = climbed(index - split, total - split, hash, below);
  return right && nodeHash(top, right);
}

function largestPowerOfTwoBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

package io.madang.chain.state;

import io.madang.chain.crypto.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The Merkle tree over the slots of a table, kept so that a change costs only its own path.
 *
 * <p>The shape is that of RFC 6962 section 2.1: leaves are SHA-256(00 ‖ row), inner nodes
 * SHA-256(01 ‖ left ‖ right), a node without a right sibling moves up as it is, and the tree over
 * nothing is SHA-256 of nothing. A cleared slot is an empty row. Each level is one flat byte array.
 */
public final class SlotTree {
  private static final int MAX_LEVELS = 32;
  private static final byte LEAF = 0;
  private static final byte INNER = 1;
  private static final byte[] EMPTY_ROW = {};

  private final MessageDigest sha256 = Sha256.start();
  private final byte[][] levels = new byte[MAX_LEVELS][];
  private int size;
  private int[] dirty = new int[16];
  private int dirtyCount;

  public SlotTree() {
    Arrays.fill(levels, EMPTY_ROW);
  }

  /**
   * Sets how many slots there are. Slots that come into being must be {@link #set} before {@link
   * #root}.
   */
  public void resize(int newSize) {
    if (newSize < size && newSize > 0) {
      // What stood to the right is gone: the new last leaf's path is all that this changes.
      markDirty(newSize - 1);
    }
    size = newSize;
  }

  /** Sets a slot to a row; an empty row clears it. */
  public void set(int slot, byte[] row) {
    reserve(0, slot + 1);
    sha256.update(LEAF);
    sha256.update(row);
    digestTo(levels[0], slot);
    markDirty(slot);
  }

  private void markDirty(int slot) {
    if (dirtyCount == dirty.length) {
      dirty = Arrays.copyOf(dirty, dirtyCount * 2);
    }
    dirty[dirtyCount++] = slot;
  }

  /** The root, after rehashing the paths of the slots that changed. */
  public byte[] root() {
    if (size == 0) {
      dirtyCount = 0;
      return sha256.digest();
    }
    Arrays.sort(dirty, 0, dirtyCount);
    int level = 0;
    for (int width = size; width > 1; width = (width + 1) / 2) {
      rehashParents(level, width);
      level++;
    }
    dirtyCount = 0;
    return Arrays.copyOf(levels[level], Sha256.LENGTH);
  }

  /**
   * Turns the sorted list of dirty nodes of a level into that of their parents, hashing each once.
   */
  private void rehashParents(int level, int width) {
    reserve(level + 1, (width + 1) / 2);
    byte[] children = levels[level];
    byte[] parents = levels[level + 1];
    int parentCount = 0;
    int previous = -1;
    for (int i = 0; i < dirtyCount && dirty[i] < width; i++) {
      int parent = dirty[i] >>> 1;
      if (parent == previous) {
        continue;
      }
      previous = parent;
      dirty[parentCount++] = parent;
      int left = 2 * parent;
      if (left + 1 < width) {
        sha256.update(INNER);
        sha256.update(children, left * Sha256.LENGTH, 2 * Sha256.LENGTH);
        digestTo(parents, parent);
      } else {
        System.arraycopy(
            children, left * Sha256.LENGTH, parents, parent * Sha256.LENGTH, Sha256.LENGTH);
      }
    }
    dirtyCount = parentCount;
  }

  private void digestTo(byte[] nodes, int index) {
    try {
      sha256.digest(nodes, index * Sha256.LENGTH, Sha256.LENGTH);
    } catch (DigestException impossible) {
      // Thrown only when there is no room for the digest.
      throw new AssertionError(impossible);
    }
  }

  private void reserve(int level, int nodes) {
    int needed = Math.multiplyExact(nodes, Sha256.LENGTH);
    if (levels[level].length < needed) {
      long roomy = Math.max(1024L, levels[level].length * 3L / 2);
      // The largest array that the JDK makes is a little shorter than the largest int.
      int length = (int) Math.min(Integer.MAX_VALUE - 63, Math.max(needed, roomy));
      levels[level] = Arrays.copyOf(levels[level], length);
    }
  }
}

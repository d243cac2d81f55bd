package io.madang.voting.board;

import io.madang.chain.crypto.Sha256;
import java.util.Arrays;

/** A growing set of SHA-256 digests in some 64 bytes each, so that millions are remembered. */
final class DigestSet {
  private static final int WORD = 8;

  private byte[] slots = new byte[64 * Sha256.LENGTH];
  private int size;

  /** Whether the digest is in the set. */
  boolean contains(byte[] digest) {
    return isFull(slots, slot(slots, digest));
  }

  /** Adds a digest; one that is there already changes nothing. */
  void add(byte[] digest) {
    int slot = slot(slots, digest);
    if (isFull(slots, slot)) {
      return;
    }
    System.arraycopy(digest, 0, slots, slot, Sha256.LENGTH);
    size++;
    if (2L * size * Sha256.LENGTH > slots.length) {
      grow();
    }
  }

  int size() {
    return size;
  }

  private void grow() {
    var larger = new byte[Math.multiplyExact(2, slots.length)];
    for (int from = 0; from < slots.length; from += Sha256.LENGTH) {
      if (isFull(slots, from)) {
        var digest = Arrays.copyOfRange(slots, from, from + Sha256.LENGTH);
        System.arraycopy(digest, 0, larger, slot(larger, digest), Sha256.LENGTH);
      }
    }
    slots = larger;
  }

  /** Where the digest is, or else the free slot where it belongs. */
  private static int slot(byte[] slots, byte[] digest) {
    int count = slots.length / Sha256.LENGTH;
    long start = 0;
    for (int i = 0; i < WORD; i++) {
      start = start << Byte.SIZE | (digest[i] & 0xFF);
    }
    int slot = (int) Long.remainderUnsigned(start, count) * Sha256.LENGTH;
    while (isFull(slots, slot)
        && !Arrays.equals(slots, slot, slot + Sha256.LENGTH, digest, 0, Sha256.LENGTH)) {
      slot = (slot + Sha256.LENGTH) % slots.length;
    }
    return slot;
  }

  /** No digest that anybody can make is all zero. */
  private static boolean isFull(byte[] slots, int slot) {
    for (int i = slot; i < slot + Sha256.LENGTH; i++) {
      if (slots[i] != 0) {
        return true;
      }
    }
    return false;
  }
}

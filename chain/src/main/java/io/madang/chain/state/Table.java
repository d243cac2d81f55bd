package io.madang.chain.state;

import io.madang.chain.ChainApplication.StateRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A numbered table of rows in numbered slots, in two versions: the committed one and the pending
 * one that the block in work sees. Rows are immutable, so the two share all that did not change,
 * and taking back a block is putting back a few references.
 *
 * <p>New rows take the lowest free slot. A slot that is freed can be taken again from the next
 * block on; so inside a block a slot never means two rows. The table ends with its last row: what
 * is free follows from the rows alone, also after they were stored and read back.
 */
public final class Table<R> {
  private static final int LEAST_CAPACITY = 16;
  private static final byte[] EMPTY_ROW = {};

  private final int number;
  private final RowForm<R> form;
  private final SlotTree tree = new SlotTree();
  private final RowWriter writer = new RowWriter();

  private @Nullable Object[] committed = new @Nullable Object[LEAST_CAPACITY];
  private @Nullable Object[] pending = new @Nullable Object[LEAST_CAPACITY];
  private int committedSize;
  private int pendingSize;
  private final BitSet free = new BitSet();
  private int lowestFree;

  private final BitSet isChanged = new BitSet();
  private int[] changed = new int[LEAST_CAPACITY];
  private int changedCount;

  /** The rows of {@link #changed} as bytes, once {@link #root} has made them. */
  private final List<Optional<byte[]>> changedRows = new ArrayList<>();

  private boolean hashed = true;

  /** What a change of a row means to those who keep something beside the table. */
  public interface Change<R> {
    void from(int slot, @Nullable R before, @Nullable R after);
  }

  /** A row that is there after the changes since the last commit. */
  public interface Present<R> {
    void row(int slot, R row);
  }

  public Table(int number, RowForm<R> form) {
    this.number = number;
    this.form = form;
  }

  public int number() {
    return number;
  }

  /** How many slots the committed table has, free ones included. */
  public int committedSize() {
    return committedSize;
  }

  /** Whether the block in work sees no row at all. */
  boolean isEmpty() {
    return sizeWithoutEmptyEnd(pending, pendingSize) == 0;
  }

  /** The committed row of a slot. */
  public @Nullable R committed(int slot) {
    return slot < committedSize ? row(committed, slot) : null;
  }

  /** The row of a slot as the block in work sees it. */
  public @Nullable R pending(int slot) {
    return slot < pendingSize ? row(pending, slot) : null;
  }

  @SuppressWarnings("unchecked") // Only rows of this type are put in.
  private @Nullable R row(@Nullable Object[] rows, int slot) {
    return (R) rows[slot];
  }

  /** Puts a new row into the lowest free slot and tells which. */
  public int add(R row) {
    int slot = free.nextSetBit(lowestFree);
    if (slot >= 0) {
      free.clear(slot);
      lowestFree = slot + 1;
    } else {
      slot = pendingSize;
      grow(pendingSize + 1);
    }
    change(slot, row);
    return slot;
  }

  /** Replaces the row of a slot. */
  public void set(int slot, R row) {
    change(slot, row);
  }

  /** Clears a slot. */
  public void remove(int slot) {
    change(slot, null);
  }

  private void grow(int size) {
    if (size > pending.length) {
      int capacity = Math.max(size, pending.length + (pending.length >> 1));
      pending = Arrays.copyOf(pending, capacity);
      committed = Arrays.copyOf(committed, capacity);
    }
    pendingSize = size;
  }

  private void change(int slot, @Nullable R row) {
    pending[slot] = row;
    hashed = false;
    if (!isChanged.get(slot)) {
      isChanged.set(slot);
      if (changedCount == changed.length) {
        changed = Arrays.copyOf(changed, changedCount * 2);
      }
      changed[changedCount++] = slot;
    }
  }

  /** Tells every change since the last commit, by slot. */
  public void changes(Change<R> to) {
    Arrays.sort(changed, 0, changedCount);
    for (int i = 0; i < changedCount; i++) {
      int slot = changed[i];
      to.from(slot, row(committed, slot), row(pending, slot));
    }
  }

  /** Tells the new row of every change since the last commit that left one, by slot. */
  public void eachPresent(Present<R> to) {
    changes(
        (slot, before, after) -> {
          if (after != null) {
            to.row(slot, after);
          }
        });
  }

  /** The Merkle root over the pending rows. */
  public byte[] root() {
    if (!hashed) {
      Arrays.sort(changed, 0, changedCount);
      changedRows.clear();
      for (int i = 0; i < changedCount; i++) {
        R row = row(pending, changed[i]);
        Optional<byte[]> bytes = row == null ? Optional.empty() : Optional.of(bytes(row));
        changedRows.add(bytes);
        tree.set(changed[i], bytes.orElse(EMPTY_ROW));
      }
      tree.resize(sizeWithoutEmptyEnd(pending, pendingSize));
      hashed = true;
    }
    return tree.root();
  }

  private byte[] bytes(R row) {
    form.write(row, writer.start());
    return writer.finish();
  }

  private static int sizeWithoutEmptyEnd(@Nullable Object[] rows, int size) {
    int end = size;
    while (end > 0 && rows[end - 1] == null) {
      end--;
    }
    return end;
  }

  /** Takes back everything since the last commit. */
  public void discard() {
    if (changedCount == 0) {
      return;
    }
    boolean treeChanged = !changedRows.isEmpty();
    for (int i = 0; i < changedCount; i++) {
      int slot = changed[i];
      R before = row(committed, slot);
      pending[slot] = before;
      if (treeChanged) {
        tree.set(slot, before == null ? EMPTY_ROW : bytes(before));
      }
      if (before == null && slot < committedSize) {
        markFree(slot);
      }
    }
    pendingSize = committedSize;
    if (treeChanged) {
      tree.resize(committedSize);
    }
    forgetChanges();
  }

  /**
   * Makes the pending rows the committed ones and tells which slots changed. Call {@link #root}
   * first.
   */
  public void commit(Consumer<StateRow> to) {
    if (!hashed) {
      throw new IllegalStateException("rows changed after the hash was taken");
    }
    for (int i = 0; i < changedCount; i++) {
      int slot = changed[i];
      R after = row(pending, slot);
      if (after == null) {
        markFree(slot);
      }
      if (after == null && committed[slot] == null) {
        continue; // It came and went within the block.
      }
      committed[slot] = after;
      to.accept(new StateRow(number, slot, changedRows.get(i)));
    }
    pendingSize = sizeWithoutEmptyEnd(pending, pendingSize);
    committedSize = pendingSize;
    free.clear(committedSize, Math.max(committedSize, free.length()));
    forgetChanges();
  }

  private void markFree(int slot) {
    free.set(slot);
    lowestFree = Math.min(lowestFree, slot);
  }

  private void forgetChanges() {
    for (int i = 0; i < changedCount; i++) {
      isChanged.clear(changed[i]);
    }
    changedCount = 0;
    changedRows.clear();
    hashed = true;
  }

  /** Takes in a stored row, while the state is being restored; {@link #commit} ends that. */
  public void restore(int slot, byte[] bytes) {
    var reader = new RowReader(bytes);
    R row = form.read(reader);
    if (!reader.atEnd()) {
      throw new IllegalStateException("something follows the row in slot " + slot);
    }
    if (slot >= pendingSize) {
      grow(slot + 1);
    }
    if (pending[slot] != null) {
      throw new IllegalStateException("two rows for slot " + slot + " of table " + number);
    }
    change(slot, row);
  }

  /** Marks the gaps between restored rows as changed, so that they are hashed and become free. */
  public void closeGaps() {
    for (int slot = 0; slot < pendingSize; slot++) {
      if (pending[slot] == null) {
        change(slot, null);
      }
    }
  }

  /** All committed rows by slot, as bytes. */
  public Stream<StateRow> rows() {
    return IntStream.range(0, committedSize)
        .mapToObj(slot -> Optional.ofNullable(row(committed, slot)).map(row -> stored(slot, row)))
        .flatMap(Optional::stream);
  }

  private StateRow stored(int slot, R row) {
    return new StateRow(number, slot, Optional.of(bytes(row)));
  }
}

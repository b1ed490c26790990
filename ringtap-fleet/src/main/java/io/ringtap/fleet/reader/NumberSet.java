package io.ringtap.fleet.reader;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// A set of numbers from 0 on that grows densely: of 4096 numbers in a row it keeps a bit for each
/// until all of them are in it, then none. One thread uses it.
final class NumberSet {
  private static final int SHIFT = 12;
  private static final int WORDS = (1 << SHIFT) / Long.SIZE;

  /// Rows of which there is a bit for each number: 512 bytes each. More would come of numbers that
  /// nobody counts.
  private static final int MOST_PARTS = 16_384;

  private final TreeMap<Long, Long> whole = new TreeMap<>(); // rows, from the first to the last
  private final TreeMap<Long, long[]> parts = new TreeMap<>(); // bits of a row
  private long size;

  NumberSet() {}

  /// How many numbers are in it.
  long size() {
    return size;
  }

  /// Puts a number in.
  ///
  /// @return false if it was in it already
  boolean add(long number) {
    long row = number >> SHIFT;
    if (isWhole(row)) {
      return false;
    }
    long[] bits = parts.computeIfAbsent(row, _ -> new long[WORDS]);
    int word = (int) (number >> 6) & WORDS - 1;
    long bit = 1L << number;
    if ((bits[word] & bit) != 0) {
      return false;
    }
    bits[word] |= bit;
    size++;
    if (bits[word] == -1 && isFull(bits)) {
      parts.remove(row);
      addRows(row, row);
    } else if (parts.size() > MOST_PARTS) {
      // The oldest row gets no more of its numbers.
      size += (1L << SHIFT) - count(parts.firstEntry().getValue());
      long oldest = parts.pollFirstEntry().getKey();
      addRows(oldest, oldest);
    }
    return true;
  }

  /// Puts all numbers of a range in.
  ///
  /// @param last included
  /// @return how many of them were not in it before
  long addRange(long first, long last) {
    long before = size;
    long firstRow = (first >> SHIFT) + 1; // the first that may be covered as a whole
    long lastRow = (last >> SHIFT) - 1;
    if (lastRow < firstRow) {
      for (long more = 0; more <= last - first; more++) { // the last may be the last there is
        boolean _ = add(first + more);
      }
      return size - before;
    }
    addRange(first, (firstRow << SHIFT) - 1);
    addRange((lastRow + 1) << SHIFT, last);
    Map<Long, long[]> covered = parts.subMap(firstRow, true, lastRow, true);
    for (long[] bits : covered.values()) {
      size -= count(bits);
    }
    covered.clear();
    size += (lastRow - firstRow + 1 - rowsIn(firstRow, lastRow)) << SHIFT;
    addRows(firstRow, lastRow);
    return size - before;
  }

  private boolean isWhole(long row) {
    Map.Entry<Long, Long> before = whole.floorEntry(row);
    return before != null && before.getValue() >= row;
  }

  /// How many rows of a range are whole.
  private long rowsIn(long first, long last) {
    long rows = 0;
    Map.Entry<Long, Long> at = whole.floorEntry(first);
    for (Map.Entry<Long, Long> each :
        whole.tailMap(at == null ? first : at.getKey(), true).entrySet()) {
      if (each.getKey() > last) {
        break;
      }
      rows += Math.max(0, Math.min(last, each.getValue()) - Math.max(first, each.getKey()) + 1);
    }
    return rows;
  }

  /// Takes these rows as whole, with those that are so already.
  private void addRows(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> before = whole.floorEntry(to + 1);
    while (before != null && before.getValue() >= from - 1) {
      from = Math.min(from, before.getKey());
      to = Math.max(to, before.getValue());
      whole.remove(before.getKey());
      before = whole.floorEntry(to + 1);
    }
    whole.put(from, to);
  }

  private static boolean isFull(long[] bits) {
    for (long word : bits) {
      if (word != -1) {
        return false;
      }
    }
    return true;
  }

  private static int count(long[] bits) {
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /// Writes it so that [#read] makes the same one.
  void write(DataOutput out) throws IOException {
    out.writeLong(size);
    out.writeInt(whole.size());
    for (Map.Entry<Long, Long> rows : whole.entrySet()) {
      out.writeLong(rows.getKey());
      out.writeLong(rows.getValue());
    }
    out.writeInt(parts.size());
    for (Map.Entry<Long, long[]> part : parts.entrySet()) {
      out.writeLong(part.getKey());
      for (long word : part.getValue()) {
        out.writeLong(word);
      }
    }
  }

  static NumberSet read(DataInput in) throws IOException {
    NumberSet set = new NumberSet();
    set.size = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      set.whole.put(in.readLong(), in.readLong());
    }
    for (int left = in.readInt(); left > 0; left--) {
      long[] bits = new long[WORDS];
      long row = in.readLong();
      for (int i = 0; i < WORDS; i++) {
        bits[i] = in.readLong();
      }
      set.parts.put(row, bits);
    }
    return set;
  }
}

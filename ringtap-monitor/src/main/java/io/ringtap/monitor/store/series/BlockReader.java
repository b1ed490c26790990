package io.ringtap.monitor.store.series;

import static io.ringtap.monitor.store.series.BlockFormat.DIRECTORY_CRC;
import static io.ringtap.monitor.store.series.BlockFormat.ENTRY;
import static io.ringtap.monitor.store.series.BlockFormat.ENTRY_CRC;
import static io.ringtap.monitor.store.series.BlockFormat.ENTRY_PLACE;
import static io.ringtap.monitor.store.series.BlockFormat.GROUPS;
import static io.ringtap.monitor.store.series.BlockFormat.HEADER;
import static io.ringtap.monitor.store.series.BlockFormat.LENGTH;
import static io.ringtap.monitor.store.series.BlockFormat.START;

import java.io.IOException;
import java.util.Arrays;

/// Reads rows of one block at a time: that of one target, or all. It reads and checks only what it
/// needs for that: the header, the directory, and groups of rows.
final class BlockReader {
  /// Enough for header and directory of 20 000 targets, and for all of a block of few.
  private static final int FIRST_READ = 8 * 1024; // bytes

  private final RowReader row = new RowReader();

  @SuppressWarnings("NullAway.Init") // open() comes first
  private SeriesFile file;

  private long position;
  private byte[] head = new byte[FIRST_READ];
  private int headRead;
  private byte[] group = {};
  private int groups;
  private int nextGroup;
  private int rowsEnd; // of the group that is read, in `group`
  private int nextRow;
  private int id;
  private boolean isDamaged;

  BlockReader() {}

  /// Takes a block.
  ///
  /// @return whether its header and directory are whole
  boolean open(SeriesFile itsFile, long itsPosition) throws IOException {
    file = itsFile;
    position = itsPosition;
    groups = 0;
    nextGroup = 0;
    rowsEnd = 0;
    nextRow = 0;
    isDamaged = true;
    headRead = file.read(position, head, 0, head.length);
    if (headRead < HEADER || !BlockFormat.isHeader(head, 0)) {
      return false;
    }
    int count = Bytes.getInt(head, GROUPS);
    int need = HEADER + count * ENTRY;
    if (need > headRead) {
      head = Arrays.copyOf(head, need);
      headRead += file.read(position + headRead, head, headRead, need - headRead);
    }
    if (need > headRead
        || BlockFormat.crc(head, HEADER, need) != Bytes.getInt(head, DIRECTORY_CRC)) {
      return false;
    }
    groups = count;
    isDamaged = false;
    return true;
  }

  long startSeconds() {
    return Bytes.getLong(head, START);
  }

  /// Whether something of the block that was asked for is not as it was written.
  boolean isDamaged() {
    return isDamaged;
  }

  /// Looks for the row of a target.
  ///
  /// @return whether it has one; then [#row] reads it
  boolean find(int target) throws IOException {
    int low = 0;
    int high = groups;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firstId(middle) <= target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0 || !readGroup(low - 1)) {
      return false;
    }
    while (nextRow < rowsEnd) {
      beginRow();
      if (id >= target) {
        return id == target;
      }
    }
    return false;
  }

  /// Goes on to the next row; groups that are damaged are passed over.
  ///
  /// @return whether there is one
  boolean next() throws IOException {
    while (nextRow >= rowsEnd) {
      if (nextGroup >= groups) {
        return false;
      }
      readGroup(nextGroup++);
    }
    beginRow();
    return true;
  }

  private void beginRow() {
    row.set(group, nextRow);
    id += (int) row.nextNumber();
    int length = (int) row.nextNumber();
    nextRow = row.at() + length;
  }

  /// The number of the target that the row is of.
  int id() {
    return id;
  }

  /// Reads the row.
  RowReader row() {
    return row;
  }

  private int firstId(int index) {
    return Bytes.getInt(head, HEADER + index * ENTRY);
  }

  private int place(int index) {
    return index == groups
        ? Bytes.getInt(head, LENGTH)
        : Bytes.getInt(head, HEADER + index * ENTRY + ENTRY_PLACE);
  }

  private boolean readGroup(int index) throws IOException {
    int from = place(index);
    int length = place(index + 1) - from;
    nextRow = 0;
    rowsEnd = 0;
    if (length < 0) {
      isDamaged = true;
      return false;
    }
    if (group.length < length) {
      group = new byte[length + length / 2];
    }
    if (from + length <= headRead) {
      System.arraycopy(head, from, group, 0, length);
    } else if (file.read(position + from, group, 0, length) < length) {
      isDamaged = true;
      return false;
    }
    int crc = Bytes.getInt(head, HEADER + index * ENTRY + ENTRY_CRC);
    if (BlockFormat.crc(group, 0, length) != crc) {
      isDamaged = true;
      return false;
    }
    rowsEnd = length;
    id = firstId(index);
    return true;
  }

  /// Whether each byte of the block is as it was written.
  boolean isWhole() throws IOException {
    for (int i = 0; i < groups; i++) {
      readGroup(i);
    }
    return !isDamaged;
  }
}

package io.ringtap.monitor.store.series;

import static io.ringtap.monitor.store.series.BlockFormat.BLOCK_MAGIC;
import static io.ringtap.monitor.store.series.BlockFormat.DIRECTORY_CRC;
import static io.ringtap.monitor.store.series.BlockFormat.ENTRY;
import static io.ringtap.monitor.store.series.BlockFormat.ENTRY_PLACE;
import static io.ringtap.monitor.store.series.BlockFormat.GROUPS;
import static io.ringtap.monitor.store.series.BlockFormat.HEADER;
import static io.ringtap.monitor.store.series.BlockFormat.HEADER_CRC;
import static io.ringtap.monitor.store.series.BlockFormat.LENGTH;
import static io.ringtap.monitor.store.series.BlockFormat.ROWS;
import static io.ringtap.monitor.store.series.BlockFormat.ROWS_PER_GROUP;
import static io.ringtap.monitor.store.series.BlockFormat.SEQUENCE;
import static io.ringtap.monitor.store.series.BlockFormat.SOURCE_FROM;
import static io.ringtap.monitor.store.series.BlockFormat.SOURCE_TO;
import static io.ringtap.monitor.store.series.BlockFormat.START;

/// Builds blocks, one after the other. Its buffers stay for the next one.
public final class BlockWriter {
  private final Bytes directory = new Bytes();
  private final Bytes groups = new Bytes();
  private final Bytes row = new Bytes();
  private final Bytes block = new Bytes();
  private long startSeconds;
  private long sourceFrom;
  private long sourceTo;
  private int rows;
  private int groupBegin;
  private int lastId;
  private int rowId;

  /// With no block begun.
  public BlockWriter() {}

  /// Begins a block.
  ///
  /// @param start in seconds since the epoch
  /// @param firstSource the number of the first block that this one is the sum of; 0 if it is none
  /// @param lastSource the number of the last of them
  public void begin(long start, long firstSource, long lastSource) {
    startSeconds = start;
    sourceFrom = firstSource;
    sourceTo = lastSource;
    rows = 0;
    groupBegin = 0;
    directory.setLength(0);
    groups.setLength(0);
  }

  /// Begins the row of a target. Targets come by rising numbers.
  ///
  /// @return where the row is to be put
  Bytes beginRow(int id) {
    rowId = id;
    row.setLength(0);
    return row;
  }

  /// Ends the row.
  void endRow() {
    if (rows % ROWS_PER_GROUP == 0) {
      endGroup();
      directory.putInt(rowId);
      directory.putInt(groups.length());
      directory.putInt(0);
      lastId = rowId;
    }
    groups.putNumber(rowId - lastId);
    groups.putNumber(row.length());
    groups.putBytes(row.array(), row.length());
    lastId = rowId;
    rows++;
  }

  private void endGroup() {
    if (directory.length() > 0) {
      directory.setInt(
          directory.length() - Integer.BYTES,
          BlockFormat.crc(groups.array(), groupBegin, groups.length()));
    }
    groupBegin = groups.length();
  }

  /// How many rows it has.
  public int rows() {
    return rows;
  }

  long startSeconds() {
    return startSeconds;
  }

  long sourceTo() {
    return sourceTo;
  }

  /// Ends the block and gives all its bytes; they change with the next block.
  ///
  /// @param sequence its number in its tier
  Bytes finish(long sequence) {
    endGroup();
    int before = HEADER + directory.length();
    for (int at = 0; at < directory.length(); at += ENTRY) {
      int place = Bytes.getInt(directory.array(), at + ENTRY_PLACE);
      directory.setInt(at + ENTRY_PLACE, before + place);
    }
    block.setLength(HEADER);
    block.setInt(0, BLOCK_MAGIC);
    block.setInt(LENGTH, before + groups.length());
    block.setLong(START, startSeconds);
    block.setLong(SEQUENCE, sequence);
    block.setLong(SOURCE_FROM, sourceFrom);
    block.setLong(SOURCE_TO, sourceTo);
    block.setInt(ROWS, rows);
    block.setInt(GROUPS, directory.length() / ENTRY);
    block.setInt(DIRECTORY_CRC, BlockFormat.crc(directory.array(), 0, directory.length()));
    block.setInt(HEADER_CRC, BlockFormat.crc(block.array(), 0, HEADER_CRC));
    block.putBytes(directory.array(), directory.length());
    block.putBytes(groups.array(), groups.length());
    return block;
  }
}

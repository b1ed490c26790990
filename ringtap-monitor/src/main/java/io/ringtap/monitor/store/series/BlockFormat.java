package io.ringtap.monitor.store.series;

import java.util.zip.CRC32C;

/// Where things stand in a series file. All numbers are little-endian.
///
/// ```
/// file   0  magic, 8 bytes     block  0  magic              directory, for each group of rows
///        8  version                   4  bytes in all              0  first target
///       12  seconds of a window       8  start, 8 bytes            4  place in the block
///       16  store, 8 bytes           16  number, 8 bytes           8  CRC-32C of the group
///       24  0                        24  first source, 8 bytes
///       28  CRC-32C of 0 to 27       32  last source, 8 bytes
///       32  blocks                   40  rows
///                                    44  groups
///                                    48  CRC-32C of the directory
///                                    52  CRC-32C of 0 to 51
///                                    56  directory, then the groups
/// ```
final class BlockFormat {
  static final long FILE_MAGIC = 0x5350_4154_474e_4952L; // "RINGTAPS"
  static final int VERSION = 1;
  static final int FILE_HEADER = 32; // bytes
  static final int FILE_VERSION = 8;
  static final int FILE_SECONDS = 12;
  static final int FILE_STORE = 16;
  static final int FILE_CRC = 28;

  static final int BLOCK_MAGIC = 0x314b_4c42; // "BLK1"
  static final int HEADER = 56; // bytes
  static final int LENGTH = 4;
  static final int START = 8;
  static final int SEQUENCE = 16;
  static final int SOURCE_FROM = 24;
  static final int SOURCE_TO = 32;
  static final int ROWS = 40;
  static final int GROUPS = 44;
  static final int DIRECTORY_CRC = 48;
  static final int HEADER_CRC = 52;

  static final int ENTRY = 12; // bytes in the directory for each group
  static final int ENTRY_PLACE = 4;
  static final int ENTRY_CRC = 8;

  /// Rows that share a checksum: as many as are read to find one of them.
  static final int ROWS_PER_GROUP = 32;

  private BlockFormat() {}

  static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /// Whether the header of a block stands here, whole and unharmed.
  static boolean isHeader(byte[] bytes, int at) {
    return Bytes.getInt(bytes, at) == BLOCK_MAGIC
        && Bytes.getInt(bytes, at + HEADER_CRC) == crc(bytes, at, at + HEADER_CRC)
        && Bytes.getInt(bytes, at + GROUPS) >= 0
        && Bytes.getInt(bytes, at + LENGTH)
            >= HEADER + (long) ENTRY * Bytes.getInt(bytes, at + GROUPS);
  }
}

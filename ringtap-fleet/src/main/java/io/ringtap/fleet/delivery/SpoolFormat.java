package io.ringtap.fleet.delivery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Where things stand in a file of the spool. All numbers are big-endian, as
/// [java.io.DataOutputStream] writes them.
///
/// ```
/// file   0  magic, 8 bytes          block  0  magic
///        8  version                        4  length of its body
///       12  length of the run              8  records
///       16  the run: its number in        12  results among them, which are not gaps
///           8 bytes, then as texts        16  first number, 8 bytes
///           site, agent and the           24  last number, 8 bytes
///           prefix of the topics          32  CRC-32C of the body
///           CRC-32C of all before         36  CRC-32C of 0 to 35
///           blocks                        40  body: records, packed by DEFLATE
/// record 0  first number, 8 bytes; last number, 8 bytes; 1 if it is a gap, else 0; topic as text;
///           length of the key and key; length of the value and value
/// ```
final class SpoolFormat {
  static final String SUFFIX = ".spool";

  static final long FILE_MAGIC = 0x5249_4e47_5441_5051L; // "RINGTAPQ"
  static final int VERSION = 1;
  static final int FILE_VERSION = 8;
  static final int RUN_LENGTH = 12;
  static final int RUN = 16;
  static final int LONGEST_RUN = 1024; // bytes

  static final int BLOCK_MAGIC = 0x5350_4231; // "SPB1"
  static final int BLOCK_HEADER = 40; // bytes
  static final int BODY = 4;
  static final int RECORDS = 8;
  static final int RESULTS = 12;
  static final int FIRST = 16;
  static final int LAST = 24;
  static final int BODY_CRC = 32;
  static final int BLOCK_CRC = 36;

  /// The most that a body may be.
  static final int LONGEST_BODY = 64 << 20;

  private SpoolFormat() {}

  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
  }

  static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /// The name of a file: numbers give the order.
  static String name(long number) {
    return "%016d%s".formatted(number, SUFFIX);
  }

  /// The number in a name; -1 if it is not the name of a file of the spool.
  static long number(String name) {
    String digits = name.substring(0, name.length() - SUFFIX.length());
    return digits.matches("[0-9]{16}") ? Long.parseLong(digits) : -1;
  }
}

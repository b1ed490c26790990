package io.ringtap.monitor.store.series;

/// Takes numbers from a row, in the order in which [Bytes] put them.
final class RowReader {
  private byte[] bytes = {};
  private int at;

  /// Begins to read at a place.
  void set(byte[] array, int offset) {
    bytes = array;
    at = offset;
  }

  int at() {
    return at;
  }

  int nextByte() {
    return bytes[at++] & 0xFF;
  }

  long nextNumber() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }

  long nextSigned() {
    long value = nextNumber();
    return (value >>> 1) ^ -(value & 1);
  }
}

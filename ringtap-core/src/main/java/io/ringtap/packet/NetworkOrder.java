package io.ringtap.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// Fields as every header here has them: most significant octet first, at any address.
final class NetworkOrder {
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  /// One octet, 0 to 255.
  static int octet(MemorySegment frame, long offset) {
    return Byte.toUnsignedInt(frame.get(JAVA_BYTE, offset));
  }

  static void octet(MemorySegment frame, long offset, int value) {
    frame.set(JAVA_BYTE, offset, (byte) value);
  }

  /// Two octets, 0 to 65 535.
  static int unsignedShort(MemorySegment frame, long offset) {
    return Short.toUnsignedInt(frame.get(SHORT, offset));
  }

  static void unsignedShort(MemorySegment frame, long offset, int value) {
    frame.set(SHORT, offset, (short) value);
  }

  /// Four octets, as their bits.
  static int word(MemorySegment frame, long offset) {
    return frame.get(INT, offset);
  }

  static void word(MemorySegment frame, long offset, int value) {
    frame.set(INT, offset, value);
  }

  /// Four octets, 0 to 2³² - 1.
  static long unsignedWord(MemorySegment frame, long offset) {
    return Integer.toUnsignedLong(frame.get(INT, offset));
  }

  /// Eight octets, as their bits.
  static long doubleWord(MemorySegment frame, long offset) {
    return frame.get(LONG, offset);
  }

  static void doubleWord(MemorySegment frame, long offset, long value) {
    frame.set(LONG, offset, value);
  }

  /// The six octets of an Ethernet address, first octet highest.
  static long ethernetAddress(MemorySegment frame, long offset) {
    return (long) unsignedShort(frame, offset) << 32 | unsignedWord(frame, offset + 2);
  }

  static void ethernetAddress(MemorySegment frame, long offset, long address) {
    unsignedShort(frame, offset, (int) (address >>> 32));
    word(frame, offset + 2, (int) address);
  }
}

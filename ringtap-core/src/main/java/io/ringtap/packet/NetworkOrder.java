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

/// Fields in network byte order, most significant byte first, at any alignment.
public final class NetworkOrder {
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  /// One byte, 0 to 255.
  public static int unsignedByte(MemorySegment frame, long offset) {
    return Byte.toUnsignedInt(frame.get(JAVA_BYTE, offset));
  }

  /// Writes one byte.
  public static void unsignedByte(MemorySegment frame, long offset, int value) {
    frame.set(JAVA_BYTE, offset, (byte) value);
  }

  /// Two bytes, 0 to 65 535.
  public static int unsignedShort(MemorySegment frame, long offset) {
    return Short.toUnsignedInt(frame.get(SHORT, offset));
  }

  /// Writes two bytes.
  public static void unsignedShort(MemorySegment frame, long offset, int value) {
    frame.set(SHORT, offset, (short) value);
  }

  /// Four bytes as an `int`.
  public static int word(MemorySegment frame, long offset) {
    return frame.get(INT, offset);
  }

  /// Writes four bytes.
  public static void word(MemorySegment frame, long offset, int value) {
    frame.set(INT, offset, value);
  }

  /// Four bytes, 0 to 2³² - 1.
  public static long unsignedWord(MemorySegment frame, long offset) {
    return Integer.toUnsignedLong(frame.get(INT, offset));
  }

  /// Eight bytes as a `long`.
  public static long doubleWord(MemorySegment frame, long offset) {
    return frame.get(LONG, offset);
  }

  /// Writes eight bytes.
  public static void doubleWord(MemorySegment frame, long offset, long value) {
    frame.set(LONG, offset, value);
  }

  /// The six bytes of an Ethernet address, the first one highest.
  public static long ethernetAddress(MemorySegment frame, long offset) {
    return (long) unsignedShort(frame, offset) << 32 | unsignedWord(frame, offset + 2);
  }

  /// Writes the six bytes of an Ethernet address.
  public static void ethernetAddress(MemorySegment frame, long offset, long address) {
    unsignedShort(frame, offset, (int) (address >>> 32));
    word(frame, offset + 2, (int) address);
  }
}

package io.ringtap.savefile.block;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Walks over the options of a block, in place. Reused for one block after the other, so that
/// packets' options cost no allocation.
///
/// An option that runs past its block ends the walk: nothing after it can be found. The block
/// itself is delimited by its own lengths, so everything else in it is still right.
public final class OptionCursor {
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int HEADER_BYTES = 4;

  private MemorySegment memory = MemorySegment.NULL;
  private boolean isBigEndian;
  private long next;
  private long end;
  private long option; // the current one
  private int code;
  private int length;

  /// A walk over nothing yet.
  public OptionCursor() {}

  /// Begins before the first option.
  ///
  /// @param from the offset of the first option in `memory`
  /// @param end the offset of what follows the options
  public OptionCursor over(MemorySegment memory, long from, long end, boolean isBigEndian) {
    this.memory = memory;
    this.isBigEndian = isBigEndian;
    this.next = from;
    this.end = end;
    return this;
  }

  /// Moves to the next option.
  ///
  /// @return false at the end of the options
  public boolean next() {
    if (end - next < HEADER_BYTES) {
      return false;
    }
    code = half(next);
    length = half(next + 2);
    if (code == Pcapng.OPT_ENDOFOPT || Pcapng.padded(length) > end - next - HEADER_BYTES) {
      return false;
    }
    option = next;
    next += HEADER_BYTES + Pcapng.padded(length);
    return true;
  }

  /// The number of the current option.
  public int code() {
    return code;
  }

  /// The bytes of its value, without padding.
  public int length() {
    return length;
  }

  /// Where it begins in the memory, with its code.
  public long offset() {
    return option;
  }

  /// Whether it has a number and that many bytes.
  public boolean is(int wantedCode, int bytes) {
    return code == wantedCode && length == bytes;
  }

  /// The value as text.
  public String text() {
    return new String(value(), StandardCharsets.UTF_8);
  }

  /// The value's bytes, copied.
  public byte[] value() {
    return memory.asSlice(option + HEADER_BYTES, length).toArray(JAVA_BYTE);
  }

  /// The value's first byte.
  public int octet() {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, option + HEADER_BYTES));
  }

  /// The value's first four bytes as a number.
  public int word() {
    return word(option + HEADER_BYTES);
  }

  /// The value's first eight bytes as a number.
  public long doubleWord() {
    long first = Integer.toUnsignedLong(word(option + HEADER_BYTES));
    long second = Integer.toUnsignedLong(word(option + HEADER_BYTES + 4));
    return isBigEndian ? first << 32 | second : second << 32 | first;
  }

  /// The value's first eight bytes as a stamp, whose more significant word comes first in either
  /// byte order.
  public long stamp() {
    return Integer.toUnsignedLong(word(option + HEADER_BYTES)) << 32
        | Integer.toUnsignedLong(word(option + HEADER_BYTES + 4));
  }

  private int word(long at) {
    int word = memory.get(INT, at);
    return isBigEndian ? Integer.reverseBytes(word) : word;
  }

  private int half(long at) {
    short half = memory.get(SHORT, at);
    return Short.toUnsignedInt(isBigEndian ? Short.reverseBytes(half) : half);
  }
}

package io.ringtap.savefile.block;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// A block of a pcapng file, as it stands there: with its type, both its lengths and all its
/// options, in its section's byte order. One object stands for all blocks of a reader in turn, and
/// its memory is lent like a packet's.
public final class PcapngBlock {
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private MemorySegment memory = MemorySegment.NULL;
  private long offset;
  private long length;
  private int type;
  private boolean isBigEndian;

  /// A view of nothing yet.
  public PcapngBlock() {}

  /// Shows another block.
  ///
  /// @param length its bytes
  public PcapngBlock show(MemorySegment memory, long offset, long length, boolean isBigEndian) {
    this.memory = memory;
    this.offset = offset;
    this.length = length;
    this.isBigEndian = isBigEndian;
    this.type = word(0);
    return this;
  }

  /// Shows a block too large to be held in memory, of which only the type and the length are known.
  public PcapngBlock showAbsent(int type, long length, boolean isBigEndian) {
    this.memory = MemorySegment.NULL;
    this.offset = 0;
    this.length = length;
    this.isBigEndian = isBigEndian;
    this.type = type;
    return this;
  }

  /// Whether the bytes are there. A block of more than 256 MiB is passed over instead.
  public boolean isPresent() {
    return memory.byteSize() > 0;
  }

  /// The type: a number of [Pcapng], or any other.
  public int type() {
    return type;
  }

  /// The memory that contains the block.
  public MemorySegment memory() {
    return memory;
  }

  /// Where the block begins in [#memory].
  public long offset() {
    return offset;
  }

  /// All bytes of the block, a multiple of four.
  public long length() {
    return length;
  }

  /// Whether its numbers have the most significant byte first.
  public boolean isBigEndian() {
    return isBigEndian;
  }

  /// The four bytes at `distance` from the block's beginning, as a number.
  public int word(long distance) {
    int word = memory.get(INT, offset + distance);
    return isBigEndian ? Integer.reverseBytes(word) : word;
  }

  /// The two bytes at `distance` from the block's beginning, as a number from 0 to 65 535.
  public int half(long distance) {
    short half = memory.get(SHORT, offset + distance);
    return Short.toUnsignedInt(isBigEndian ? Short.reverseBytes(half) : half);
  }

  /// A copy of the bytes.
  public byte[] toArray() {
    return memory.asSlice(offset, length).toArray(JAVA_BYTE);
  }

  /// The distance from the block's beginning to its first option; the distance to the block's
  /// second length if blocks of its type have no options, or options that only their makers find.
  public long optionsDistance() {
    long end = length - 4;
    return switch (type) {
      case Pcapng.SECTION_HEADER -> Pcapng.SECTION_HEADER_BYTES - 4;
      case Pcapng.INTERFACE_DESCRIPTION -> Pcapng.INTERFACE_DESCRIPTION_BYTES - 4;
      case Pcapng.INTERFACE_STATISTICS -> Pcapng.INTERFACE_STATISTICS_BYTES - 4;
      case Pcapng.ENHANCED_PACKET, Pcapng.PACKET -> afterBytes(20, Pcapng.ENHANCED_PACKET_BYTES);
      case Pcapng.DECRYPTION_SECRETS -> afterBytes(12, Pcapng.DECRYPTION_SECRETS_BYTES);
      case Pcapng.NAME_RESOLUTION -> afterNames();
      default -> end;
    };
  }

  /// The distance past the padded bytes whose number stands at `lengthAt`.
  private long afterBytes(int lengthAt, int bytesWithout) {
    long end = length - 4;
    long bytes = length < bytesWithout ? end : Integer.toUnsignedLong(word(lengthAt));
    return Math.min(end, bytesWithout - 4 + ((bytes + 3) & ~3L));
  }

  private long afterNames() {
    long end = length - 4;
    long at = 8;
    while (at + 4 <= end) {
      int record = half(at);
      at += 4 + Pcapng.padded(half(at + 2));
      if (record == Pcapng.NRES_ENDOFRECORD) {
        break;
      }
    }
    return Math.min(at, end);
  }

  /// Begins a walk over the options.
  public OptionCursor options(OptionCursor cursor) {
    return cursor.over(memory, offset + optionsDistance(), offset + length - 4, isBigEndian);
  }
}

package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.block.BlockBuilder;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import io.ringtap.savefile.block.StampUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Copies to pcapng. Each file of a rotation begins with the section's header and with what its
/// packets need: the interfaces, names and secrets that have come so far.
abstract sealed class BlockTarget extends CopyTarget permits PcapngTarget, MergeTarget {
  static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int UNKNOWN_DROPS = 0xFFFF; // in a packet block
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  final NotCopied notCopied = new NotCopied(withheld);
  private final boolean isRotated;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(); // of each file
  private final ByteArrayOutputStream once = new ByteArrayOutputStream(); // until there is a file
  private final List<StampUnit> units = new ArrayList<>(); // of the section's interfaces
  private boolean isBigEndian; // the section

  BlockTarget(SavefileOptions options) {
    super(options);
    isRotated = !options.rotation().isNone();
  }

  /// Begins a section, without writing its header. What was appended before must be written.
  final void beginSection(boolean inBigEndian) {
    isBigEndian = inBigEndian;
    units.clear();
    head.reset();
  }

  final boolean isBigEndian() {
    return isBigEndian;
  }

  /// How many interfaces the section has.
  final int interfaceCount() {
    return units.size();
  }

  /// Adds an interface, without writing its description.
  final void addInterface(StampUnit unit) {
    units.add(unit);
  }

  /// Writes a block that is no packet after those appended, and into each further file if its
  /// packets need it.
  final void writeOther(int type, byte[] block) throws IOException {
    flush();
    switch (type) {
      case Pcapng.SECTION_HEADER,
          Pcapng.INTERFACE_DESCRIPTION,
          Pcapng.NAME_RESOLUTION,
          Pcapng.DECRYPTION_SECRETS ->
          writeHead(block);
      case Pcapng.FILLER -> {} // has only a meaning where it stood
      default -> {
        if (files().isOpen()) {
          files().writeBytes(block);
        } else {
          once.writeBytes(block);
        }
      }
    }
  }

  private void writeHead(byte[] block) throws IOException {
    if (isRotated) {
      head.writeBytes(block);
    }
    if (files().isOpen()) {
      files().writeBytes(block);
    }
  }

  @Override
  public byte[] header() {
    byte[] later = once.toByteArray();
    once.reset();
    byte[] first = head.toByteArray();
    byte[] both = Arrays.copyOf(first, first.length + later.length);
    System.arraycopy(later, 0, both, first.length, later.length);
    return both;
  }

  @Override
  public int recordLength(MemorySegment records, long at) {
    return word(records, at + 4);
  }

  @Override
  public long recordNanos(MemorySegment records, long at) {
    int type = word(records, at);
    if (type == Pcapng.SIMPLE_PACKET) {
      return 0; // it has no stamp, and begins no file by its age
    }
    int number = type == Pcapng.ENHANCED_PACKET ? word(records, at + 8) : half(records, at + 8);
    long stamp =
        Integer.toUnsignedLong(word(records, at + 12)) << 32
            | Integer.toUnsignedLong(word(records, at + 16));
    return units.get(number).epochNanos(stamp);
  }

  /// The block of a reader's packet with other bytes, another stamp or other comments, in the byte
  /// order of the reader's section. Everything else stays: its interface and all its other options.
  final byte[] changed(SavefileReader from, Frame packet, List<String> comments) {
    PcapngBlock old = notCopied.without(from.block());
    BlockBuilder block = new BlockBuilder(old.isBigEndian());
    long stamp = stamp(from, packet);
    block
        .begin(Pcapng.ENHANCED_PACKET)
        .word(from.interfaceId() - from.sectionBase())
        .word((int) (stamp >>> 32))
        .word((int) stamp)
        .word(packet.caplen())
        .word(packet.origlen())
        .bytes(packet.toArray());
    comments.forEach(each -> block.option(Pcapng.OPT_COMMENT, each));
    OptionCursor options = old.options(new OptionCursor());
    while (options.next()) {
      if (options.code() != Pcapng.OPT_COMMENT) {
        block.option(options.code(), options.value());
      }
    }
    if (old.type() == Pcapng.PACKET && old.half(10) != UNKNOWN_DROPS) {
      block.half(Pcapng.EPB_DROPCOUNT).half(8).doubleWord(old.half(10));
    }
    return block.end(Pcapng.ENHANCED_PACKET_BYTES + Pcapng.padded(packet.caplen())).toArray();
  }

  /// The stamp in the interface's unit; exactly what it was if it is not changed.
  private static long stamp(SavefileReader from, Frame packet) {
    PcapngBlock old = from.block();
    if (packet.epochNanos() != from.epochNanos()) {
      return from.unit(from.interfaceId()).units(packet.epochNanos());
    }
    return old.type() == Pcapng.SIMPLE_PACKET
        ? 0
        : Integer.toUnsignedLong(old.word(12)) << 32 | Integer.toUnsignedLong(old.word(16));
  }

  private int word(MemorySegment records, long at) {
    int word = records.get(INT, at);
    return isBigEndian ? Integer.reverseBytes(word) : word;
  }

  private int half(MemorySegment records, long at) {
    short half = records.get(SHORT, at);
    return Short.toUnsignedInt(isBigEndian ? Short.reverseBytes(half) : half);
  }
}

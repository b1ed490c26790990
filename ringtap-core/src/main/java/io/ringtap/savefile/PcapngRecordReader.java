package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The packets of a pcapng file. Blocks of other kinds are read or skipped on the way.
final class PcapngRecordReader extends RecordReader {
  private static final int MAX_INTERFACES = 65_536;

  private final List<StampUnit> units = new ArrayList<>(); // parallel to interfaces
  private final TreeMap<Integer, SavefileInterfaceStatistics> statistics = new TreeMap<>();
  private int sectionBase; // interfaces of earlier sections
  private @Nullable String sectionComment;
  private int options; // of the current packet, in the input's memory
  private int optionsEnd;

  /// Reads the first section header and the interfaces that follow it.
  PcapngRecordReader(SavefileInput input) throws IOException {
    super(input);
    section();
    while (input.has(Pcapng.BLOCK_BYTES)
        && input.word(input.position()) == Pcapng.INTERFACE_DESCRIPTION) {
      interfaceDescription();
    }
  }

  @Override
  boolean next() throws IOException {
    while (input.has(Pcapng.BLOCK_BYTES)) {
      switch (input.word(input.position())) {
        case Pcapng.SECTION_HEADER -> section();
        case Pcapng.INTERFACE_DESCRIPTION -> interfaceDescription();
        case Pcapng.INTERFACE_STATISTICS -> interfaceStatistics();
        case Pcapng.ENHANCED_PACKET -> {
          enhancedPacket();
          return true;
        }
        case Pcapng.PACKET -> {
          obsoletePacket();
          return true;
        }
        case Pcapng.SIMPLE_PACKET -> {
          simplePacket();
          return true;
        }
        default -> passOver();
      }
    }
    if (input.available() == 0) {
      return false;
    }
    throw input.truncated(Pcapng.BLOCK_BYTES);
  }

  private void section() throws IOException {
    if (!input.has(Pcapng.SECTION_HEADER_BYTES)) {
      throw input.truncated(Pcapng.SECTION_HEADER_BYTES);
    }
    input.bigEndian(false);
    int magic = input.word(input.position() + 8L);
    if (magic == Integer.reverseBytes(Pcapng.BYTE_ORDER_MAGIC)) {
      input.bigEndian(true);
    } else if (magic != Pcapng.BYTE_ORDER_MAGIC) {
      throw input.malformed(
          8, "byte-order magic 0x%08x in a section header".formatted(magic), "expected 0x1a2b3c4d");
    }
    int total = block(Pcapng.SECTION_HEADER_BYTES);
    int at = input.position();
    int major = input.half(at + 12L);
    if (major != 1) {
      throw input.malformed(
          12, "pcapng version %d".formatted(major), "only version 1 is supported");
    }
    sectionBase = interfaces.size();
    sectionComment = null;
    int end = at + total - 4;
    for (int option = option(at + 24, end); option < end; option = nextOption(option, end)) {
      if (input.half(option) == Pcapng.OPT_COMMENT && sectionComment == null) {
        sectionComment = text(option + 4, input.half(option + 2L));
      }
    }
    input.advance(total);
  }

  private void interfaceDescription() throws IOException {
    int total = block(Pcapng.INTERFACE_DESCRIPTION_BYTES);
    if (interfaces.size() == MAX_INTERFACES) {
      throw input.malformed(
          0, "one interface more than " + MAX_INTERFACES, "more are not supported");
    }
    int at = input.position();
    String name = null;
    String description = null;
    String filter = null;
    StampUnit unit = StampUnit.MICROS;
    int end = at + total - 4;
    for (int option = option(at + 16, end); option < end; option = nextOption(option, end)) {
      int length = input.half(option + 2L);
      switch (input.half(option)) {
        case Pcapng.IF_NAME -> name = text(option + 4, length);
        case Pcapng.IF_DESCRIPTION -> description = text(option + 4, length);
        case Pcapng.IF_TSRESOL -> {
          needLength(option, 1);
          unit = unit.withResolution(Byte.toUnsignedInt(input.memory().get(JAVA_BYTE, option + 4)));
        }
        case Pcapng.IF_TSOFFSET -> {
          needLength(option, 8);
          unit = unit.withOffset(input.doubleWord(option + 4L));
        }
        case Pcapng.IF_FILTER -> filter = filter(option + 4, length);
        default -> {} // not needed here
      }
    }
    long snaplen = Integer.toUnsignedLong(input.word(at + 12L));
    interfaces.add(
        new SavefileInterface(
            name,
            description,
            new LinkType(input.half(at + 8L)),
            (int) Math.min(snaplen, Integer.MAX_VALUE),
            filter));
    units.add(unit);
    input.advance(total);
  }

  /// A filter expression begins with the byte 0; with another byte it is a program.
  private @Nullable String filter(int at, int length) {
    return length > 0 && input.memory().get(JAVA_BYTE, at) == 0 ? text(at + 1, length - 1) : null;
  }

  private void interfaceStatistics() throws IOException {
    int total = block(Pcapng.INTERFACE_STATISTICS_BYTES);
    int at = input.position();
    int id = interfaceId(input.word(at + 8L));
    long[] values = new long[8]; // by option code
    Arrays.fill(values, SavefileInterfaceStatistics.UNKNOWN);
    int end = at + total - 4;
    for (int option = option(at + 20, end); option < end; option = nextOption(option, end)) {
      int code = input.half(option);
      if (code >= Pcapng.ISB_STARTTIME && code <= Pcapng.ISB_OSDROP) {
        needLength(option, 8);
        values[code] =
            code <= Pcapng.ISB_ENDTIME
                ? units.get(id).epochNanos(stampUnits(option + 4L))
                : input.doubleWord(option + 4L);
      }
    }
    statistics.put(
        id,
        new SavefileInterfaceStatistics(
            id,
            values[Pcapng.ISB_IFRECV],
            values[Pcapng.ISB_IFDROP],
            values[Pcapng.ISB_FILTERACCEPT],
            values[Pcapng.ISB_OSDROP],
            values[Pcapng.ISB_STARTTIME],
            values[Pcapng.ISB_ENDTIME]));
    input.advance(total);
  }

  private void enhancedPacket() throws IOException {
    int total = block(Pcapng.ENHANCED_PACKET_BYTES);
    stampedPacket(total, input.word(input.position() + 8L));
  }

  private void obsoletePacket() throws IOException {
    int total = block(Pcapng.ENHANCED_PACKET_BYTES);
    stampedPacket(total, input.half(input.position() + 8L)); // drops stand in the other half
  }

  private void stampedPacket(int total, int id) throws IOException {
    int at = input.position();
    interfaceId = interfaceId(id);
    epochNanos = units.get(interfaceId).epochNanos(stampUnits(at + 12L));
    captured(input.word(at + 20L), total - Pcapng.ENHANCED_PACKET_BYTES, 20);
    origlen(24);
    offset = at + 28L;
    options = at + 28 + Pcapng.padded(caplen);
    optionsEnd = at + total - 4;
    flags = PacketFlags.NONE;
    for (int option = option(options, optionsEnd);
        option < optionsEnd;
        option = nextOption(option, optionsEnd)) {
      if (input.half(option) == Pcapng.EPB_FLAGS) {
        needLength(option, 4);
        flags = input.word(option + 4L);
      }
    }
    end(total);
  }

  private void simplePacket() throws IOException {
    int total = block(Pcapng.SIMPLE_PACKET_BYTES);
    int at = input.position();
    interfaceId = interfaceId(0);
    origlen(8);
    int snaplen = interfaces.get(interfaceId).snaplen();
    int length = snaplen == 0 ? origlen : Math.min(origlen, snaplen);
    captured(length, total - Pcapng.SIMPLE_PACKET_BYTES, 8);
    epochNanos = 0; // such a block has no stamp
    offset = at + 12L;
    options = 0;
    optionsEnd = 0;
    flags = PacketFlags.NONE;
    end(total);
  }

  private void captured(int length, int room, int distance) throws MalformedSavefile {
    if (length < 0 || length > room) {
      throw input.malformed(
          distance,
          "a packet of %d captured bytes in a block with room for %d"
              .formatted(Integer.toUnsignedLong(length), room),
          "expected no more than fit");
    }
    caplen = length;
  }

  private void origlen(int distance) throws MalformedSavefile {
    origlen = input.word(input.position() + (long) distance);
    if (origlen < 0) {
      throw input.malformed(
          distance,
          "a packet of %d bytes".formatted(Integer.toUnsignedLong(origlen)),
          "expected 0 to %d".formatted(Integer.MAX_VALUE));
    }
  }

  private void end(int total) {
    recordOffset = input.fileOffset();
    input.advance(total);
  }

  private int interfaceId(int id) throws MalformedSavefile {
    int count = interfaces.size() - sectionBase;
    if (id < 0 || id >= count) {
      throw input.malformed(
          8,
          "interface %d".formatted(Integer.toUnsignedLong(id)),
          count == 0
              ? "no interface has been described before it"
              : "expected 0 to %d".formatted(count - 1));
    }
    return sectionBase + id;
  }

  private long stampUnits(long at) {
    return Integer.toUnsignedLong(input.word(at)) << 32
        | Integer.toUnsignedLong(input.word(at + 4));
  }

  /// Reads the next block completely into the window and checks its two lengths.
  ///
  /// @param least the least bytes of a block of its kind
  /// @return its bytes
  private int block(int least) throws IOException {
    int total = input.word(input.position() + 4L);
    if ((total & 3) != 0 || total < least || total > MAX_RECORD) {
      throw input.malformed(
          4,
          "a block of %d bytes".formatted(Integer.toUnsignedLong(total)),
          "expected a multiple of 4 from %d to %d".formatted(least, MAX_RECORD));
    }
    if (!input.has(total)) {
      throw input.truncated(total);
    }
    int again = input.word(input.position() + total - 4L);
    if (again != total) {
      throw unequal(total - 4L, total, again);
    }
    return total;
  }

  /// Skips a block of another kind. It may have any length, so it need not fit into the window.
  private void passOver() throws IOException {
    long total = Integer.toUnsignedLong(input.word(input.position() + 4L));
    if ((total & 3) != 0 || total < Pcapng.BLOCK_BYTES) {
      throw input.malformed(
          4,
          "a block of %d bytes".formatted(total),
          "expected a multiple of 4 from %d on".formatted(Pcapng.BLOCK_BYTES));
    }
    long start = input.fileOffset();
    long had = input.skip(total - 4);
    if (had < total - 4 || !input.has(4)) {
      throw MalformedSavefile.truncated(input.name(), start, total, had + input.available());
    }
    int again = input.word(input.position());
    if (again != (int) total) {
      throw unequal(0, total, again);
    }
    input.advance(4);
  }

  private MalformedSavefile unequal(long distance, long total, int again) {
    return input.malformed(
        distance,
        "a second block length of %d".formatted(Integer.toUnsignedLong(again)),
        "the first was %d, and both must be equal".formatted(total));
  }

  /// The offset of the option at `option` if there is one, checked to lie in its block; otherwise
  /// `end`.
  private int option(int option, int end) throws MalformedSavefile {
    if (option >= end || input.half(option) == Pcapng.OPT_ENDOFOPT) {
      return end;
    }
    int length = input.half(option + 2L);
    if (Pcapng.padded(length) > end - option - 4) {
      throw input.malformed(
          option - input.position(),
          "an option of %d bytes that runs past its block".formatted(length),
          "expected at most %d".formatted(end - option - 4));
    }
    return option;
  }

  private int nextOption(int option, int end) throws MalformedSavefile {
    return option(option + 4 + Pcapng.padded(input.half(option + 2L)), end);
  }

  private void needLength(int option, int right) throws MalformedSavefile {
    int length = input.half(option + 2L);
    if (length != right) {
      throw input.malformed(
          option - input.position(),
          "option %d of %d bytes".formatted(input.half(option), length),
          "expected %d".formatted(right));
    }
  }

  private String text(int at, int length) {
    return new String(
        input.memory().asSlice(at, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  @Nullable String comment() {
    StringBuilder comment = null;
    int option = options;
    while (option < optionsEnd && input.half(option) != Pcapng.OPT_ENDOFOPT) {
      int length = input.half(option + 2L);
      if (input.half(option) == Pcapng.OPT_COMMENT) {
        comment = comment == null ? new StringBuilder() : comment.append('\n');
        comment.append(text(option + 4, length));
      }
      option += 4 + Pcapng.padded(length);
    }
    return comment == null ? null : comment.toString();
  }

  @Override
  @Nullable String sectionComment() {
    return sectionComment;
  }

  @Override
  List<SavefileInterfaceStatistics> statistics() {
    return List.copyOf(statistics.values());
  }

  @Override
  SavefileFormat format() {
    return SavefileFormat.PCAPNG;
  }
}

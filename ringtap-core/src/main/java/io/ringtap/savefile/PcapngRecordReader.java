package io.ringtap.savefile;

import io.ringtap.packet.LinkType;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import io.ringtap.savefile.block.StampUnit;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The packets of a pcapng file, and the blocks between them. Only what delimits a block or is
/// needed to read packets can be wrong enough to end the reading; a damaged option is passed over.
final class PcapngRecordReader extends RecordReader {
  private static final int MAX_INTERFACES = 65_536;
  private static final int MAX_OPAQUE = 256 << 20; // bytes of a block that is only handed on

  private final List<StampUnit> units = new ArrayList<>(); // parallel to interfaces
  private final TreeMap<Integer, SavefileInterfaceStatistics> statistics = new TreeMap<>();
  private final ArrayDeque<PcapngBlock> head = new ArrayDeque<>(); // read, not yet handed on
  private long headOffset; // of the first of these in the file
  private final PcapngBlock lent = new PcapngBlock();
  private final OptionCursor options = new OptionCursor();
  private PcapngBlock block = lent;
  private int sectionBase; // interfaces of earlier sections
  private SavefileSection section = SavefileSection.NONE;

  /// Reads the first section header and the interfaces that follow it, as far as they are at hand:
  /// a stream may pause after them.
  PcapngRecordReader(SavefileInput input) throws IOException {
    super(input);
    readHead();
    while ((interfaces.isEmpty() ? input.has(Pcapng.BLOCK_BYTES) : hasHeader())
        && input.word(input.position()) == Pcapng.INTERFACE_DESCRIPTION) {
      readHead();
    }
  }

  private boolean hasHeader() {
    return input.available() >= Pcapng.BLOCK_BYTES;
  }

  private void readHead() throws IOException {
    int total = step();
    byte[] copy = lent.toArray();
    head.add(new PcapngBlock().show(MemorySegment.ofArray(copy), 0, total, input.isBigEndian()));
    input.advance(total);
  }

  @Override
  boolean next(boolean packetsOnly) throws IOException {
    if (!head.isEmpty()) {
      block = head.remove();
      isPacket = false;
      recordOffset = headOffset;
      headOffset += block.length();
      if (!packetsOnly) {
        return true;
      }
      head.clear();
    }
    block = lent;
    while (input.has(Pcapng.BLOCK_BYTES)) {
      if (packetsOnly && isOpaque(input.word(input.position()))) {
        passOver();
        continue;
      }
      recordOffset = input.fileOffset();
      int total = step();
      input.advance(total);
      if (isPacket || !packetsOnly) {
        return true;
      }
    }
    if (input.endsHere()) {
      return false;
    }
    throw input.truncated(Pcapng.BLOCK_BYTES);
  }

  private static boolean isOpaque(int type) {
    return switch (type) {
      case Pcapng.SECTION_HEADER,
          Pcapng.INTERFACE_DESCRIPTION,
          Pcapng.INTERFACE_STATISTICS,
          Pcapng.ENHANCED_PACKET,
          Pcapng.PACKET,
          Pcapng.SIMPLE_PACKET ->
          false;
      default -> true;
    };
  }

  /// Reads the block at the beginning of the window.
  ///
  /// @return its bytes that are in the window
  private int step() throws IOException {
    isPacket = false;
    return switch (input.word(input.position())) {
      case Pcapng.SECTION_HEADER -> sectionHeader();
      case Pcapng.INTERFACE_DESCRIPTION -> interfaceDescription();
      case Pcapng.INTERFACE_STATISTICS -> interfaceStatistics();
      case Pcapng.ENHANCED_PACKET -> enhancedPacket();
      case Pcapng.PACKET -> obsoletePacket();
      case Pcapng.SIMPLE_PACKET -> simplePacket();
      default -> opaque();
    };
  }

  private int sectionHeader() throws IOException {
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
    int major = input.half(input.position() + 12L);
    if (major != 1) {
      throw input.malformed(
          12, "pcapng version %d".formatted(major), "only version 1 is supported");
    }
    sectionBase = interfaces.size();
    List<String> comments = new ArrayList<>();
    String hardware = null;
    String os = null;
    String application = null;
    lent.options(options);
    while (options.next()) {
      switch (options.code()) {
        case Pcapng.OPT_COMMENT -> comments.add(options.text());
        case Pcapng.SHB_HARDWARE -> hardware = options.text();
        case Pcapng.SHB_OS -> os = options.text();
        case Pcapng.SHB_USERAPPL -> application = options.text();
        default -> {} // handed on with the block
      }
    }
    section = new SavefileSection(comments, hardware, os, application);
    return total;
  }

  private int interfaceDescription() throws IOException {
    int total = block(Pcapng.INTERFACE_DESCRIPTION_BYTES);
    if (interfaces.size() == MAX_INTERFACES) {
      throw input.malformed(
          0, "one interface more than " + MAX_INTERFACES, "more are not supported");
    }
    int at = input.position();
    String name = null;
    String description = null;
    String filter = null;
    int fcsBits = 0;
    StampUnit unit = StampUnit.MICROS;
    lent.options(options);
    while (options.next()) {
      switch (options.code()) {
        case Pcapng.IF_NAME -> name = options.text();
        case Pcapng.IF_DESCRIPTION -> description = options.text();
        case Pcapng.IF_TSRESOL -> {
          needLength(1); // without it no stamp would be right
          unit = unit.withResolution(options.octet());
        }
        case Pcapng.IF_TSOFFSET -> {
          needLength(8);
          unit = unit.withOffset(options.doubleWord());
        }
        case Pcapng.IF_FILTER -> filter = filter();
        case Pcapng.IF_FCSLEN -> fcsBits = options.length() > 0 ? options.octet() : 0;
        default -> {} // handed on with the block
      }
    }
    long snaplen = Integer.toUnsignedLong(input.word(at + 12L));
    interfaces.add(
        new SavefileInterface(
            name,
            description,
            new LinkType(input.half(at + 8L)),
            (int) Math.min(snaplen, Integer.MAX_VALUE),
            filter,
            fcsBits));
    units.add(unit);
    return total;
  }

  /// A filter expression begins with the byte 0; with another byte it is a program.
  private @Nullable String filter() {
    byte[] value = options.value();
    return value.length > 0 && value[0] == 0
        ? new String(value, 1, value.length - 1, StandardCharsets.UTF_8)
        : null;
  }

  private int interfaceStatistics() throws IOException {
    int total = block(Pcapng.INTERFACE_STATISTICS_BYTES);
    int number = input.word(input.position() + 8L);
    if (!isInterface(number)) {
      return total; // of no use, and no packet needs it
    }
    int id = sectionBase + number;
    long[] values = new long[8]; // by option code
    Arrays.fill(values, SavefileInterfaceStatistics.UNKNOWN);
    lent.options(options);
    while (options.next()) {
      int code = options.code();
      if (code >= Pcapng.ISB_STARTTIME && code <= Pcapng.ISB_OSDROP && options.length() == 8) {
        values[code] =
            code <= Pcapng.ISB_ENDTIME
                ? units.get(id).epochNanos(options.stamp())
                : options.doubleWord();
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
    return total;
  }

  private int enhancedPacket() throws IOException {
    int total = block(Pcapng.ENHANCED_PACKET_BYTES);
    stampedPacket(total, input.word(input.position() + 8L));
    return total;
  }

  private int obsoletePacket() throws IOException {
    int total = block(Pcapng.ENHANCED_PACKET_BYTES);
    stampedPacket(total, input.half(input.position() + 8L)); // drops stand in the other half
    return total;
  }

  private void stampedPacket(int total, int id) throws IOException {
    int at = input.position();
    interfaceId = interfaceId(id);
    epochNanos = units.get(interfaceId).epochNanos(stampUnits(at + 12L));
    captured(input.word(at + 20L), total - Pcapng.ENHANCED_PACKET_BYTES, 20);
    origlen = input.word(at + 24L);
    offset = at + 28L;
    flags = PacketFlags.NONE;
    lent.options(options);
    while (options.next()) {
      if (options.is(Pcapng.EPB_FLAGS, 4)) {
        flags = options.word();
      }
    }
    isPacket = true;
  }

  private int simplePacket() throws IOException {
    int total = block(Pcapng.SIMPLE_PACKET_BYTES);
    int at = input.position();
    interfaceId = interfaceId(0);
    origlen = input.word(at + 8L);
    long most = Integer.toUnsignedLong(interfaces.get(interfaceId).snaplen());
    long length = Integer.toUnsignedLong(origlen);
    // The block does not say how much was captured: the least of what it may be.
    caplen =
        (int)
            Math.min(
                total - Pcapng.SIMPLE_PACKET_BYTES, most == 0 ? length : Math.min(length, most));
    epochNanos = 0; // such a block has no stamp
    offset = at + 12L;
    flags = PacketFlags.NONE;
    isPacket = true;
    return total;
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

  private boolean isInterface(int number) {
    return number >= 0 && number < interfaces.size() - sectionBase;
  }

  private int interfaceId(int number) throws MalformedSavefile {
    if (!isInterface(number)) {
      int count = interfaces.size() - sectionBase;
      throw input.malformed(
          8,
          "interface %d".formatted(Integer.toUnsignedLong(number)),
          count == 0
              ? "no interface has been described before it"
              : "expected 0 to %d".formatted(count - 1));
    }
    return sectionBase + number;
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
    return block(least, MAX_RECORD);
  }

  private int block(int least, int most) throws IOException {
    int total = input.word(input.position() + 4L);
    if ((total & 3) != 0 || total < least || total > most) {
      throw input.malformed(
          4,
          "a block of %d bytes".formatted(Integer.toUnsignedLong(total)),
          "expected a multiple of 4 from %d to %d".formatted(least, most));
    }
    if (!input.has(total)) {
      throw input.truncated(total);
    }
    int again = input.word(input.position() + total - 4L);
    if (again != total) {
      throw unequal(total - 4L, total, again);
    }
    lent.show(input.memory(), input.position(), total, input.isBigEndian());
    return total;
  }

  /// Reads a block of another kind to hand it on, if it is not huge.
  private int opaque() throws IOException {
    long total = Integer.toUnsignedLong(input.word(input.position() + 4L));
    if (total <= MAX_OPAQUE) {
      requireOpaque(total);
      return block(Pcapng.BLOCK_BYTES, MAX_OPAQUE);
    }
    int type = input.word(input.position());
    passOver();
    lent.showAbsent(type, total, input.isBigEndian());
    return 0;
  }

  private void requireOpaque(long total) throws MalformedSavefile {
    if ((total & 3) != 0 || total < Pcapng.BLOCK_BYTES) {
      throw input.malformed(
          4,
          "a block of %d bytes".formatted(total),
          "expected a multiple of 4 from %d on".formatted(Pcapng.BLOCK_BYTES));
    }
  }

  /// Skips a block of another kind. It may have any length, so it need not fit into the window.
  private void passOver() throws IOException {
    long total = Integer.toUnsignedLong(input.word(input.position() + 4L));
    requireOpaque(total);
    long start = input.fileOffset();
    long had = input.skip(total - 4);
    if (had < total - 4 || !input.has(4)) {
      throw input.truncated(start, total, had + input.available());
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

  private void needLength(int right) throws MalformedSavefile {
    if (options.length() != right) {
      throw input.malformed(
          options.offset() - input.position(),
          "option %d of %d bytes".formatted(options.code(), options.length()),
          "expected %d".formatted(right));
    }
  }

  @Override
  boolean isNextAtHand() {
    if (!head.isEmpty()) {
      return true;
    }
    return hasHeader()
        && Integer.compareUnsigned(input.word(input.position() + 4L), input.available()) <= 0;
  }

  @Override
  PcapngBlock block() {
    return block;
  }

  /// The unit of the stamps of an interface.
  StampUnit unit(int interfaceId) {
    return units.get(interfaceId);
  }

  /// How many interfaces earlier sections have.
  int sectionBase() {
    return sectionBase;
  }

  @Override
  List<String> comments() {
    List<String> comments = List.of();
    block.options(options);
    while (isPacket && options.next()) {
      if (options.code() == Pcapng.OPT_COMMENT) {
        comments = comments.isEmpty() ? new ArrayList<>() : comments;
        comments.add(options.text());
      }
    }
    return comments;
  }

  @Override
  SavefileSection section() {
    return section;
  }

  @Override
  List<SavefileInterfaceStatistics> statistics() {
    return List.copyOf(statistics.values());
  }

  @Override
  long recordBytes() {
    return block.length();
  }

  @Override
  SavefileFormat format() {
    return SavefileFormat.PCAPNG;
  }
}

package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.packet.Frame;
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
import org.jspecify.annotations.Nullable;

/// Copies to pcapng. The sections of pcapng files are kept as they are, block for block, in their
/// byte order, so that also what is not known here keeps its meaning. A pcap file becomes a
/// section.
///
/// Each file of a rotation begins with the section's header and with what its packets need: the
/// interfaces, names and secrets that have come so far.
final class PcapngTarget extends CopyTarget {
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int SECTION_LENGTH = 16; // where it stands in a section header

  private final boolean isRotated;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(); // of each file
  private final ByteArrayOutputStream once = new ByteArrayOutputStream(); // until there is a file
  private final List<StampUnit> units = new ArrayList<>(); // of the section's interfaces
  private boolean isBigEndian;
  private @Nullable SavefileReader source; // of the section
  private @Nullable SavefileEncoder encoder; // for the packets of a pcap file

  PcapngTarget(SavefileOptions options) {
    super(options);
    isRotated = !options.rotation().isNone();
  }

  @Override
  void write(SavefileReader from) throws IOException {
    if (from.format() != SavefileFormat.PCAPNG) {
      append(encoder(from), from, from.flags());
      return;
    }
    PcapngBlock block = from.block();
    if (from.isPacket()) {
      requireSectionOf(from);
      append(block.memory(), block.offset(), block.length());
    } else if (block.isPresent()) {
      writeOther(from, block.type(), block.toArray());
    } else {
      losses.add("a block of type %d with %d bytes".formatted(block.type(), block.length()));
    }
  }

  @Override
  void write(SavefileReader from, Frame packet, List<String> comments) throws IOException {
    byte[] block;
    if (from.format() == SavefileFormat.PCAPNG) {
      requireSectionOf(from);
      block = ChangedPacket.of(from, packet, comments);
    } else if (comments.isEmpty()) {
      append(encoder(from), packet, from.flags());
      return;
    } else {
      SavefileEncoder _ = encoder(from);
      block = PcapngBlocks.packet(packet, from.flags(), comments);
    }
    append(MemorySegment.ofArray(block), 0, block.length);
  }

  @Override
  void write(SavefileReader from, byte[] block) throws IOException {
    PcapngBlock view =
        new PcapngBlock().show(MemorySegment.ofArray(block), 0, block.length, isBigEndian);
    writeOther(from, view.type(), block);
  }

  private void requireSectionOf(SavefileReader from) {
    if (source != from) {
      throw new IllegalStateException(
          "the blocks before the first packet of %s were not copied".formatted(from.name()));
    }
  }

  /// Writes a block that is not a packet, in its place between the packets.
  private void writeOther(SavefileReader from, int type, byte[] block) throws IOException {
    flush();
    switch (type) {
      case Pcapng.SECTION_HEADER -> {
        boolean isSwapped = MemorySegment.ofArray(block).get(INT, 8) != Pcapng.BYTE_ORDER_MAGIC;
        MemorySegment.ofArray(block).asSlice(SECTION_LENGTH, 8).fill((byte) -1); // not known
        beginSection(from, isSwapped);
        writeHead(block);
      }
      case Pcapng.INTERFACE_DESCRIPTION -> {
        units.add(from.unit(from.sectionBase() + units.size()));
        writeHead(block);
      }
      case Pcapng.NAME_RESOLUTION, Pcapng.DECRYPTION_SECRETS -> writeHead(block);
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

  private void beginSection(SavefileReader from, boolean isSwapped) {
    source = from;
    isBigEndian = isSwapped;
    encoder = null;
    units.clear();
    head.reset();
  }

  private void writeHead(byte[] block) throws IOException {
    if (isRotated) {
      head.writeBytes(block);
    }
    if (files().isOpen()) {
      files().writeBytes(block);
    }
  }

  /// The encoder for packets of a pcap file, whose section begins now if it has not begun.
  private SavefileEncoder encoder(SavefileReader from) throws IOException {
    SavefileEncoder present = encoder;
    if (present == null || source != from) {
      present = SavefileEncoder.of(SavefileFormat.PCAPNG, from.interfaces());
      beginSection(from, present);
    }
    return present;
  }

  private void beginSection(@Nullable SavefileReader from, SavefileEncoder encoding)
      throws IOException {
    flush();
    source = from;
    isBigEndian = false;
    encoder = encoding;
    units.clear();
    encoding.interfaces().forEach(_ -> units.add(StampUnit.NANOS));
    head.reset();
    writeHead(encoding.header(options.section()));
  }

  @Override
  void complete() throws IOException {
    if (source == null) {
      List<SavefileInterface> any =
          options.interfaces().isEmpty() ? List.of(firstInterface()) : options.interfaces();
      beginSection(null, SavefileEncoder.of(SavefileFormat.PCAPNG, any));
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

  private int word(MemorySegment records, long at) {
    int word = records.get(INT, at);
    return isBigEndian ? Integer.reverseBytes(word) : word;
  }

  private int half(MemorySegment records, long at) {
    short half = records.get(SHORT, at);
    return Short.toUnsignedInt(isBigEndian ? Short.reverseBytes(half) : half);
  }
}

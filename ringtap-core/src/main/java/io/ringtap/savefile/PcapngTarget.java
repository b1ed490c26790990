package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import io.ringtap.savefile.block.StampUnit;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies to pcapng. The sections of pcapng files are kept as they are, block for block, in their
/// byte order, so that also what is not known here keeps its meaning. A pcap file becomes a
/// section.
final class PcapngTarget extends BlockTarget {
  private static final int BYTE_ORDER_MAGIC = 8; // where it stands in a section header
  private static final int SECTION_LENGTH = 16;

  private @Nullable SavefileReader source; // of the section
  private @Nullable SavefileEncoder encoder; // for the packets of a pcap file

  PcapngTarget(SavefileOptions options) {
    super(options);
  }

  @Override
  void write(SavefileReader from) throws IOException {
    if (from.format() != SavefileFormat.PCAPNG) {
      append(encoder(from), from, from.flags());
      return;
    }
    PcapngBlock block = notCopied.without(from.block());
    if (notCopied.isLeftOut(block.type())) {
      return;
    }
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
  void begin(SavefileReader from) throws IOException {
    if (from.format() != SavefileFormat.PCAPNG) {
      SavefileEncoder _ = encoder(from);
    }
  }

  @Override
  void write(SavefileReader from, Frame packet, List<String> comments) throws IOException {
    byte[] block;
    if (from.format() == SavefileFormat.PCAPNG) {
      requireSectionOf(from);
      block = changed(from, packet, comments);
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
    boolean inBigEndian = false;
    if (from.format() == SavefileFormat.PCAPNG) {
      inBigEndian = from.block().isBigEndian(); // the section that begins with the block, perhaps
    } else {
      SavefileEncoder _ = encoder(from); // whose section the block is to be in
    }
    PcapngBlock view =
        notCopied.without(
            new PcapngBlock().show(MemorySegment.ofArray(block), 0, block.length, inBigEndian));
    if (!notCopied.isLeftOut(view.type())) {
      writeOther(from, view.type(), view.toArray());
    }
  }

  private void requireSectionOf(SavefileReader from) {
    if (source != from) {
      throw new IllegalStateException(
          "the blocks before the first packet of %s were not copied".formatted(from.name()));
    }
  }

  private void writeOther(SavefileReader from, int type, byte[] block) throws IOException {
    flush();
    if (type == Pcapng.SECTION_HEADER) {
      MemorySegment header = MemorySegment.ofArray(block);
      header.asSlice(SECTION_LENGTH, 8).fill((byte) -1); // not known
      source = from;
      encoder = null;
      beginSection(header.get(INT, BYTE_ORDER_MAGIC) != Pcapng.BYTE_ORDER_MAGIC);
    } else if (type == Pcapng.INTERFACE_DESCRIPTION) {
      addInterface(from.unit(from.sectionBase() + interfaceCount()));
    }
    writeOther(type, block);
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
    encoder = encoding;
    beginSection(false);
    encoding.interfaces().forEach(_ -> addInterface(StampUnit.NANOS));
    writeOther(Pcapng.SECTION_HEADER, encoding.header(options.section()));
  }

  @Override
  void complete() throws IOException {
    if (source == null) {
      List<SavefileInterface> any =
          options.interfaces().isEmpty() ? List.of(firstInterface()) : options.interfaces();
      beginSection(null, SavefileEncoder.of(SavefileFormat.PCAPNG, any));
    }
  }
}

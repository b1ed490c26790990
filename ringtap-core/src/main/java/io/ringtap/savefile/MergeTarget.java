package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.block.ByteOrderConversion;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import io.ringtap.savefile.block.StampUnit;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// Copies to one little-endian section of pcapng, whatever the sections of the readers. Each
/// reader's interfaces get numbers of their own.
final class MergeTarget extends BlockTarget {
  private static final int INTERFACE = 8; // where its number stands in packets and statistics

  /// The numbers of each reader's interfaces, by its own.
  private final IdentityHashMap<SavefileReader, List<Integer>> numbers = new IdentityHashMap<>();

  private boolean hasBegun;

  MergeTarget(SavefileOptions options) {
    super(options);
  }

  @Override
  void write(SavefileReader from) throws IOException {
    if (from.format() != SavefileFormat.PCAPNG) {
      write(from, from, List.of());
    } else if (!from.isPacket()) {
      write(from, from.block());
    } else if (from.block().type() == Pcapng.ENHANCED_PACKET) {
      append(from, notCopied.without(from.block()));
    } else {
      write(from, from, from.comments()); // forms of packets that cannot have any number
    }
  }

  @Override
  void write(SavefileReader from, Frame packet, List<String> comments) throws IOException {
    byte[] block =
        from.format() == SavefileFormat.PCAPNG
            ? changed(from, packet, comments)
            : PcapngBlocks.packet(packet, from.flags(), comments);
    boolean isBigEndian = from.format() == SavefileFormat.PCAPNG && from.block().isBigEndian();
    append(
        from, new PcapngBlock().show(MemorySegment.ofArray(block), 0, block.length, isBigEndian));
  }

  @Override
  void write(SavefileReader from, byte[] block) throws IOException {
    write(
        from,
        new PcapngBlock()
            .show(
                MemorySegment.ofArray(block),
                0,
                block.length,
                from.format() == SavefileFormat.PCAPNG && from.block().isBigEndian()));
  }

  private void append(SavefileReader from, PcapngBlock packet) throws IOException {
    List<Integer> known = numbersOf(from);
    if (from.interfaceId() >= known.size()) {
      throw new IllegalStateException(
          "the blocks before the first packet of %s were not copied".formatted(from.name()));
    }
    MemorySegment block =
        MemorySegment.ofArray(
            Objects.requireNonNull(ByteOrderConversion.toLittleEndian(packet), "a known type"));
    block.set(INT, INTERFACE, known.get(from.interfaceId()));
    append(block, 0, block.byteSize());
  }

  private void write(SavefileReader from, PcapngBlock whole) throws IOException {
    begin();
    if (whole.type() == Pcapng.SECTION_HEADER || notCopied.isLeftOut(whole.type())) {
      return;
    }
    PcapngBlock block = notCopied.without(whole);
    byte[] bytes = block.isPresent() ? ByteOrderConversion.toLittleEndian(block) : null;
    if (bytes == null) {
      losses.add(
          "a block of type %s with %d bytes"
              .formatted(Integer.toUnsignedString(block.type()), block.length()));
      return;
    }
    if (block.type() == Pcapng.INTERFACE_DESCRIPTION) {
      List<Integer> known = numbers.computeIfAbsent(from, _ -> new ArrayList<>());
      addInterface(known, from.unit(known.size()));
    } else if (block.type() == Pcapng.INTERFACE_STATISTICS) {
      int id = from.sectionBase() + block.word(INTERFACE);
      List<Integer> known = numbersOf(from);
      if (block.word(INTERFACE) < 0 || id >= known.size()) {
        return; // of an interface that was not described
      }
      MemorySegment.ofArray(bytes).set(INT, INTERFACE, known.get(id));
    }
    writeOther(block.type(), bytes);
  }

  private void addInterface(List<Integer> known, StampUnit unit) {
    known.add(interfaceCount());
    addInterface(unit);
  }

  /// The numbers of a reader's interfaces. Those of a pcap file are added now.
  private List<Integer> numbersOf(SavefileReader from) throws IOException {
    List<Integer> known = numbers.get(from);
    if (known == null) {
      known = new ArrayList<>();
      numbers.put(from, known);
      if (from.format() != SavefileFormat.PCAPNG) {
        begin();
        for (SavefileInterface each : from.interfaces()) {
          addInterface(known, StampUnit.NANOS);
          writeOther(Pcapng.INTERFACE_DESCRIPTION, PcapngBlocks.description(each));
        }
      }
    }
    return known;
  }

  private void begin() throws IOException {
    if (!hasBegun) {
      hasBegun = true;
      beginSection(false);
      writeOther(Pcapng.SECTION_HEADER, PcapngBlocks.sectionHeader(options.section()));
    }
  }

  @Override
  void complete() throws IOException {
    begin();
    if (interfaceCount() == 0) {
      writeOther(Pcapng.INTERFACE_DESCRIPTION, PcapngBlocks.description(firstInterface()));
    }
  }
}

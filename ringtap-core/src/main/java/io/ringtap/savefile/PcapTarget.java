package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies to pcap, which has room for packets of one link type, their stamps and their lengths, and
/// remembers what else there was.
final class PcapTarget extends CopyTarget {
  private static final int NANOS_PER_MICRO = 1000;
  private static final String PACKET_COMMENTS = "packet comments";

  private final OptionCursor cursor = new OptionCursor();
  private @Nullable SavefileEncoder encoder;

  PcapTarget(SavefileOptions options) {
    super(options);
  }

  @Override
  void write(SavefileReader from) throws IOException {
    if (!from.isPacket()) {
      miss(from.block());
      return;
    }
    put(from, from);
    if (from.format() == SavefileFormat.PCAPNG) {
      from.block().options(cursor);
      while (cursor.next()) {
        if (cursor.code() == Pcapng.OPT_COMMENT) {
          losses.add(PACKET_COMMENTS);
        }
      }
    }
  }

  @Override
  void write(SavefileReader from, Frame packet, List<String> comments) throws IOException {
    put(from, packet);
    if (!comments.isEmpty()) {
      losses.add(PACKET_COMMENTS);
    }
  }

  @Override
  void begin(SavefileReader from) throws IOException {
    if (encoder == null && from.format() != SavefileFormat.PCAPNG) {
      SavefileEncoder _ = begin(from.interfaceOf(0));
    }
  }

  private void put(SavefileReader from, Frame packet) throws IOException {
    SavefileEncoder present = encoder;
    if (present == null) {
      present = begin(from.interfaceOf(from.interfaceId()));
    }
    LinkType right = present.interfaces().getFirst().linkType();
    if (!right.equals(packet.linkType())) {
      throw new IOException(
          "%s: a packet of link type %s; the pcap file holds %s, and no other: write pcapng"
              .formatted(from.name(), packet.linkType(), right));
    }
    if (from.format() == SavefileFormat.PCAPNG) {
      missOptions(from.block());
    } else if (from.flags() != PacketFlags.NONE) {
      losses.add("directions");
    }
    boolean isCut =
        options.format() == SavefileFormat.PCAP_MICROS
            && packet.epochNanos() % NANOS_PER_MICRO != 0;
    if (isCut) {
      losses.add("nanoseconds of stamps");
    }
    append(present, packet, PacketFlags.NONE);
  }

  @Override
  void write(SavefileReader from, byte[] block) {
    miss(
        new PcapngBlock()
            .show(MemorySegment.ofArray(block), 0, block.length, from.block().isBigEndian()));
  }

  private SavefileEncoder begin(SavefileInterface first) throws IOException {
    List<SavefileInterface> same =
        options.interfaces().stream()
            .filter(each -> each.linkType().equals(first.linkType()))
            .toList();
    SavefileEncoder begun =
        SavefileEncoder.of(options.format(), same.isEmpty() ? List.of(first) : same);
    encoder = begun;
    if (files().isOpen()) {
      files().writeBytes(header());
    }
    return begun;
  }

  @Override
  void complete() throws IOException {
    if (encoder == null) {
      SavefileEncoder _ = begin(firstInterface());
    }
  }

  private void missOptions(PcapngBlock packet) {
    packet.options(cursor);
    while (cursor.next()) {
      switch (cursor.code()) {
        case Pcapng.OPT_COMMENT -> {} // the caller's
        case Pcapng.EPB_FLAGS -> losses.add("directions and other packet flags");
        case Pcapng.EPB_DROPCOUNT -> losses.add("drop counts of packets");
        default -> losses.add("other packet options");
      }
    }
  }

  private void miss(PcapngBlock block) {
    switch (block.type()) {
      case Pcapng.SECTION_HEADER -> missOf(block, "what the file says of its making");
      case Pcapng.INTERFACE_DESCRIPTION -> missOf(block, "what the file says of its interfaces");
      case Pcapng.INTERFACE_STATISTICS -> losses.add("interface statistics");
      case Pcapng.NAME_RESOLUTION -> losses.add("name resolution");
      case Pcapng.DECRYPTION_SECRETS -> losses.add("decryption secrets");
      case Pcapng.SYSTEMD_JOURNAL_EXPORT -> losses.add("journal entries");
      case Pcapng.CUSTOM, Pcapng.CUSTOM_NOT_COPIED -> losses.add("custom blocks");
      case Pcapng.FILLER -> {} // means nothing
      default -> losses.add("blocks of type " + Integer.toUnsignedString(block.type()));
    }
  }

  private void missOf(PcapngBlock block, String what) {
    block.options(cursor);
    while (cursor.next()) {
      boolean isKept =
          block.type() == Pcapng.INTERFACE_DESCRIPTION
              && (cursor.code() == Pcapng.IF_TSRESOL || cursor.code() == Pcapng.IF_FCSLEN);
      if (!isKept) {
        losses.add(cursor.code() == Pcapng.OPT_COMMENT ? "comments" : what);
      }
    }
  }

  @Override
  public byte[] header() {
    return encoder == null ? new byte[0] : encoder.header(SavefileSection.NONE);
  }

  @Override
  public int recordLength(MemorySegment records, long at) {
    return encoder == null ? 0 : encoder.recordLength(records, at);
  }

  @Override
  public long recordNanos(MemorySegment records, long at) {
    return encoder == null ? 0 : encoder.recordNanos(records, at);
  }
}

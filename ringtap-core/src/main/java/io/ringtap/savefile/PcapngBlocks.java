package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.block.BlockBuilder;
import io.ringtap.savefile.block.Pcapng;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The blocks of a file other than plain packets.
final class PcapngBlocks {
  private static final byte NANOS = 9; // if_tsresol: ten to the power of minus nine

  /// Statistics of the largest possible size.
  static final List<SavefileInterfaceStatistics> FULL_STATISTICS =
      List.of(new SavefileInterfaceStatistics(0, 0, 0, 0, 0, 0, 0));

  private PcapngBlocks() {}

  /// A pcap file's header.
  static byte[] pcapHeader(boolean nanos, List<SavefileInterface> interfaces) {
    int snaplen = 0;
    for (SavefileInterface each : interfaces) {
      snaplen = Math.max(snaplen, each.snaplen() == 0 ? Frame.MAX_SNAPLEN : each.snaplen());
    }
    return ByteBuffer.allocate(PcapRecordReader.HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(nanos ? PcapRecordReader.MAGIC_NANOS : PcapRecordReader.MAGIC_MICROS)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0) // reserved
        .putInt(snaplen)
        .putInt(linkType(interfaces.getFirst()))
        .array();
  }

  /// The word of a pcap file with the link type and the length of frame check sequences.
  private static int linkType(SavefileInterface source) {
    int units = source.fcsBits() / PcapRecordReader.FCS_UNIT_BITS;
    return units == 0
        ? source.linkType().number()
        : source.linkType().number()
            | PcapRecordReader.FCS_FLAG
            | units << PcapRecordReader.FCS_SHIFT;
  }

  /// A section header and its interfaces.
  static byte[] header(List<SavefileInterface> interfaces, SavefileSection section) {
    ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    blocks.writeBytes(sectionHeader(section));
    interfaces.forEach(each -> blocks.writeBytes(description(each)));
    return blocks.toByteArray();
  }

  static byte[] sectionHeader(SavefileSection section) {
    BlockBuilder block =
        new BlockBuilder()
            .begin(Pcapng.SECTION_HEADER)
            .word(Pcapng.BYTE_ORDER_MAGIC)
            .half(1)
            .half(0)
            .doubleWord(-1); // the section's length is not known yet
    section.comments().forEach(each -> block.option(Pcapng.OPT_COMMENT, each));
    return block
        .option(Pcapng.SHB_HARDWARE, section.hardware())
        .option(Pcapng.SHB_OS, section.os())
        .option(Pcapng.SHB_USERAPPL, section.application())
        .end(Pcapng.SECTION_HEADER_BYTES)
        .toArray();
  }

  /// The description of an interface whose stamps are written in nanoseconds.
  static byte[] description(SavefileInterface source) {
    BlockBuilder block =
        new BlockBuilder()
            .begin(Pcapng.INTERFACE_DESCRIPTION)
            .half(source.linkType().number())
            .half(0)
            .word(source.snaplen())
            .option(Pcapng.IF_NAME, source.name())
            .option(Pcapng.IF_DESCRIPTION, source.description())
            .option(Pcapng.IF_TSRESOL, new byte[] {NANOS})
            .option(Pcapng.IF_FILTER, source.filter() == null ? null : "\0" + source.filter());
    if (source.fcsBits() > 0) {
      block.option(Pcapng.IF_FCSLEN, new byte[] {(byte) source.fcsBits()});
    }
    return block.end(Pcapng.INTERFACE_DESCRIPTION_BYTES).toArray();
  }

  static byte[] statistics(List<SavefileInterfaceStatistics> statistics) {
    BlockBuilder blocks = new BlockBuilder();
    for (SavefileInterfaceStatistics each : statistics) {
      long stamp = Math.max(each.endNanos(), 0);
      blocks.begin(Pcapng.INTERFACE_STATISTICS).word(each.interfaceId());
      stamp(blocks, stamp);
      if (each.startNanos() != SavefileInterfaceStatistics.UNKNOWN) {
        stamp(blocks.half(Pcapng.ISB_STARTTIME).half(8), each.startNanos());
      }
      if (each.endNanos() != SavefileInterfaceStatistics.UNKNOWN) {
        stamp(blocks.half(Pcapng.ISB_ENDTIME).half(8), each.endNanos());
      }
      count(blocks, Pcapng.ISB_IFRECV, each.received());
      count(blocks, Pcapng.ISB_IFDROP, each.droppedByInterface());
      count(blocks, Pcapng.ISB_FILTERACCEPT, each.acceptedByFilter());
      count(blocks, Pcapng.ISB_OSDROP, each.droppedBySystem());
      blocks.end(Pcapng.INTERFACE_STATISTICS_BYTES);
    }
    return blocks.toArray();
  }

  /// A packet's record with comments.
  static byte[] packet(Frame frame, int flags, List<String> comments) {
    BlockBuilder block = new BlockBuilder();
    block.begin(Pcapng.ENHANCED_PACKET).word(frame.interfaceId());
    stamp(block, Math.max(frame.epochNanos(), 0));
    block.word(frame.caplen()).word(frame.origlen()).bytes(frame.toArray());
    comments.forEach(each -> block.option(Pcapng.OPT_COMMENT, each));
    if (flags != PacketFlags.NONE) {
      block.half(Pcapng.EPB_FLAGS).half(4).word(flags);
    }
    return block.end(Pcapng.ENHANCED_PACKET_BYTES + Pcapng.padded(frame.caplen())).toArray();
  }

  private static void count(BlockBuilder block, int code, long count) {
    if (count != SavefileInterfaceStatistics.UNKNOWN) {
      block.half(code).half(8).doubleWord(count);
    }
  }

  /// The more significant word of a stamp comes first, in either byte order.
  private static void stamp(BlockBuilder block, long stamp) {
    block.word((int) (stamp >>> 32)).word((int) stamp);
  }
}

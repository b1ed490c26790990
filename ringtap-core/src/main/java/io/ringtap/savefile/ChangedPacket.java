package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.block.BlockBuilder;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import java.util.List;

/// A packet's block of a pcapng file with other bytes, another stamp or other comments. Everything
/// else stays: its interface and all its other options.
final class ChangedPacket {
  private static final int UNKNOWN_DROPS = 0xFFFF;

  private ChangedPacket() {}

  /// The block, in the byte order of the reader's section.
  ///
  /// @param old the reader's block, or what of it may be copied
  static byte[] of(SavefileReader from, PcapngBlock old, Frame packet, List<String> comments) {
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
}

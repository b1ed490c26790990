package io.ringtap.record;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.socket.RingFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Passes packets to a recorder's handler like a capture thread, and reads the recorded files.
final class RecordedPackets {
  private static final int FRAME = 80;

  private final MemorySegment memory = MemorySegment.ofArray(new long[4096]);
  private final RingFrame[] packets = {
    new RingFrame(LinkType.ETHERNET, 0), new RingFrame(LinkType.ETHERNET, 1)
  };

  /// A packet in a file. Its first bytes hold its number.
  record Recorded(
      long number, long epochNanos, int interfaceId, int caplen, int origlen, int flags) {}

  /// Shows a packet with the number `number`.
  void show(PacketHandler handler, long number, long epochNanos, int source, int caplen) {
    show(handler, number, epochNanos, source, caplen, IfPacket.PACKET_HOST);
  }

  void show(
      PacketHandler handler, long number, long epochNanos, int source, int caplen, int pkttype) {
    Tpacket3Hdr.write(memory, 0, epochNanos, caplen, caplen + 1000, 0, FRAME, 0, 0);
    SockaddrLl.write(memory, Tpacket3Hdr.SOCKADDR_OFFSET, 0, 7, 1, pkttype);
    memory.asSlice(FRAME, caplen).fill((byte) 0x5A);
    memory.set(JAVA_LONG_UNALIGNED, FRAME, number);
    packets[source].show(memory, 0);
    handler.onPacket(packets[source]);
  }

  /// Shows the last packet of the first interface once more.
  void showAgain(PacketHandler handler) {
    handler.onPacket(packets[0]);
  }

  static List<Recorded> read(byte[] file) throws IOException {
    List<Recorded> records = new ArrayList<>();
    try (SavefileReader reader = SavefileReader.of(new ByteArrayInputStream(file), "recorded")) {
      while (reader.next()) {
        records.add(
            new Recorded(
                reader.memory().get(JAVA_LONG_UNALIGNED, reader.offset()),
                reader.epochNanos(),
                reader.interfaceId(),
                reader.caplen(),
                reader.origlen(),
                reader.flags()));
        MemorySegment rest = reader.memory().asSlice(reader.offset() + 8, reader.caplen() - 8);
        for (byte octet : rest.toArray(JAVA_BYTE)) {
          if (octet != 0x5A) {
            throw new AssertionError("a packet is not what was shown");
          }
        }
      }
    }
    return records;
  }
}

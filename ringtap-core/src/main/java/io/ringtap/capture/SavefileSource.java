package io.ringtap.capture;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Shows the packets of a savefile as a capture would. One thread reads; any may stop it.
///
/// Which way a packet went is told where the file tells it: in the flags of pcapng, or in the
/// pseudo-header of a cooked link type. A stamp outside the years 1970 to 2106 is shown as the
/// nearest inside.
public final class SavefileSource implements AutoCloseable {
  private static final OfShort U16 = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt U32 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int ROOM = 96; // for the headers before a frame: 68 octets, and alignment
  private static final int SLL_BYTES = 16;
  private static final int SLL2_BYTES = 20;
  private static final int UNKNOWN = -1; // no packet type of the kernel
  private static final long MAX_NANOS = ((1L << 32) * 1_000_000_000L) - 1;
  private static final int TELL_PACKETS = 1024;

  private final SavefileReader reader;
  private final Arena arena = Arena.ofShared();
  private final List<Packet> packets = new ArrayList<>(); // one for each interface
  private MemorySegment memory = arena.allocate(1 << 16, Long.BYTES);
  private volatile boolean isStopped;

  /// Shows the packets of `reader`, which it closes with itself.
  public SavefileSource(SavefileReader reader) {
    this.reader = reader;
  }

  /// The interfaces that the file has told of so far, as [Packet#interfaceId] counts them.
  public List<SavefileInterface> interfaces() {
    return reader.interfaces();
  }

  /// Shows all packets from here to the end of the file, or until [#stop].
  ///
  /// @return packets shown
  /// @throws IOException (a MalformedSavefile) where the file is damaged or ends too early, after
  ///   all whole packets have been shown
  public long run(PacketHandler handler) throws IOException {
    long shown = 0;
    try {
      while (!isStopped && reader.next()) {
        handler.onPacket(packet());
        if (++shown % TELL_PACKETS == 0) {
          handler.onDrained(Long.MIN_VALUE); // a file need not be in order
        }
      }
    } finally {
      handler.onDrained(Long.MAX_VALUE);
    }
    return shown;
  }

  /// Lets [#run] return after the packet that it is showing. Any thread; also a handler.
  public void stop() {
    isStopped = true;
  }

  private Packet packet() {
    int id = reader.interfaceId();
    while (packets.size() <= id) {
      LinkType linkType = reader.interfaceOf(packets.size()).linkType();
      packets.add(new Packet(linkType, packets.size()));
    }
    int caplen = reader.caplen();
    if (caplen > memory.byteSize() - ROOM) {
      memory = arena.allocate(Math.max(2 * memory.byteSize(), caplen + (long) ROOM), Long.BYTES);
    }
    MemorySegment.copy(reader.memory(), reader.offset(), memory, ROOM, caplen);
    long stamp = Math.clamp(reader.epochNanos(), 0, MAX_NANOS);
    Tpacket3Hdr.write(memory, 0, stamp, caplen, reader.origlen(), 0, ROOM, 0, 0);
    Packet packet = packets.get(id);
    link(packet.linkType(), caplen);
    packet.show(memory, 0);
    return packet;
  }

  /// Writes what the kernel would tell beside the packet, as far as the file tells it.
  private void link(LinkType linkType, int caplen) {
    int protocol = 0;
    int ifindex = 0;
    int hatype = 0;
    int pkttype = pkttype(reader.flags());
    if (linkType.number() == LinkType.LINUX_SLL2.number() && caplen >= SLL2_BYTES) {
      protocol = Short.toUnsignedInt(memory.get(U16, ROOM));
      ifindex = memory.get(U32, ROOM + 4);
      hatype = Short.toUnsignedInt(memory.get(U16, ROOM + 8));
      pkttype = memory.get(U16, ROOM + 10) >> 8;
    } else if (linkType.number() == LinkType.LINUX_SLL.number() && caplen >= SLL_BYTES) {
      pkttype = memory.get(U16, ROOM);
      hatype = Short.toUnsignedInt(memory.get(U16, ROOM + 2));
      protocol = Short.toUnsignedInt(memory.get(U16, ROOM + 14));
    }
    SockaddrLl.write(memory, Tpacket3Hdr.SOCKADDR_OFFSET, protocol, ifindex, hatype, pkttype);
  }

  private static int pkttype(int flags) {
    return switch (flags & PacketFlags.DIRECTION) {
      case PacketFlags.OUTBOUND -> IfPacket.PACKET_OUTGOING;
      case PacketFlags.INBOUND ->
          switch (flags & PacketFlags.RECEPTION) {
            case PacketFlags.MULTICAST -> IfPacket.PACKET_MULTICAST;
            case PacketFlags.BROADCAST -> IfPacket.PACKET_BROADCAST;
            case PacketFlags.PROMISCUOUS -> IfPacket.PACKET_OTHERHOST;
            default -> IfPacket.PACKET_HOST;
          };
      default -> UNKNOWN;
    };
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
      reader.close();
    }
  }
}

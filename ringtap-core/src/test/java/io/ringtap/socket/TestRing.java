package io.ringtap.socket;

import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_USER;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.linux.abi.packet.TpacketBlockDesc;
import io.ringtap.packet.PacketHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/// A TPACKET_V3 ring of a cooked socket in plain memory, of which a test fills the blocks as the
/// kernel would (`prb_open_block`, `tpacket_rcv` and `prb_close_block` in net/packet/af_packet.c).
public final class TestRing {
  /// One packet, from its network header on.
  public record Packet(
      int protocol, int packetType, int status, long epochNanos, MemorySegment bytes) {}

  private static final int ALIGNMENT = 8; // of TPACKET3_HDRLEN and of packets in a block
  private static final int HEADERS = Tpacket3Hdr.SOCKADDR_OFFSET + SockaddrLl.BYTES;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final MemorySegment memory;
  private final long blockSize;
  private final PacketRing ring;

  /// A ring whose last byte is the last of its memory.
  public TestRing(int blockCount, long blockSize) {
    this.blockSize = blockSize;
    memory = Arena.ofAuto().allocate(blockCount * blockSize, ALIGNMENT);
    ring = new PacketRing(memory, blockCount);
  }

  public MemorySegment memory() {
    return memory;
  }

  /// Shows the next block as the pinger's ring does.
  public int drain(PacketHandler handler) {
    return ring.drain(handler);
  }

  /// Whose block it is.
  public int status(int block) {
    return TpacketBlockDesc.statusAcquire(memory, block * blockSize);
  }

  /// Fills a block from its beginning and hands it over.
  public void handOver(int block, Packet... packets) {
    long base = block * blockSize;
    long first = align(TpacketBlockDesc.LAYOUT.byteSize());
    set(base, TpacketBlockDesc.LAYOUT, "hdr.bh1.num_pkts", packets.length);
    set(base, TpacketBlockDesc.LAYOUT, "hdr.bh1.offset_to_first_pkt", (int) first);
    long header = base + first;
    for (int i = 0; i < packets.length; i++) {
      long end = write(header, packets[i]);
      // As in the kernel, the last packet of a block has no next one.
      boolean isLast = i == packets.length - 1;
      set(header, Tpacket3Hdr.LAYOUT, "tp_next_offset", isLast ? 0 : (int) (end - header));
      header = end;
    }
    TpacketBlockDesc.statusRelease(memory, base, TP_STATUS_USER);
  }

  /// Fills a block so that its only packet ends where the block does, and hands it over.
  public void handOverAtTheEnd(int block, Packet packet) {
    long base = block * blockSize;
    long header = (blockSize - HEADERS - packet.bytes.byteSize()) / ALIGNMENT * ALIGNMENT;
    set(base, TpacketBlockDesc.LAYOUT, "hdr.bh1.num_pkts", 1);
    set(base, TpacketBlockDesc.LAYOUT, "hdr.bh1.offset_to_first_pkt", (int) header);
    write(base + header, packet);
    TpacketBlockDesc.statusRelease(memory, base, TP_STATUS_USER);
  }

  /// @return where the next packet's header may stand
  private long write(long header, Packet packet) {
    int length = (int) packet.bytes.byteSize();
    set(header, Tpacket3Hdr.LAYOUT, "tp_sec", (int) (packet.epochNanos / NANOS_PER_SECOND));
    set(header, Tpacket3Hdr.LAYOUT, "tp_nsec", (int) (packet.epochNanos % NANOS_PER_SECOND));
    set(header, Tpacket3Hdr.LAYOUT, "tp_snaplen", length);
    set(header, Tpacket3Hdr.LAYOUT, "tp_len", length);
    set(header, Tpacket3Hdr.LAYOUT, "tp_status", packet.status);
    memory.set(JAVA_SHORT, header + offset(Tpacket3Hdr.LAYOUT, "tp_mac"), (short) HEADERS);
    memory.set(JAVA_SHORT, header + offset(Tpacket3Hdr.LAYOUT, "tp_net"), (short) HEADERS);
    long link = header + Tpacket3Hdr.SOCKADDR_OFFSET;
    SockaddrLl.write(memory, link, packet.protocol, 1);
    memory.set(
        JAVA_BYTE, link + offset(SockaddrLl.LAYOUT, "sll_pkttype"), (byte) packet.packetType);
    MemorySegment.copy(packet.bytes, 0, memory, header + HEADERS, length);
    return align(header + HEADERS + length);
  }

  private void set(long struct, MemoryLayout layout, String field, int value) {
    memory.set(JAVA_INT, struct + offset(layout, field), value);
  }

  private static long offset(MemoryLayout layout, String field) {
    return layout.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }

  private static long align(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}

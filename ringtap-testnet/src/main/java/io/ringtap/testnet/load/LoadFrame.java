package io.ringtap.testnet.load;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A frame of a [FrameLoad]: Ethernet, IPv4, UDP without a checksum, and a sequence number in the
/// payload. It is addressed to another host, so the kernel shows it to packet sockets and then
/// drops it without an answer.
///
/// ```
/// 0          14                 34       42              50
/// ┌──────────┬──────────────────┬────────┬───────────────┬─────────┐
/// │ Ethernet │ IPv4             │ UDP    │ sequence (64) │ padding │
/// └──────────┴──────────────────┴────────┴───────────────┴─────────┘
/// ```
public final class LoadFrame {
  /// The smallest frame that Ethernet carries, without its checksum.
  public static final int SMALLEST = 60;

  /// The largest, with a payload of 1500 bytes.
  public static final int LARGEST = 1514;

  static final int IP = EthernetHeader.BYTES;
  static final int IP_CHECKSUM = IP + Ipv4Header.CHECKSUM;
  static final int SOURCE_ADDRESS = IP + Ipv4Header.SOURCE;
  static final int UDP = IP + Ipv4Header.MIN_BYTES;
  static final int SOURCE_PORT = UDP + UdpHeader.SOURCE_PORT;
  static final int SEQUENCE = UDP + UdpHeader.BYTES;
  static final int SEQUENCE_END = SEQUENCE + Long.BYTES;

  // Locally administered addresses that no host uses.
  static final long SOURCE_MAC = 0x02_52_54_00_00_01L;
  private static final long DESTINATION_MAC = 0x02_52_54_00_00_02L;
  private static final int DESTINATION_ADDRESS = 0xc6120001; // 198.18.0.1, for benchmarks: RFC 2544
  private static final int DISCARD_PORT = 9;
  static final int HOP_LIMIT = 64;

  private LoadFrame() {}

  /// Whether `[offset, end)` holds a frame of a load, up to its sequence number.
  public static boolean isLoad(MemorySegment frame, long offset, long end) {
    return end - offset >= SEQUENCE_END
        && EthernetHeader.destination(frame, offset) == DESTINATION_MAC
        && EthernetHeader.source(frame, offset) == SOURCE_MAC;
  }

  /// The sequence number of the frame, unique in its load.
  public static long sequence(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + SEQUENCE);
  }

  /// A frame that is complete except for what the program writes: source address, header checksum,
  /// source port and sequence number.
  static MemorySegment template(Arena arena, int bytes) {
    MemorySegment frame = arena.allocate(bytes);
    EthernetHeader.write(frame, 0, DESTINATION_MAC, SOURCE_MAC, EtherType.IPV4);
    Ipv4Header.write(
        frame, IP, 0, bytes - IP, 0, HOP_LIMIT, IpProtocol.UDP, 0, DESTINATION_ADDRESS);
    NetworkOrder.unsignedShort(frame, UDP + UdpHeader.DESTINATION_PORT, DISCARD_PORT);
    NetworkOrder.unsignedShort(frame, UDP + UdpHeader.LENGTH, bytes - UDP);
    return frame;
  }

  /// The sum of the words of the IPv4 header of a frame of `bytes`, without the source address,
  /// folded to 16 bits.
  static int headerSum(int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      return ~Ipv4Header.checksum(template(arena, bytes), IP) & 0xffff;
    }
  }
}

package io.ringtap.top;

import static io.ringtap.testing.PacketBytes.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv6Packet;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.testing.PacketBytes.Ipv4;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Frames off the heap, as a ring lends them. Addresses are hexadecimal bytes.
final class TestFrames {
  private static final byte[] NOTHING = {};

  private TestFrames() {}

  /// UDP in IPv4.
  static MemorySegment udp4(String from, String to, int fromPort, int toPort) {
    return frame(0x0800, Ipv4.between(from, to).packet(17, udp(fromPort, toPort, NOTHING)));
  }

  /// An echo request in IPv4.
  static MemorySegment icmp4(String from, String to) {
    return frame(0x0800, Ipv4.between(from, to).packet(1, fromHex("0800000000000000")));
  }

  /// TCP in IPv6.
  static MemorySegment tcp6(String from, String to, int fromPort, int toPort) {
    return frame(0x86DD, ipv6Packet(from + to, 6, tcp(fromPort, toPort, 0, 0, 0, "", NOTHING)));
  }

  /// UDP in IPv4 behind a VLAN tag.
  static MemorySegment tagged(int vlan) {
    byte[] packet = Ipv4.between("0a000001", "0a000002").packet(17, udp(1, 2, NOTHING));
    return frame(0x8100, start().u16(vlan).u16(0x0800).bytes(packet).toBytes());
  }

  static MemorySegment arp() {
    return frame(0x0806, new byte[28]);
  }

  private static MemorySegment frame(int type, byte[] payload) {
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, ethernet(type, payload));
  }
}

package io.ringtap.top;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

/// Frames written byte by byte.
final class TestFrames {
  private static final String ETHERNET = "020000000002020000000001";

  private TestFrames() {}

  /// UDP in IPv4 between addresses as eight hexadecimal digits.
  static MemorySegment udp4(String from, String to, int fromPort, int toPort) {
    return frame("0800" + ipv4(from, to, 17) + "%04x%04x00080000".formatted(fromPort, toPort));
  }

  /// An echo request in IPv4.
  static MemorySegment icmp4(String from, String to) {
    return frame("0800" + ipv4(from, to, 1) + "0800000000000000");
  }

  /// TCP in IPv6 between addresses as 32 hexadecimal digits.
  static MemorySegment tcp6(String from, String to, int fromPort, int toPort) {
    return frame(
        "86dd60000000001406ff"
            + from
            + to
            + "%04x%04x".formatted(fromPort, toPort)
            + "0000000000000000500000000000000000000000".substring(0, 32));
  }

  /// The same UDP behind a VLAN tag.
  static MemorySegment tagged(int vlan) {
    return frame(
        "8100%04x0800".formatted(vlan) + ipv4("0a000001", "0a000002", 17) + "0001000200080000");
  }

  static MemorySegment arp() {
    return frame("0806" + "00".repeat(28));
  }

  private static String ipv4(String from, String to, int protocol) {
    return "4500001c0000000040%02x0000".formatted(protocol) + from + to;
  }

  private static MemorySegment frame(String rest) {
    byte[] bytes = HexFormat.of().parseHex(ETHERNET + rest);
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }
}

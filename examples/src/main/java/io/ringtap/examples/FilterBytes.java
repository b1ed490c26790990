package io.ringtap.examples;

import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.LinkType;
import java.util.HexFormat;

/// Filters a frame in a byte array: `FilterBytes 'udp port 53'`, or with your own frame in
/// hexadecimal, `FilterBytes arp ffffffffffff0200000000010806…`.
public final class FilterBytes {
  private static final String DNS_QUERY =
      "020000000002020000000001" // Ethernet
          + "08004500001c0000000040110000c0000201c0000202" // IPv4
          + "cafe003500080000"; // UDP to port 53

  private FilterBytes() {}

  public static void main(String[] arguments) {
    // @start region="program"
    String expression = arguments.length > 0 ? arguments[0] : "udp port 53";
    byte[] frame = HexFormat.of().parseHex(arguments.length > 1 ? arguments[1] : DNS_QUERY);

    boolean matches = PacketFilter.of(expression, LinkType.ETHERNET).matches(frame);

    IO.println("%s: %s".formatted(expression, matches ? "match" : "no match"));
    // @end
  }
}

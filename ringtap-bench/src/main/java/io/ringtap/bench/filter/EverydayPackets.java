package io.ringtap.bench.filter;

import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One packet of each kind that is common in traffic, for each link type that carries it.
final class EverydayPackets {
  private static final String IPV4 = "0800";
  private static final String IPV6 = "86dd";
  private static final String TO_10_0_0_2 = "0a000001 0a000002";
  private static final String TO_192_168_1_1 = "0a010203 c0a80101";
  private static final String IPV6_HOSTS =
      "20010db8000000000000000000000001 20010db8000000000000000000000002";

  /// @param type the EtherType
  /// @param hex the bytes in hexadecimal, from the network header on
  private record Datagram(String type, String hex) {
    static Datagram ipv4(String protocol, String addresses, String payload) {
      String text = "4500 0034 1234 4000 40" + protocol + " 0000" + addresses + payload;
      return new Datagram(IPV4, text);
    }

    static Datagram ipv6(String protocol, String payload) {
      return new Datagram(IPV6, "60000000 0020" + protocol + "40" + IPV6_HOSTS + payload);
    }
  }

  private static final List<Datagram> DATAGRAMS =
      List.of(
          Datagram.ipv4("06", TO_10_0_0_2, tcp("c000 0050", "02", "")), // SYN to port 80
          Datagram.ipv4("06", TO_10_0_0_2, tcp("0050 c000", "18", "48545450")),
          Datagram.ipv4("06", TO_192_168_1_1, tcp("c001 01bb", "10", "")), // ACK to port 443
          Datagram.ipv4("06", TO_192_168_1_1, tcp("01bb c001", "18", "1703030020")),
          Datagram.ipv4("06", TO_192_168_1_1, tcp("c002 0016", "18", "00000010")),
          Datagram.ipv4("11", TO_192_168_1_1, "c003 0035 0020 0000 1234 0100 0001 0000 0000 0000"),
          Datagram.ipv4("11", TO_10_0_0_2, "0035 c003 0020 0000 1234 8180 0001 0001 0000 0000"),
          Datagram.ipv4("11", TO_10_0_0_2, "c004 01bb 0020 0000 40000000 00000000"),
          Datagram.ipv4("01", TO_10_0_0_2, "0800 0000 0001 0001"),
          Datagram.ipv4("11", "0a000001 effffffa", "076c 076c 0010 0000 4d2d5345"),
          Datagram.ipv6("06", tcp("c005 01bb", "18", "1703030020")),
          Datagram.ipv6("11", "c006 0035 0020 0000 1234 0100 0001 0000 0000 0000"),
          Datagram.ipv6("3a", "8700 0000 00000000 20010db8000000000000000000000002"),
          new Datagram("0806", "0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002"));

  private static final List<String> OTHER_FRAMES =
      List.of(
          "ffffffffffff 020000000001 8100 0064 0800 4500 001c 1234 4000 4011 0000"
              + TO_10_0_0_2
              + "c003 0035 0008 0000",
          "0180c2000000 020000000001 0026 424203 0000000000",
          "0180c200000e 020000000001 88cc 0207040200000000");

  private EverydayPackets() {}

  private static String tcp(String ports, String flags, String payload) {
    return ports + "00000001 00000002 50" + flags + "faf0 0000 0000" + payload;
  }

  static List<MemorySegment> of(LinkType linkType) {
    Stream<String> frames =
        DATAGRAMS.stream().map(datagram -> frame(datagram, linkType)).filter(Objects::nonNull);
    if (linkType.equals(LinkType.ETHERNET)) {
      frames = Stream.concat(frames, OTHER_FRAMES.stream());
    }
    return frames
        .map(text -> MemorySegment.ofArray(HexFormat.of().parseHex(text.replace(" ", ""))))
        .toList();
  }

  /// The packet as text, or null if the link type does not carry it.
  private static @Nullable String frame(Datagram datagram, LinkType linkType) {
    boolean isIpv4 = datagram.type().equals(IPV4);
    boolean isIpv6 = datagram.type().equals(IPV6);
    String hex = datagram.hex();
    return switch (linkType.number()) {
      case 1 -> "020000000002 020000000001" + datagram.type() + hex;
      case 113 -> "0000 0001 0006 020000000001 0000" + datagram.type() + hex;
      case 276 -> datagram.type() + "0000 00000002 0001 00 06 020000000001 0000" + hex;
      case 0 -> isIpv4 ? "02000000" + hex : isIpv6 ? "0a000000" + hex : null;
      case 108 -> isIpv4 ? "00000002" + hex : isIpv6 ? "0000000a" + hex : null;
      case 228 -> isIpv4 ? hex : null;
      case 229 -> isIpv6 ? hex : null;
      default -> isIpv4 || isIpv6 ? hex : null;
    };
  }
}

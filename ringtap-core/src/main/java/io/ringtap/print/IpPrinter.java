package io.ringtap.print;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;

/// IPv4 and IPv6 headers and their payload.
final class IpPrinter {
  static final int IPV6_BYTES = Ipv6Header.BYTES;

  private static final int MAX_NESTED = 8; // tunnels in tunnels
  private static final int MAX_EXTENSIONS = 64;

  private final Line line;
  private final Ipv4Options ipv4Options;
  private final TcpPrinter tcp;
  private final UdpPrinter udp;
  private final IcmpPrinter icmp;
  private final Icmpv6Printer icmpv6;
  private int nested;

  IpPrinter(Line line) {
    DnsPrinter dns = new DnsPrinter(line);
    this.line = line;
    this.ipv4Options = new Ipv4Options(line);
    this.tcp = new TcpPrinter(line, dns);
    this.udp = new UdpPrinter(line, dns);
    this.icmp = new IcmpPrinter(line, this);
    this.icmpv6 = new Icmpv6Printer(line);
  }

  /// @param length bytes on the wire
  void ipv4(long at, long length) {
    if (!line.has(at, Ipv4Header.MIN_BYTES)) {
      line.cut("ip");
      return;
    }
    int version = Ipv4Header.version(line.frame, at);
    int headerLength = Ipv4Header.headerLength(line.frame, at);
    int totalLength = Ipv4Header.totalLength(line.frame, at);
    if (version != 4) {
      line.text("wrong link-layer encapsulation, version ").number(version);
    } else if (headerLength < Ipv4Header.MIN_BYTES) {
      line.text("bad-hlen ").number(headerLength);
    } else if (totalLength < headerLength && totalLength != 0) {
      line.text("bad-len ").number(totalLength);
    } else {
      // Zero: the network card has yet to cut the packet into segments.
      long whole = totalLength == 0 ? length : totalLength;
      if (length < whole) {
        line.text("truncated-ip - ").number(whole - length).text(" bytes missing! ");
      }
      long outerEnd = line.end;
      line.end = Math.min(outerEnd, at + whole);
      soundIpv4(at, headerLength, whole);
      line.end = outerEnd;
    }
  }

  private void soundIpv4(long at, int headerLength, long length) {
    if (line.options.isVerbose()) {
      ipv4Header(at, headerLength, length);
    }
    int fragmentOffset = Ipv4Header.fragmentOffset(line.frame, at);
    boolean isWhole = fragmentOffset == 0 && !Ipv4Header.moreFragments(line.frame, at);
    Carrier carrier = new Carrier(line, false, at, isWhole, false);
    int protocol = Ipv4Header.protocol(line.frame, at);
    if (fragmentOffset == 0) {
      transport(carrier, protocol, at + headerLength, length - headerLength);
    } else {
      carrier.addresses();
      line.text("ip-proto-").number(protocol);
    }
  }

  private void ipv4Header(long at, int headerLength, long length) {
    int tos = Ipv4Header.typeOfService(line.frame, at);
    line.text("(tos ").hex(tos, 1);
    switch (tos & 3) {
      case 1 -> line.text(",ECT(1)");
      case 2 -> line.text(",ECT(0)");
      case 3 -> line.text(",CE");
      default -> {}
    }
    line.text(", ttl ").number(Ipv4Header.timeToLive(line.frame, at));
    line.text(", id ").number(Ipv4Header.identification(line.frame, at));
    line.text(", offset ").number(Ipv4Header.fragmentOffset(line.frame, at));
    line.text(", flags [").text(fragmentFlags(at));
    protocol("], proto ", Ipv4Header.protocol(line.frame, at));
    line.text(", length ").number(length);
    if (headerLength > Ipv4Header.MIN_BYTES) {
      ipv4Options.print(at + Ipv4Header.MIN_BYTES, at + headerLength);
    }
    if (line.has(at, headerLength) && !Ipv4Header.isChecksumValid(line.frame, at)) {
      int stored = Ipv4Header.checksum(line.frame, at);
      long sum = Checksum.sum(line.frame, at, headerLength);
      line.text(", bad cksum ").plainHex(stored, 1);
      line.text(" (->").plainHex(Carrier.shouldBe(sum, stored), 1).text(")!");
    }
    line.text(")\n    ");
  }

  private String fragmentFlags(long at) {
    boolean isMore = Ipv4Header.moreFragments(line.frame, at);
    if (Ipv4Header.dontFragment(line.frame, at)) {
      return isMore ? "+, DF" : "DF";
    }
    return isMore ? "+" : "none";
  }

  private void protocol(String before, int protocol) {
    line.text(before).text(IpProtocol.word(protocol)).text(" (").number(protocol).text(")");
  }

  /// @param length bytes on the wire
  void ipv6(long at, long length) {
    if (!line.has(at, IPV6_BYTES)) {
      line.cut("ip6");
      return;
    }
    int version = Ipv6Header.version(line.frame, at);
    if (version != 6) {
      line.text("wrong link-layer encapsulation, version ").number(version);
      return;
    }
    // Zero: a jumbogram, or a packet that has yet to be cut into segments.
    int payloadLength = Ipv6Header.payloadLength(line.frame, at);
    long whole = payloadLength == 0 ? length : IPV6_BYTES + (long) payloadLength;
    if (length < whole) {
      line.text("truncated-ip6 - ").number(whole - length).text(" bytes missing!");
    }
    long outerEnd = line.end;
    line.end = Math.min(outerEnd, at + whole);
    if (line.options.isVerbose()) {
      ipv6Header(at, payloadLength);
    }
    extensions(at, whole - IPV6_BYTES);
    line.end = outerEnd;
  }

  private void ipv6Header(long at, int payloadLength) {
    int trafficClass = Ipv6Header.trafficClass(line.frame, at);
    int flowLabel = Ipv6Header.flowLabel(line.frame, at);
    line.text("(");
    if (trafficClass != 0) {
      line.text("class ").hex(trafficClass, 2).text(", ");
    }
    if (flowLabel != 0) {
      line.text("flowlabel ").hex(flowLabel, 5).text(", ");
    }
    line.text("hlim ").number(Ipv6Header.hopLimit(line.frame, at));
    protocol(", next-header ", Ipv6Header.nextHeader(line.frame, at));
    line.text(" payload length: ").number(payloadLength).text(") ");
  }

  private void extensions(long at, long payloadLength) {
    int kind = Ipv6Header.nextHeader(line.frame, at);
    long next = at + IPV6_BYTES;
    long rest = payloadLength;
    boolean canSum = true;
    Carrier carrier = new Carrier(line, true, at, true, false);
    for (int i = 0; i < MAX_EXTENSIONS && Ipv6Extension.isOne(kind); i++) {
      if (i == 0) {
        carrier.addresses();
      }
      if (!Ipv6Extension.isWhole(line.frame, next, line.end, kind)) {
        line.cut("ip6");
        return;
      }
      int length = Ipv6Extension.length(line.frame, next, kind);
      if (kind == IpProtocol.FRAGMENT && !fragment(next, rest - length)) {
        return;
      }
      canSum &= kind != IpProtocol.FRAGMENT && kind != IpProtocol.ROUTING;
      extension(kind, next, length);
      carrier = new Carrier(line, true, at, canSum, true);
      kind = Ipv6Extension.nextHeader(line.frame, next);
      next += length;
      rest -= length;
    }
    transport(carrier, kind, next, rest);
  }

  /// @return whether it is the first fragment, in which a transport header follows
  private boolean fragment(long at, long rest) {
    int offset = Ipv6Extension.fragmentOffset(line.frame, at);
    line.text("frag (");
    if (line.options.isVerbose()) {
      long identification = Integer.toUnsignedLong(Ipv6Extension.identification(line.frame, at));
      line.hex(identification, 8).text(":");
    }
    line.number(offset).text("|").number(rest).text(")");
    if (offset == 0) {
      line.text(" ");
    }
    return offset == 0;
  }

  private void extension(int kind, long at, int length) {
    switch (kind) {
      case IpProtocol.HOP_BY_HOP -> line.text("HBH ");
      case IpProtocol.DESTINATION_OPTIONS -> line.text("DSTOPT ");
      case IpProtocol.ROUTING ->
          line.text("srcrt (len=")
              .number(line.u8(at + 1))
              .text(", type=")
              .number(line.u8(at + 2))
              .text(", segleft=")
              .number(line.u8(at + 3))
              .text(") ");
      case IpProtocol.AH -> line.text("AH(spi=").hex(line.u32(at + 4), 8).text("): ");
      default -> {}
    }
    boolean hasOptions = kind == IpProtocol.HOP_BY_HOP || kind == IpProtocol.DESTINATION_OPTIONS;
    if (hasOptions && line.options.isVerbose()) {
      ipv6Options(at + 2, at + length);
    }
  }

  private void ipv6Options(long first, long end) {
    long at = first;
    while (at < end) {
      int type = line.u8(at);
      if (type == 0) {
        line.text("(pad1) ");
        at++;
        continue;
      }
      int length = end - at >= 2 ? line.u8(at + 1) : Integer.MAX_VALUE;
      if (length > end - at - 2) {
        line.text("(bad option) ");
        return;
      }
      if (type == 1) {
        line.text("(padn) ");
      } else if (type == 5 && length == 2) {
        line.text("(rtalert: ").hex(line.u16(at + 2), 4).text(") ");
      } else {
        line.text("(type ").hex(type, 2).text(": len=").number(length).text(") ");
      }
      at += 2 + length;
    }
  }

  private void transport(Carrier carrier, int protocol, long at, long length) {
    switch (protocol) {
      case IpProtocol.TCP -> tcp.print(carrier, at, length);
      case IpProtocol.UDP -> udp.print(carrier, at, length);
      case IpProtocol.ICMP -> {
        carrier.addresses();
        icmp.print(carrier, at, length);
      }
      case IpProtocol.ICMPV6 -> {
        carrier.addresses();
        icmpv6.print(carrier, at, length);
      }
      case IpProtocol.IPV4, IpProtocol.IPV6 -> {
        carrier.addresses();
        tunnelled(protocol == IpProtocol.IPV6, at, length);
      }
      case IpProtocol.NO_NEXT_HEADER -> {
        carrier.addresses();
        line.text("no next header");
      }
      default -> {
        carrier.addresses();
        line.text(" ip-proto-").number(protocol).text(" ").number(length);
      }
    }
  }

  private void tunnelled(boolean isIpv6, long at, long length) {
    if (nested == MAX_NESTED) {
      line.text("IP in too many IP headers");
      return;
    }
    nested++;
    if (isIpv6) {
      named("IP6 ");
      ipv6(at, length);
    } else {
      named("IP ");
      ipv4(at, length);
    }
    nested--;
  }

  /// Prints the protocol, unless the link-level header has been printed and shows it.
  private void named(String protocol) {
    if (!line.options.hasLinkHeader()) {
      line.text(protocol);
    }
  }

  /// Prints the packet that an ICMP error quotes.
  void quoted(long at) {
    if (nested == MAX_NESTED || !line.has(at, Ipv4Header.MIN_BYTES)) {
      line.cut("ip");
      return;
    }
    nested++;
    named("IP ");
    ipv4(at, Ipv4Header.totalLength(line.frame, at));
    nested--;
  }
}

package io.ringtap.print.network;

import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// An IPv6 packet with its extension headers (RFC 8200).
public final class Ipv6Printer implements Protocol {
  private static final int BYTES = Ipv6Header.BYTES;
  private static final int MAX_EXTENSIONS = 64;
  private static final int SEGMENT_ROUTING = 4; // RFC 8754
  private static final long ADDRESS = 16; // bytes

  private final Line line;
  private final IpPayload payload;
  private final Ipv6Options options;

  public Ipv6Printer(Line line, IpPayload payload) {
    this.line = line;
    this.payload = payload;
    this.options = new Ipv6Options(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("ip6");
    if (!line.has(at, BYTES)) {
      line.mark("ip6");
      return;
    }
    if (length < BYTES) {
      line.print("truncated-ip6 %u", length);
      return;
    }
    if (!line.hasLinkHeader()) {
      line.text("IP6 ");
    }
    int version = Ipv6Header.version(line.frame(), at);
    if (version != 6) {
      line.print("version error: %u != 6", version);
      return;
    }
    // Zero: a jumbogram, or a packet that has yet to be cut into segments.
    int payloadLength = Ipv6Header.payloadLength(line.frame(), at);
    long whole = payloadLength == 0 ? length : BYTES + (long) payloadLength;
    if (length < whole) {
      line.print("truncated-ip6 - %u bytes missing!", whole - length);
    }
    long outer = line.narrow(at + whole);
    if (line.isVerbose()) {
      header(at, payloadLength);
    }
    extensions(line.enterIp(true, at), whole - BYTES);
    line.leaveIp();
    line.widen(outer);
  }

  private void header(long at, int payloadLength) {
    int trafficClass = Ipv6Header.trafficClass(line.frame(), at);
    int flowLabel = Ipv6Header.flowLabel(line.frame(), at);
    int nextHeader = Ipv6Header.nextHeader(line.frame(), at);
    line.text("(");
    if (trafficClass != 0) {
      line.print("class 0x%02x, ", trafficClass);
    }
    if (flowLabel != 0) {
      line.print("flowlabel 0x%05x, ", flowLabel);
    }
    line.print("hlim %u, next-header ", Ipv6Header.hopLimit(line.frame(), at));
    line.text(IpProtocol.word(nextHeader));
    line.print(" (%u) payload length: %u) ", nextHeader, payloadLength);
  }

  private void extensions(Carrier carrier, long length) {
    int kind = Ipv6Header.nextHeader(line.frame(), carrier.at());
    long at = carrier.at() + BYTES;
    long rest = length;
    boolean hasHopByHop = false;
    for (int i = 0; i < MAX_EXTENSIONS && isOne(kind) && !line.isCut(); i++) {
      carrier.addresses();
      line.enter("ip6");
      if (kind == IpProtocol.HOP_BY_HOP && i > 0) {
        line.text("[The Hop-by-Hop Options header ");
        line.text(hasHopByHop ? "was already found]" : "don't follow the IPv6 header]");
        line.invalid();
        return;
      }
      hasHopByHop |= kind == IpProtocol.HOP_BY_HOP;
      if (kind == IpProtocol.ROUTING && !line.needs(at, 1)) {
        return;
      }
      int extension = line.has(at, 2) ? Ipv6Extension.length(line.frame(), at, kind) : 0;
      boolean isFollowed =
          switch (kind) {
            case IpProtocol.FRAGMENT -> fragment(carrier, at, rest - extension);
            case IpProtocol.ROUTING -> routing(carrier, at);
            default -> options(kind, at, extension);
          };
      if (!isFollowed) {
        return;
      }
      kind = line.u8(at);
      at += extension;
      rest -= extension;
    }
    if (!line.isCut()) {
      payload.print(kind, at, rest);
    }
  }

  /// An authentication header counts as a payload: IPv4 has it too.
  private static boolean isOne(int kind) {
    return Ipv6Extension.isOne(kind) && kind != IpProtocol.AH;
  }

  private boolean options(int kind, long at, int length) {
    boolean isHopByHop = kind == IpProtocol.HOP_BY_HOP;
    String name = isHopByHop ? "hbhopt" : "dstopt";
    line.enter(name);
    if (!line.needs(at, 2) || !line.needs(at, length)) {
      return false;
    }
    line.text(isHopByHop ? "HBH " : "DSTOPT ");
    boolean allowsJumbo = isHopByHop && line.u16(line.carrier().at() + 4) == 0;
    boolean isSound = options.print(at + 2, at + length, allowsJumbo);
    if (!isSound) {
      line.mark(name);
    }
    return isSound;
  }

  /// @return whether it is the first fragment, in which another header follows
  private boolean fragment(Carrier carrier, long at, long rest) {
    line.enter("frag6");
    if (!line.needs(at, line.isVerbose() ? Ipv6Extension.MIN_BYTES : 4)) {
      return false;
    }
    carrier.fragment();
    int offset = Ipv6Extension.fragmentOffset(line.frame(), at);
    line.text("frag (");
    if (line.isVerbose()) {
      line.print("0x%08x:", line.u32(at + 4));
    }
    line.print("%u|%u)", offset, rest);
    if (offset == 0) {
      line.text(" ");
    }
    return offset == 0 && line.has(at, Ipv6Extension.MIN_BYTES + 1);
  }

  /// @return whether it is understood, and another header follows
  private boolean routing(Carrier carrier, long at) {
    line.enter("rt6");
    line.text("RT6");
    int units = line.u8(at + 1);
    line.print(" (len=%u", units);
    int type = line.u8(at + 2);
    line.print(", type=%u", type);
    line.text(type == 0 ? " [Deprecated]" : "");
    line.print(", segleft=%u", line.u8(at + 3));
    switch (type) {
      case 0, 2 -> {
        long reserved = line.u32(at + 4);
        if (reserved != 0 || line.isVerbose()) {
          line.print(", rsv=0x%x", reserved);
        }
      }
      case SEGMENT_ROUTING -> {
        line.print(", last-entry=%u", line.u8(at + 4));
        int flags = line.u8(at + 5);
        if (flags != 0 || line.isVerbose()) {
          line.print(", flags=0x%x", flags);
        }
        line.print(", tag=%x", line.u16(at + 6));
      }
      default -> line.text(" (unknown type)");
    }
    boolean isKnown = type == 0 || type == 2 || type == SEGMENT_ROUTING;
    if (isKnown && units % 2 == 1) {
      line.print(" (invalid length %u)", units);
    }
    if (!isKnown || units % 2 == 1) {
      line.invalid();
      return false;
    }
    int count = units / 2;
    for (int i = 0; i < count && line.needs(at + 8 + i * ADDRESS, ADDRESS); i++) {
      line.print(", [%u]", i).ipv6(at + 8 + i * ADDRESS);
    }
    line.text(") ");
    if (count > 0) {
      carrier.reroute(type == SEGMENT_ROUTING ? at + 8 : at + 8 + (count - 1) * ADDRESS);
    }
    return true;
  }
}

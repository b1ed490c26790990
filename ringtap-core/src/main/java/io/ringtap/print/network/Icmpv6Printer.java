package io.ringtap.print.network;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// ICMPv6 (RFC 4443), with neighbour discovery (RFC 4861), mobility (RFC 6275) and listener
/// discovery.
public final class Icmpv6Printer implements Protocol {
  private static final int LISTENER_QUERY = 130;
  private static final int LISTENER_REPORT = 131;
  private static final int LISTENER_DONE = 132;
  private static final int LISTENER_REPORT_2 = 143;
  private static final int HOME_AGENT_REQUEST = 144;
  private static final int HOME_AGENT_REPLY = 145;
  private static final int MOBILE_PREFIX_SOLICITATION = 146;
  private static final int MOBILE_PREFIX_ADVERTISEMENT = 147;

  private static final int TARGET = 8; // offset of the address in a neighbour message
  private static final int MESSAGE_WITH_TARGET = 24; // bytes before its options
  private static final int ADVERTISEMENT = 16;
  private static final int REDIRECT = 40;
  private static final int QUOTED_SOURCE = IcmpHeader.BYTES + Ipv6Header.SOURCE;
  private static final int QUOTED_DESTINATION = IcmpHeader.BYTES + Ipv6Header.DESTINATION;

  private static final Names TYPES =
      Names.of(
          """
          1 destination unreachable
          2 packet too big
          3 time exceeded in-transit
          4 parameter problem
          128 echo request
          129 echo reply
          130 multicast listener query
          131 multicast listener report
          132 multicast listener done
          133 router solicitation
          134 router advertisement
          135 neighbor solicitation
          136 neighbor advertisement
          137 redirect
          138 router renumbering
          139 who-are-you request
          140 who-are-you reply
          141 inverse neighbor solicitation
          142 inverse neighbor advertisement
          143 multicast listener report v2
          144 ha discovery request
          145 ha discovery reply
          146 mobile router solicitation
          147 mobile router advertisement
          155 RPL
          200 mtrace response
          201 mtrace message\
          """);

  private static final Names UNREACHABLE =
      Names.of(
          """
          0 unreachable route
          1  unreachable prohibited
          2 beyond scope
          3 unreachable address
          4 unreachable port\
          """);

  private static final BitNames ADVERTISEMENT_FLAGS =
      BitNames.of(
          ", ",
          """
          0x80 managed
          0x40 other stateful
          0x20 home agent\
          """);

  private static final BitNames NEIGHBOUR_FLAGS =
      BitNames.of(
          ", ",
          """
          0x80 router
          0x40 solicited
          0x20 override\
          """);

  private final Line line;
  private final NeighbourOptions options;
  private final MldPrinter mld;

  public Icmpv6Printer(Line line) {
    this.line = line;
    this.options = new NeighbourOptions(line);
    this.mld = new MldPrinter(line);
  }

  @Override
  public void print(long at, long length) {
    if (!line.carrier().isVersion(6, "ICMPv6")) {
      return;
    }
    line.enter("icmp6");
    int type = line.u8(at);
    Carrier carrier = line.carrier();
    if (line.isVerbose() && !carrier.isFragment() && line.has(at, length)) {
      checksum(carrier, at, length);
    }
    line.text("ICMP6, ").name(TYPES.find(type), "unknown icmp6 type (%u)", type);
    if (line.isVerbose() && hasLengthFirst(type)) {
      line.print(", length %u", length);
    }
    if (message(type, line.u8(at + 1), at, length) && !line.isVerbose()) {
      line.print(", length %u", length);
    }
  }

  private void checksum(Carrier carrier, long at, long length) {
    long sum = carrier.sum(IpProtocol.ICMPV6, at, length);
    if (Checksum.isValid(sum)) {
      line.text("[icmp6 sum ok] ");
    } else {
      int stored = line.u16(at + 2);
      line.print("[bad icmp6 cksum 0x%04x -> 0x%04x!] ", stored, Carrier.shouldBe(sum, stored));
    }
  }

  private static boolean hasLengthFirst(int type) {
    return (type >= Icmpv6Type.ROUTER_SOLICITATION && type <= Icmpv6Type.REDIRECT)
        || type == HOME_AGENT_REPLY
        || type == MOBILE_PREFIX_ADVERTISEMENT;
  }

  /// @return whether the length follows if it has not been printed yet
  private boolean message(int type, int code, long at, long length) {
    switch (type) {
      case Icmpv6Type.DESTINATION_UNREACHABLE -> {
        return unreachable(code, at, length);
      }
      case Icmpv6Type.PACKET_TOO_BIG -> line.print(", mtu %u", line.u32(at + 4));
      case Icmpv6Type.TIME_EXCEEDED -> {
        switch (code) {
          case 0 -> named(" for ", at + QUOTED_DESTINATION);
          case 1 -> line.text(" (reassembly)");
          default -> line.print(", unknown code (%u)", code);
        }
      }
      case Icmpv6Type.PARAMETER_PROBLEM -> parameterProblem(code, at);
      case Icmpv6Type.ECHO_REQUEST, Icmpv6Type.ECHO_REPLY ->
          line.print(", id %u, seq %u", line.u16(at + 4), line.u16(at + 6));
      case LISTENER_QUERY -> mld.query(at, length);
      case LISTENER_REPORT, LISTENER_DONE -> mld.message(at);
      case LISTENER_REPORT_2 -> mld.report(at, length);
      case Icmpv6Type.ROUTER_SOLICITATION -> options(at, IcmpHeader.BYTES, length);
      case Icmpv6Type.ROUTER_ADVERTISEMENT -> routerAdvertisement(at, length);
      case Icmpv6Type.NEIGHBOR_SOLICITATION -> {
        named(", who has ", at + TARGET);
        options(at, MESSAGE_WITH_TARGET, length);
      }
      case Icmpv6Type.NEIGHBOR_ADVERTISEMENT -> {
        named(", tgt is ", at + TARGET);
        if (line.isVerbose()) {
          int flags = line.u8(at + 4);
          line.text(", Flags [").bits(NEIGHBOUR_FLAGS, flags, "none").text("]");
          options(at, MESSAGE_WITH_TARGET, length);
        }
      }
      case Icmpv6Type.REDIRECT -> {
        named(", ", at + MESSAGE_WITH_TARGET);
        named(" to ", at + TARGET);
        options(at, REDIRECT, length);
      }
      case HOME_AGENT_REQUEST, MOBILE_PREFIX_SOLICITATION ->
          line.print(", id 0x%04x", line.u16(at + 4));
      case HOME_AGENT_REPLY -> {
        if (line.isVerbose()) {
          line.print(", id 0x%04x", line.u16(at + 4));
          boolean _ = line.needs(at, IcmpHeader.BYTES);
          for (long agent = at + 8; agent < at + length && !line.isCut(); agent += 16) {
            named(", ", agent);
          }
        }
      }
      case MOBILE_PREFIX_ADVERTISEMENT -> {
        if (line.isVerbose()) {
          line.print(", id 0x%04x", line.u16(at + 4));
          int flags = line.needs(at, IcmpHeader.BYTES) ? line.u8(at + 6) : 0;
          line.text((flags & 0xC0) != 0 ? " " : "").text((flags & 0x80) != 0 ? "M" : "");
          line.text((flags & 0x40) != 0 ? "O" : "");
          options(at, IcmpHeader.BYTES, length);
        }
      }
      case 138, 139, 140, 141, 142, 155 -> {} // of these only the name is known here
      default -> {
        line.print(", length %u", length);
        dump(at, length);
        return false;
      }
    }
    return true;
  }

  private void named(String before, long address) {
    if (line.needs(address, 16)) {
      line.text(before).ipv6(address);
    }
  }

  private void options(long at, int header, long length) {
    if (line.isVerbose()) {
      options.print(at + header, length - header);
    }
  }

  private void dump(long at, long length) {
    if (line.verbosity() <= 1) {
      line.hexDump("\n\t", at, length, false);
    }
  }

  private boolean unreachable(int code, long at, long length) {
    line.text(", ").name(UNREACHABLE.find(code), "unknown unreach code (%u)", code);
    switch (code) {
      case 0, 1, 3 -> named(" ", at + QUOTED_DESTINATION);
      case 2 -> {
        boolean _ = line.needs(at + QUOTED_SOURCE, 32);
        named(" ", at + QUOTED_DESTINATION);
        named(", source address ", at + QUOTED_SOURCE);
      }
      case 4 -> portUnreachable(at);
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t", at, length, false);
          return false;
        }
      }
    }
    return true;
  }

  private void portUnreachable(long at) {
    long quoted = at + IcmpHeader.BYTES;
    long transport = quoted + Ipv6Header.BYTES;
    if (!line.needs(quoted, Ipv6Header.BYTES)) {
      return;
    }
    int protocol = line.u8(quoted + 6);
    while (Ipv6Extension.isOne(protocol) && line.needs(transport, 2)) {
      int kind = protocol;
      protocol = line.u8(transport);
      transport += Ipv6Extension.length(line.frame(), transport, kind);
    }
    if (protocol != IpProtocol.TCP && protocol != IpProtocol.UDP) {
      line.cut(); // as tcpdump, which finds no port there
    }
    int port = line.u16(transport + 2);
    named(", ", at + QUOTED_DESTINATION);
    line.print(protocol == IpProtocol.TCP ? " tcp port %u" : " udp port %u", port);
  }

  private void parameterProblem(int code, long at) {
    if (!line.needs(at + QUOTED_DESTINATION, 16)) {
      return;
    }
    long pointer = line.u32(at + 4);
    switch (code) {
      case 0 -> line.print(", erroneous - octet %u", pointer);
      case 1 -> line.print(", next header - octet %u", pointer);
      case 2 -> line.print(", option - octet %u", pointer);
      case 3 -> line.print(", incomplete header chain - octet %u", pointer);
      default -> line.print(", code-#%u", code);
    }
  }

  private void routerAdvertisement(long at, long length) {
    if (!line.isVerbose() || !line.needs(at, ADVERTISEMENT)) {
      return;
    }
    int flags = line.u8(at + 5);
    line.print("\n\thop limit %u, Flags [", line.u8(at + 4));
    line.bits(ADVERTISEMENT_FLAGS, flags, "none").text("], pref ");
    line.text(NeighbourOptions.preference(flags));
    line.print(", router lifetime %us, reachable time ", line.u16(at + 6));
    line.print("%ums, retrans timer %ums", line.u32(at + 8), line.u32(at + 12));
    options(at, ADVERTISEMENT, length);
  }
}

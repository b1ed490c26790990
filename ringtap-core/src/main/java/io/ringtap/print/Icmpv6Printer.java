package io.ringtap.print;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv6Header;

/// ICMPv6, with neighbour discovery (RFC 4861).
final class Icmpv6Printer {
  private static final int TARGET = 8; // offset of the address in a neighbour message
  private static final int MESSAGE_WITH_TARGET = 24; // bytes before its options
  private static final int ADVERTISEMENT = 16;
  private static final int REDIRECT = 40;
  private static final int OPTION_UNIT = 8; // bytes

  private final Line line;

  Icmpv6Printer(Line line) {
    this.line = line;
  }

  /// @param length bytes on the wire
  void print(Carrier carrier, long at, long length) {
    if (!IcmpHeader.isWhole(line.frame, at, line.end)) {
      line.cut("icmp6");
      return;
    }
    if (line.options.isVerbose() && carrier.canSum() && line.has(at, length)) {
      checksum(carrier, at, length);
    }
    line.text("ICMP6, ");
    int type = IcmpHeader.type(line.frame, at);
    int bytes = bytes(type);
    if (!line.has(at, bytes)) {
      line.text("type ").number(type).text(", length ").number(length);
      line.cut("icmp6");
      return;
    }
    boolean isNeighbour = type >= Icmpv6Type.ROUTER_SOLICITATION && type <= Icmpv6Type.REDIRECT;
    if (isNeighbour && line.options.isVerbose()) {
      line.text(name(type)).text(", length ").number(length);
      details(type, at);
      neighbourOptions(at + bytes);
    } else if (isNeighbour) {
      line.text(name(type));
      details(type, at);
      line.text(", length ").number(length);
    } else {
      message(type, at);
      if (!line.options.isVerbose()) {
        line.text(", length ").number(length);
      }
    }
  }

  private void checksum(Carrier carrier, long at, long length) {
    long sum = carrier.sum(IpProtocol.ICMPV6, at, length);
    if (Checksum.isValid(sum)) {
      line.text("[icmp6 sum ok] ");
    } else {
      int stored = IcmpHeader.checksum(line.frame, at);
      line.text("[bad icmp6 cksum ").hex(stored, 4);
      line.text(" -> ").hex(Carrier.shouldBe(sum, stored), 4).text("!] ");
    }
  }

  /// The least bytes needed to print a message of `type`.
  private static int bytes(int type) {
    return switch (type) {
      case Icmpv6Type.DESTINATION_UNREACHABLE, Icmpv6Type.TIME_EXCEEDED ->
          IcmpHeader.BYTES + Ipv6Header.BYTES;
      case Icmpv6Type.ROUTER_ADVERTISEMENT -> ADVERTISEMENT;
      case Icmpv6Type.NEIGHBOR_SOLICITATION, Icmpv6Type.NEIGHBOR_ADVERTISEMENT ->
          MESSAGE_WITH_TARGET;
      case Icmpv6Type.REDIRECT -> REDIRECT;
      default -> IcmpHeader.BYTES;
    };
  }

  private static String name(int type) {
    return switch (type) {
      case Icmpv6Type.ROUTER_SOLICITATION -> "router solicitation";
      case Icmpv6Type.ROUTER_ADVERTISEMENT -> "router advertisement";
      case Icmpv6Type.NEIGHBOR_SOLICITATION -> "neighbor solicitation";
      case Icmpv6Type.NEIGHBOR_ADVERTISEMENT -> "neighbor advertisement";
      default -> "redirect";
    };
  }

  private void details(int type, long at) {
    boolean isVerbose = line.options.isVerbose();
    switch (type) {
      case Icmpv6Type.ROUTER_ADVERTISEMENT -> {
        if (isVerbose) {
          routerAdvertisement(at);
        }
      }
      case Icmpv6Type.NEIGHBOR_SOLICITATION -> line.text(", who has ").ipv6(at + TARGET);
      case Icmpv6Type.NEIGHBOR_ADVERTISEMENT -> {
        line.text(", tgt is ").ipv6(at + TARGET);
        if (isVerbose) {
          line.text(", Flags [");
          flags(line.u8(at + 4), "router", "solicited", "override");
          line.text("]");
        }
      }
      case Icmpv6Type.REDIRECT ->
          line.text(", ").ipv6(at + MESSAGE_WITH_TARGET).text(" to ").ipv6(at + TARGET);
      default -> {}
    }
  }

  private void routerAdvertisement(long at) {
    int flags = line.u8(at + 5);
    line.text("\n\thop limit ").number(line.u8(at + 4)).text(", Flags [");
    flags(flags, "managed", "other stateful", "home agent");
    line.text("], pref ");
    line.text(
        switch (flags >> 3 & 3) {
          case 0 -> "medium";
          case 1 -> "high";
          case 3 -> "low";
          default -> "reserved";
        });
    line.text(", router lifetime ").number(line.u16(at + 6));
    line.text("s, reachable time ").number(line.u32(at + 8));
    line.text("ms, retrans timer ").number(line.u32(at + 12)).text("ms");
  }

  /// Prints the names of the bits that are set, from the highest bit of a byte.
  private void flags(int bits, String... names) {
    boolean isFirst = true;
    for (int i = 0; i < names.length; i++) {
      if ((bits & (0x80 >> i)) != 0) {
        line.text(isFirst ? "" : ", ").text(names[i]);
        isFirst = false;
      }
    }
    if (isFirst) {
      line.text("none");
    }
  }

  private void message(int type, long at) {
    int code = IcmpHeader.code(line.frame, at);
    switch (type) {
      case Icmpv6Type.ECHO_REQUEST -> echo("echo request", at);
      case Icmpv6Type.ECHO_REPLY -> echo("echo reply", at);
      case Icmpv6Type.DESTINATION_UNREACHABLE -> unreachable(code, at);
      case Icmpv6Type.PACKET_TOO_BIG ->
          line.text("packet too big, mtu ").number(IcmpHeader.mtu(line.frame, at));
      case Icmpv6Type.TIME_EXCEEDED -> {
        switch (code) {
          case 0 -> line.text("time exceeded in-transit for ").ipv6(at + IcmpHeader.BYTES + 24);
          case 1 -> line.text("time exceeded in-transit (reassembly)");
          default -> line.text("time exceeded, unknown code (").number(code).text(")");
        }
      }
      case Icmpv6Type.PARAMETER_PROBLEM -> {
        line.text("parameter problem, ");
        line.text(
            switch (code) {
              case 0 -> "erroneous";
              case 1 -> "next header";
              case 2 -> "option";
              default -> "code-#" + code;
            });
        line.text(" - octet ").number(line.u32(at + 4));
      }
      default -> line.text("type ").number(type).text(", code ").number(code);
    }
  }

  private void echo(String what, long at) {
    line.text(what).text(", id ").number(IcmpHeader.identifier(line.frame, at));
    line.text(", seq ").number(IcmpHeader.sequence(line.frame, at));
  }

  private void unreachable(int code, long at) {
    long quoted = at + IcmpHeader.BYTES;
    long destination = quoted + 24;
    line.text("destination unreachable, ");
    switch (code) {
      case 0 -> line.text("unreachable route ").ipv6(destination);
      case 1 -> line.text(" unreachable prohibited ").ipv6(destination);
      case 2 -> {
        line.text("beyond scope ").ipv6(destination);
        line.text(", source address ").ipv6(quoted + 8);
      }
      case 3 -> line.text("unreachable address ").ipv6(destination);
      case 4 -> portUnreachable(quoted, destination);
      default -> line.text("unknown unreach code (").number(code).text(")");
    }
  }

  private void portUnreachable(long quoted, long destination) {
    long transport = quoted + Ipv6Header.BYTES;
    int protocol = Ipv6Header.nextHeader(line.frame, quoted);
    line.text("unreachable port, ").ipv6(destination);
    if (!line.has(transport, 4)) {
      line.text(" protocol ").number(protocol);
      return;
    }
    int port = line.u16(transport + 2);
    switch (protocol) {
      case IpProtocol.TCP -> line.text(" tcp port ").number(port);
      case IpProtocol.UDP -> line.text(" udp port ").number(port);
      default -> line.text(" protocol ").number(protocol).text(" port ").number(port);
    }
  }

  private void neighbourOptions(long first) {
    long at = first;
    while (line.has(at, 2)) {
      int type = line.u8(at);
      int units = line.u8(at + 1);
      int length = units * OPTION_UNIT;
      if (length == 0 || !line.has(at, length)) {
        line.text("\n\t ").cut("icmp6");
        return;
      }
      line.text("\n\t  ").text(optionName(type)).text(" option (").number(type);
      line.text("), length ").number(length).text(" (").number(units).text("): ");
      option(type, at, length);
      at += length;
    }
  }

  private static String optionName(int type) {
    return switch (type) {
      case 1 -> "source link-address";
      case 2 -> "destination link-address";
      case 3 -> "prefix info";
      case 5 -> "mtu";
      default -> "unknown";
    };
  }

  private void option(int type, long at, int length) {
    if (type == 1 || type == 2) {
      line.hardware(at + 2, length - 2);
    } else if (type == 3 && length == 32) {
      line.ipv6(at + 16).text("/").number(line.u8(at + 2)).text(", Flags [");
      flags(line.u8(at + 3), "onlink", "auto", "router");
      lifetime("], valid time ", line.u32(at + 4));
      lifetime(", pref. time ", line.u32(at + 8));
    } else if (type == 5 && length == OPTION_UNIT) {
      line.text(" ").number(line.u32(at + 4));
    } else {
      line.hexBytes(at + 2, length - 2);
    }
  }

  private void lifetime(String before, long seconds) {
    line.text(before);
    if (seconds == 0xFFFF_FFFFL) {
      line.text("infinity");
    } else {
      line.number(seconds).text("s");
    }
  }
}

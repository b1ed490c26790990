package io.ringtap.print;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;

/// ICMP.
final class IcmpPrinter {
  private static final int TIME_STAMP_QUERY = 13;
  private static final int TIME_STAMP_REPLY = 14;
  private static final int TIME_STAMP_BYTES = 20;

  private final Line line;
  private final IpPrinter ip;

  IcmpPrinter(Line line, IpPrinter ip) {
    this.line = line;
    this.ip = ip;
  }

  /// @param length bytes on the wire
  void print(Carrier carrier, long at, long length) {
    if (!IcmpHeader.isWhole(line.frame, at, line.end)) {
      line.cut("icmp");
      return;
    }
    int type = IcmpHeader.type(line.frame, at);
    if (IcmpType.isQuoting(type) && !isQuoteWhole(at)) {
      line.text("ICMP type ").number(type);
      line.text(" code ").number(IcmpHeader.code(line.frame, at));
      line.text(", length ").number(length);
      line.cut("icmp");
      return;
    }
    line.text("ICMP ");
    message(type, at);
    line.text(", length ").number(length);
    if (line.options.isVerbose() && carrier.canSum() && line.has(at, length)) {
      checksum(at, length);
    }
    if (line.options.isVerbose() && IcmpType.isQuoting(type)) {
      line.text("\n\t");
      ip.quoted(at + IcmpHeader.BYTES);
    }
  }

  private boolean isQuoteWhole(long at) {
    long quoted = at + IcmpHeader.BYTES;
    return line.has(quoted, Ipv4Header.MIN_BYTES)
        && line.has(quoted, Ipv4Header.headerLength(line.frame, quoted) + 4L);
  }

  private void checksum(long at, long length) {
    long sum = Checksum.sum(line.frame, at, length);
    if (!Checksum.isValid(sum)) {
      int stored = IcmpHeader.checksum(line.frame, at);
      line.text(" (wrong icmp cksum ").plainHex(stored, 1);
      line.text(" (->").plainHex(Carrier.shouldBe(sum, stored), 1).text(")!)");
    }
  }

  private void message(int type, long at) {
    int code = IcmpHeader.code(line.frame, at);
    switch (type) {
      case IcmpType.ECHO_REQUEST -> echo("echo request", at);
      case IcmpType.ECHO_REPLY -> echo("echo reply", at);
      case IcmpType.DESTINATION_UNREACHABLE -> unreachable(code, at);
      case IcmpType.SOURCE_QUENCH -> line.text("source quench");
      case IcmpType.REDIRECT -> redirect(code, at);
      case IcmpType.TIME_EXCEEDED ->
          line.text(
              switch (code) {
                case 0 -> "time exceeded in-transit";
                case 1 -> "ip reassembly time exceeded";
                default -> "time exceeded-#" + code;
              });
      case IcmpType.PARAMETER_PROBLEM -> {
        line.text("parameter problem");
        if (code != 0) {
          line.text(" - code ").number(code);
        } else {
          line.text(" - octet ").number(line.u8(at + 4));
        }
      }
      case TIME_STAMP_QUERY -> identified("time stamp query", at);
      case TIME_STAMP_REPLY -> {
        identified("time stamp reply", at);
        if (line.has(at, TIME_STAMP_BYTES)) {
          sinceMidnight(": org ", at + 8);
          sinceMidnight(", recv ", at + 12);
          sinceMidnight(", xmit ", at + 16);
        }
      }
      default -> line.text("type-#").number(type);
    }
  }

  private void echo(String what, long at) {
    line.text(what).text(", id ").number(IcmpHeader.identifier(line.frame, at));
    line.text(", seq ").number(IcmpHeader.sequence(line.frame, at));
  }

  private void identified(String what, long at) {
    line.text(what).text(" id ").number(IcmpHeader.identifier(line.frame, at));
    line.text(" seq ").number(IcmpHeader.sequence(line.frame, at));
  }

  private void sinceMidnight(String before, long at) {
    long millis = line.u32(at);
    line.text(before);
    padded(millis / 3_600_000, 10).text(":");
    padded(millis / 60_000 % 60, 10).text(":");
    padded(millis / 1000 % 60, 10).text(".");
    padded(millis % 1000, 100);
  }

  private Line padded(long value, int unit) {
    for (int least = unit; least > 1 && value < least; least /= 10) {
      line.text("0");
    }
    return line.number(value);
  }

  private void unreachable(int code, long at) {
    long quoted = at + IcmpHeader.BYTES;
    long destination = quoted + 16;
    switch (code) {
      case 2 ->
          line.ipv4(destination)
              .text(" protocol ")
              .number(Ipv4Header.protocol(line.frame, quoted))
              .text(" unreachable");
      case 3 -> portUnreachable(quoted, destination);
      case IcmpType.CODE_FRAGMENTATION_NEEDED -> {
        line.ipv4(destination).text(" unreachable - need to frag");
        int mtu = IcmpHeader.nextHopMtu(line.frame, at);
        if (mtu != 0) {
          line.text(" (mtu ").number(mtu).text(")");
        }
      }
      case 0, 6, 9, 11 -> line.text("net ").ipv4(destination).text(" unreachable");
      case 1, 7, 10, 12, 13, 14, 15 -> line.text("host ").ipv4(destination).text(" unreachable");
      default -> line.ipv4(destination).text(" unreachable");
    }
    line.text(
        switch (code) {
          case 0, 1, 2, 3, 4 -> "";
          case 5 -> " - source route failed";
          case 6, 7 -> " - unknown";
          case 8 -> " - source host isolated";
          case 9, 10 -> " - admin prohibited";
          case 11, 12 -> " - tos prohibited";
          case 13 -> " - admin prohibited filter";
          case 14 -> " - host precedence violation";
          case 15 -> " - precedence cutoff";
          default -> " - #" + code;
        });
  }

  private void portUnreachable(long quoted, long destination) {
    int protocol = Ipv4Header.protocol(line.frame, quoted);
    int port = line.u16(quoted + Ipv4Header.headerLength(line.frame, quoted) + 2);
    line.ipv4(destination);
    switch (protocol) {
      case IpProtocol.TCP -> line.text(" tcp port ").number(port);
      case IpProtocol.UDP -> line.text(" udp port ").number(port);
      default -> line.text(" protocol ").number(protocol).text(" port ").number(port);
    }
    line.text(" unreachable");
  }

  private void redirect(int code, long at) {
    line.text(code < 2 ? "redirect " : "redirect-tos ").ipv4(at + IcmpHeader.BYTES + 16);
    line.text(
        switch (code) {
          case 0, 2 -> " to net ";
          case 1, 3 -> " to host ";
          default -> " by code " + code + " to ";
        });
    line.ipv4(at + 4);
  }
}

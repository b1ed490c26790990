package io.ringtap.print.network;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// ICMP (RFC 792, RFC 950, RFC 1256).
public final class IcmpPrinter implements Protocol {
  private static final int ROUTER_ADVERTISEMENT = 9;
  private static final int ROUTER_SOLICITATION = 10;
  private static final int TIME_STAMP_QUERY = 13;
  private static final int TIME_STAMP_REPLY = 14;
  private static final int INFORMATION_REQUEST = 15;
  private static final int INFORMATION_REPLY = 16;
  private static final int MASK_REQUEST = 17;
  private static final int MASK_REPLY = 18;

  private final Line line;
  private final Protocols protocols;
  private final IcmpExtensions extensions;

  public IcmpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.extensions = new IcmpExtensions(line);
  }

  @Override
  public void print(long at, long length) {
    if (!line.carrier().isVersion(4, "ICMP")) {
      return;
    }
    line.enter("icmp");
    line.hold();
    line.text("ICMP ");
    int type = line.u8(at);
    message(type, line.u8(at + 1), at);
    line.release();
    line.print(", length %u", length);
    if (!line.isVerbose()) {
      return;
    }
    if (!line.carrier().isFragment() && line.has(at, length)) {
      checksum(at, length);
    }
    if (IcmpType.isQuoting(type)) {
      line.text("\n\t");
      quoted(at + IcmpHeader.BYTES);
      extensions.print(type, at, length);
    }
  }

  private void quoted(long at) {
    if (line.needs(at, Ipv4Header.MIN_BYTES)) {
      int length = line.u16(at + 2);
      long outer = line.narrow(at + length);
      boolean _ = protocols.print(NumberSpace.ETHER_TYPE, EtherType.IPV4, at, length);
      line.widen(outer);
      line.enter("icmp");
    }
  }

  private void checksum(long at, long length) {
    long sum = Checksum.sum(line.frame(), at, length);
    if (!Checksum.isValid(sum)) {
      int stored =
          line.u16(at + IcmpHeader.CHECKSUM); // cuts the line if the message ends before it
      line.text(" (wrong icmp cksum ").plainHex(stored, 1);
      line.text(" (->").plainHex(Carrier.shouldBe(sum, stored), 1).text(")!)");
    }
  }

  private void message(int type, int code, long at) {
    switch (type) {
      case IcmpType.ECHO_REQUEST -> identified("echo request, id %u, seq %u", at);
      case IcmpType.ECHO_REPLY -> identified("echo reply, id %u, seq %u", at);
      case IcmpType.DESTINATION_UNREACHABLE -> unreachable(code, at);
      case IcmpType.SOURCE_QUENCH -> line.text("source quench");
      case IcmpType.REDIRECT -> redirect(code, at);
      case ROUTER_ADVERTISEMENT -> routerAdvertisement(at);
      case ROUTER_SOLICITATION -> line.text("router solicitation");
      case IcmpType.TIME_EXCEEDED -> {
        boolean _ = line.needs(at + IcmpHeader.BYTES, Ipv4Header.MIN_BYTES);
        switch (code) {
          case 0 -> line.text("time exceeded in-transit");
          case 1 -> line.text("ip reassembly time exceeded");
          default -> line.print("time exceeded-#%u", code);
        }
      }
      case IcmpType.PARAMETER_PROBLEM -> {
        if (code != 0) {
          line.print("parameter problem - code %u", code);
        } else {
          line.print("parameter problem - octet %u", line.u8(at + 4));
        }
      }
      case TIME_STAMP_QUERY -> identified("time stamp query id %u seq %u", at);
      case TIME_STAMP_REPLY -> {
        identified("time stamp reply id %u seq %u", at);
        sinceMidnight(": org ", line.u32(at + 8));
        sinceMidnight(", recv ", line.u32(at + 12));
        sinceMidnight(", xmit ", line.u32(at + 16));
      }
      case INFORMATION_REQUEST -> line.text("information request");
      case INFORMATION_REPLY -> line.text("information reply");
      case MASK_REQUEST -> line.text("address mask request");
      case MASK_REPLY -> line.print("address mask is 0x%08x", line.u32(at + 8));
      default -> line.print("type-#%u", type);
    }
  }

  private void identified(String template, long at) {
    line.print(template, line.u16(at + 4), line.u16(at + 6));
  }

  private void sinceMidnight(String before, long millis) {
    line.text(before);
    line.print("%02u:%02u:", millis / 3_600_000, millis / 60_000 % 60);
    line.print("%02u.%03u", millis / 1000 % 60, millis % 1000);
  }

  private void routerAdvertisement(long at) {
    int count = line.u8(at + 4);
    int words = line.u8(at + 5);
    int lifetime = line.u16(at + 6);
    line.text("router advertisement lifetime ");
    if (lifetime < 60) {
      line.number(lifetime);
    } else if (lifetime < 3600) {
      line.print("%u:%02u", lifetime / 60, lifetime % 60);
    } else {
      line.print("%u:%02u:%02u", lifetime / 3600, lifetime / 60 % 60, lifetime % 60);
    }
    line.print(" %u:", count);
    if (words != 2) {
      line.print(" [size %u]", words);
      return;
    }
    for (long router = at + 8; count > 0 && !line.isCut(); count--, router += 8) {
      line.text(" {").ipv4(router).print(" %u}", line.u32(router + 4));
    }
  }

  private void unreachable(int code, long at) {
    long quoted = at + IcmpHeader.BYTES;
    long destination = quoted + Ipv4Header.DESTINATION;
    switch (code) {
      case 2 -> {
        line.ipv4(destination);
        line.print(" protocol %u unreachable", line.u8(quoted + 9));
      }
      case 3 -> portUnreachable(quoted, destination);
      case IcmpType.CODE_FRAGMENTATION_NEEDED -> {
        line.ipv4(destination).text(" unreachable - need to frag");
        int mtu = line.u16(at + 6);
        if (mtu != 0) {
          line.print(" (mtu %u)", mtu);
        }
      }
      case 0, 6, 9, 11 -> line.text("net ").ipv4(destination).text(" unreachable");
      case 1, 7, 10, 12, 13, 14, 15 -> line.text("host ").ipv4(destination).text(" unreachable");
      default -> line.ipv4(destination).text(" unreachable");
    }
    switch (code) {
      case 0, 1, 2, 3, 4 -> {}
      case 5 -> line.text(" - source route failed");
      case 6, 7 -> line.text(" - unknown");
      case 8 -> line.text(" - source host isolated");
      case 9, 10 -> line.text(" - admin prohibited");
      case 11, 12 -> line.text(" - tos prohibited");
      case 13 -> line.text(" - admin prohibited filter");
      case 14 -> line.text(" - host precedence violation");
      case 15 -> line.text(" - precedence cutoff");
      default -> line.print(" - #%u", code);
    }
  }

  private void portUnreachable(long quoted, long destination) {
    line.ipv4(destination);
    int protocol = line.u8(quoted + 9);
    int port = line.u16(quoted + (line.u8(quoted) & 0xF) * 4L + 2);
    switch (protocol) {
      case IpProtocol.TCP -> line.print(" tcp port %u", port);
      case IpProtocol.UDP -> line.print(" udp port %u", port);
      default -> line.print(" protocol %u port %u", protocol, port);
    }
    line.text(" unreachable");
  }

  private void redirect(int code, long at) {
    if (code > 3) {
      line.print("redirect-#%u ", code);
    } else {
      line.text(code < 2 ? "redirect " : "redirect-tos ");
    }
    line.ipv4(at + IcmpHeader.BYTES + 16);
    line.text(code > 3 ? " to " : (code & 1) == 0 ? " to net " : " to host ");
    line.ipv4(at + 4);
  }
}

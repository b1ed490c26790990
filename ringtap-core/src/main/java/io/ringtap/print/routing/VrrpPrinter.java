package io.ringtap.print.routing;

import io.ringtap.packet.Checksum;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// VRRP: version 2 (RFC 3768) and version 3 (RFC 5798), which IPv6 has too.
public final class VrrpPrinter implements Protocol {
  private static final int PROTOCOL = 112;
  private static final int ADVERTISEMENT = 1;
  private static final int HEADER = 8; // bytes before the addresses
  private static final int PASSWORD = 8; // bytes after them

  private static final Names AUTHENTICATIONS =
      Names.of(
          """
          0 none
          1 simple
          2 ah\
          """);

  private final Line line;

  public VrrpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("vrrp");
    line.text("VRRP");
    Carrier carrier = line.carrier();
    int version = line.u8(at) >> 4;
    int type = line.u8(at) & 0xF;
    boolean isAdvertisement = type == ADVERTISEMENT;
    line.print("v%u, ", version);
    line.name(isAdvertisement ? "Advertisement" : null, "unknown type (%u)", type);
    if (carrier.hops() != 255) {
      line.print(", (ttl %u)", carrier.hops());
    }
    if (!isAdvertisement || version < 2 || version > 3) {
      return;
    }
    line.print(", vrid %u, prio %u", line.u8(at + 1), line.u8(at + 2));
    int authentication = version == 2 ? line.u8(at + 4) : 0;
    if (version == 2) {
      line.text(", authtype ").name(AUTHENTICATIONS.find(authentication), "#%u", authentication);
      line.print(", intvl %us, length %u", line.u8(at + 5), length);
    } else {
      line.print(", intvl %ucs, length %u", line.u16(at + 4) & 0xFFF, length);
    }
    if (line.isVerbose()) {
      int count = line.u8(at + 3);
      checksum(carrier, version, at, length);
      addresses(carrier, at, count);
      if (authentication == 1) {
        long password = at + HEADER + count * 4L;
        line.text(" auth \"").paddedText(password, PASSWORD).text("\"");
      }
    }
  }

  private void checksum(Carrier carrier, int version, long at, long length) {
    if (!line.has(at, length)) {
      return;
    }
    long sum =
        version == 2 ? Checksum.sum(line.frame(), at, length) : carrier.sum(PROTOCOL, at, length);
    if (!Checksum.isValid(sum)) {
      line.print(", (bad vrrp cksum %x)", line.u16(at + 6));
    }
  }

  private void addresses(Carrier carrier, long at, int count) {
    line.text(", addrs");
    if (count > 1) {
      line.print("(%u)", count);
    }
    line.text(":");
    int bytes = carrier.isIpv6() ? 16 : 4;
    long address = at + HEADER;
    for (int i = 0; i < count && line.needs(address, bytes); i++) {
      line.text(i == 0 ? " " : ",").address(carrier.isIpv6(), address);
      address += bytes;
    }
  }
}

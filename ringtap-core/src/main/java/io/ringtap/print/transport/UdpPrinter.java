package io.ringtap.print.transport;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.UdpHeader;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// UDP (RFC 768), and what a port says that it carries.
public final class UdpPrinter implements Protocol {
  private final Line line;
  private final Protocols protocols;

  public UdpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("udp");
    Carrier carrier = line.carrier();
    if (!line.has(at, 4)) {
      carrier.addresses();
      line.mark("udp");
      return;
    }
    line.ports(UdpHeader.sourcePort(line.frame(), at), UdpHeader.destinationPort(line.frame(), at));
    carrier.endpoints();
    if (length < UdpHeader.BYTES) {
      line.print("truncated-udp %u", length);
      return;
    }
    int claimed = line.has(at, 6) ? UdpHeader.length(line.frame(), at) : UdpHeader.BYTES;
    if (claimed < UdpHeader.BYTES) {
      line.print("truncated-udplength %u", claimed);
      return;
    }
    if (!line.has(at, UdpHeader.BYTES)) {
      line.mark("udp");
      return;
    }
    long payload = Math.min(length, claimed) - UdpHeader.BYTES;
    int asked = carrier.isIpv6() ? 1 : 2;
    boolean isAssumed = protocols.isAssumed(NumberSpace.UDP_PORT);
    boolean hasChecksum = line.isVerifying() && line.verbosity() >= asked;
    if (hasChecksum && !isAssumed && !carrier.isFragment()) {
      checksum(carrier, at, payload + UdpHeader.BYTES);
    }
    if ((isAssumed || !line.isQuiet()) && payload(at + UdpHeader.BYTES, payload)) {
      return;
    }
    if (claimed > length && !carrier.isFragment()) {
      line.print("UDP, bad length %u > %u", claimed - UdpHeader.BYTES, payload);
    } else {
      line.print("UDP, length %u", claimed - UdpHeader.BYTES);
      if (!line.isQuiet()) {
        NumberSpace after = NumberSpace.UDP_PORT_AFTER_LENGTH;
        boolean _ = protocols.printByPort(after, at + UdpHeader.BYTES, payload);
      }
    }
  }

  private boolean payload(long at, long length) {
    return protocols.printByPort(NumberSpace.UDP_PORT, at, length)
        || protocols.print(NumberSpace.UDP_DESTINATION, line.destinationPort(), at, length);
  }

  private void checksum(Carrier carrier, long at, long length) {
    int stored = UdpHeader.checksum(line.frame(), at);
    if (stored == 0 && !carrier.isIpv6()) {
      line.text("[no cksum] ");
      return;
    }
    if (!line.has(at, length)) {
      return;
    }
    long sum = carrier.sum(IpProtocol.UDP, at, length);
    if (Checksum.isValid(sum) && stored != 0) {
      line.text("[udp sum ok] ");
    } else {
      line.print("[bad udp cksum 0x%04x -> 0x%04x!] ", stored, Carrier.shouldBe(sum, stored));
    }
  }
}

package io.ringtap.print;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.DnsMessage;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.UdpHeader;

/// UDP, with DNS in it.
final class UdpPrinter {
  private final Line line;
  private final DnsPrinter dns;

  UdpPrinter(Line line, DnsPrinter dns) {
    this.line = line;
    this.dns = dns;
  }

  /// @param length bytes on the wire, header and payload
  void print(Carrier carrier, long at, long length) {
    if (!line.has(at, 4)) {
      carrier.addresses();
      line.cut("udp");
      return;
    }
    int sourcePort = UdpHeader.sourcePort(line.frame, at);
    int destinationPort = UdpHeader.destinationPort(line.frame, at);
    carrier.endpoints(sourcePort, destinationPort);
    if (length < UdpHeader.BYTES) {
      line.text("truncated-udp ").number(length);
      return;
    }
    if (!UdpHeader.isWhole(line.frame, at, line.end)) {
      line.cut("udp");
      return;
    }
    int claimed = UdpHeader.length(line.frame, at);
    if (claimed < UdpHeader.BYTES) {
      line.text("truncated-udplength ").number(claimed);
      return;
    }
    long payload = Math.min(length, claimed) - UdpHeader.BYTES;
    int asked = carrier.isIpv6() ? 1 : 2;
    if (!line.options.isQuiet()
        && line.options.verbosity() >= asked
        && carrier.canSum()
        && line.has(at, claimed)) {
      checksum(carrier, at, claimed);
    }
    if (claimed > length) {
      line.text("UDP, bad length ").number(claimed - UdpHeader.BYTES);
      line.text(" > ").number(payload);
    } else if (line.options.isQuiet()) {
      line.text("UDP, length ").number(payload);
    } else if (isDns(sourcePort, destinationPort, DnsMessage.PORT)) {
      dns.print(at + UdpHeader.BYTES, payload, false);
    } else if (isDns(sourcePort, destinationPort, DnsMessage.MULTICAST_PORT)) {
      dns.print(at + UdpHeader.BYTES, payload, true);
    } else {
      line.text("UDP, length ").number(payload);
    }
  }

  private static boolean isDns(int sourcePort, int destinationPort, int port) {
    return sourcePort == port || destinationPort == port;
  }

  private void checksum(Carrier carrier, long at, int length) {
    int stored = UdpHeader.checksum(line.frame, at);
    long sum = carrier.sum(IpProtocol.UDP, at, length);
    if (stored == 0 && !carrier.isIpv6()) {
      line.text("[no cksum] ");
    } else if (Checksum.isValid(sum) && stored != 0) {
      line.text("[udp sum ok] ");
    } else {
      line.text("[bad udp cksum ").hex(stored, 4);
      line.text(" -> ").hex(Carrier.shouldBe(sum, stored), 4).text("!] ");
    }
  }
}

package io.ringtap.print.security;

import io.ringtap.packet.IpProtocol;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// ESP in UDP, IKE on the same port, and keepalives for NAT (RFC 3948 §2).
public final class UdpEspPrinter implements Protocol {
  private static final int MARKER = 4; // bytes of zeros before IKE
  private static final int KEEPALIVE = 0xFF;

  private final Line line;
  private final Protocols protocols;
  private final Protocol ike;

  public UdpEspPrinter(Line line, Protocols protocols, Protocol ike) {
    this.line = line;
    this.protocols = protocols;
    this.ike = ike;
  }

  @Override
  public void print(long at, long length) {
    line.enter("isakmp_rfc3948");
    if (length == 1 && line.u8(at) == KEEPALIVE) {
      line.text("isakmp-nat-keep-alive");
      return;
    }
    if (length < MARKER) {
      line.cut();
      return;
    }
    if (line.u32(at) == 0) {
      line.text("NONESP-encap: ");
      ike.print(at + MARKER, length - MARKER);
    } else {
      line.text("UDP-encap: ");
      boolean _ = protocols.print(NumberSpace.IP_PROTOCOL, IpProtocol.ESP, at, length);
    }
  }
}

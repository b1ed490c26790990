package io.ringtap.ping.engine.socket;

import static io.ringtap.bpf.BpfAssembler.NEXT;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.LinuxSll;
import io.ringtap.ping.engine.probe.EchoPayload;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeCookie;
import io.ringtap.ping.engine.probe.ProbeIdentity;

/// The program by which a tap shows a pinger's own requests as they depart, and nothing else.
///
/// A request is known by the pinger's tag in its payload, which address translation leaves alone;
/// one too short for a tag, by its identifier. Of a request in fragments the first is shown.
final class DepartureFilter {
  /// What is kept of a packet: an IPv4 header with all its options, of 60 bytes, or an IPv6 header
  /// and a fragment header, then the ICMP header and the cookie; and 4 bytes more, for the ring.
  static final int CAPLEN = 60 + IcmpHeader.BYTES + ProbeCookie.BYTES + 4;

  private DepartureFilter() {}

  /// For a cooked packet socket, whose packets begin with the network header.
  static BpfProgram of(ProbeIdentity identity) {
    IdentifierBlock block = identity.identifiers();
    int fragment = Ipv6Header.BYTES;
    return new BpfAssembler()
        .ldPacketType()
        .jeq(LinuxSll.OUTGOING, NEXT, "drop")
        .ldProtocol()
        .jeq(EtherType.IPV4, "ipv4", NEXT)
        .jeq(EtherType.IPV6, "ipv6", "drop")
        .bind("ipv4")
        .ldByte(Ipv4Header.PROTOCOL)
        .jeq(IpProtocol.ICMP, NEXT, "drop")
        .ldHalf(Ipv4Header.FRAGMENT)
        .jset(Ipv4Header.FRAGMENT_OFFSET, "drop", NEXT)
        .ldxMsh(0)
        .ldByteIndexed(IcmpHeader.TYPE)
        .jeq(IcmpType.ECHO_REQUEST, "request", NEXT)
        .jeq(IcmpType.TIMESTAMP_REQUEST, "identifier", "drop")
        .bind("ipv6")
        .ldImmediate(Ipv6Header.BYTES)
        .tax()
        .ldByte(Ipv6Header.NEXT_HEADER)
        .jeq(IpProtocol.ICMPV6, "icmpv6", NEXT)
        .jeq(IpProtocol.FRAGMENT, NEXT, "drop")
        .ldByte(fragment + Ipv6Extension.NEXT_HEADER)
        .jeq(IpProtocol.ICMPV6, NEXT, "drop")
        .ldHalf(fragment + Ipv6Extension.FRAGMENT)
        .jset(0xfff8, "drop", NEXT)
        .ldImmediate(fragment + Ipv6Extension.MIN_BYTES)
        .tax()
        .bind("icmpv6")
        .ldByteIndexed(IcmpHeader.TYPE)
        .jeq(Icmpv6Type.ECHO_REQUEST, NEXT, "drop")
        .bind("request")
        .ldLength()
        .subX()
        .jge(IcmpHeader.BYTES + EchoPayload.TAGGED_BYTES, NEXT, "identifier")
        .ldWordIndexed(IcmpHeader.BYTES + ProbeCookie.BYTES)
        .jeq(identity.tag(), "keep", "drop")
        .bind("identifier")
        .ldHalfIndexed(IcmpHeader.IDENTIFIER)
        .and(block.mask())
        .jeq(block.base(), NEXT, "drop")
        .bind("keep")
        .ret(CAPLEN)
        .bind("drop")
        .ret(0)
        .assemble();
  }
}

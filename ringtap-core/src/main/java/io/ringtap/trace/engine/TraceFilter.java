package io.ringtap.trace.engine;

import static io.ringtap.bpf.BpfAssembler.KEEP_ALL;
import static io.ringtap.bpf.BpfAssembler.NEXT;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;

/// The programs by which the kernel throws away what does not answer a tracer's probes.
final class TraceFilter {
  /// What is kept of a departure: up to the probe's number in the payload.
  static final int CAPLEN = 64;

  private TraceFilter() {}

  /// For raw ICMP sockets: echo replies to our identifiers if probes are ICMP, and errors that
  /// quote a packet of the probes' protocol.
  static BpfProgram answers(ProbeIdentity identity, boolean ipv6) {
    boolean isIcmp = identity.protocol() == IpProtocol.ICMP;
    int quoted = IcmpHeader.BYTES;
    BpfAssembler program = new BpfAssembler();
    if (ipv6) {
      program
          .ldImmediate(0)
          .tax()
          .ldByte(IcmpHeader.TYPE)
          .jeq(Icmpv6Type.ECHO_REPLY, isIcmp ? "reply" : "drop", NEXT)
          .jge(Icmpv6Type.ECHO_REQUEST, "drop", NEXT)
          .ldByte(quoted + Ipv6Header.NEXT_HEADER)
          .jeq(isIcmp ? IpProtocol.ICMPV6 : identity.protocol(), "keep", "drop");
    } else {
      program
          .ldxMsh(0)
          .ldByteIndexed(IcmpHeader.TYPE)
          .jeq(IcmpType.ECHO_REPLY, isIcmp ? "reply" : "drop", NEXT)
          .ldByteIndexed(quoted + Ipv4Header.PROTOCOL)
          .jeq(identity.protocol(), "keep", "drop");
    }
    if (isIcmp) {
      program
          .bind("reply")
          .ldHalfIndexed(IcmpHeader.IDENTIFIER)
          .and(ProbeIdentity.MASK)
          .jeq(identity.base(), "keep", "drop");
    }
    return program.bind("keep").ret(KEEP_ALL).bind("drop").ret(0).assemble();
  }

  /// For raw TCP sockets: what comes to our ports.
  static BpfProgram segments(ProbeIdentity identity, boolean ipv6) {
    BpfAssembler program = new BpfAssembler();
    if (ipv6) {
      program.ldImmediate(0).tax();
    } else {
      program.ldxMsh(0);
    }
    return program
        .ldHalfIndexed(TcpHeader.DESTINATION_PORT)
        .and(ProbeIdentity.MASK)
        .jeq(identity.base(), NEXT, "drop")
        .ret(KEEP_ALL)
        .bind("drop")
        .ret(0)
        .assemble();
  }

  /// For a cooked packet socket, whose packets begin with the network header: our probes as they
  /// depart, known by their tag, which address translation leaves alone.
  static BpfProgram departures(ProbeIdentity identity) {
    boolean isTcp = identity.protocol() == IpProtocol.TCP;
    int icmpv6 = identity.protocol() == IpProtocol.ICMP ? IpProtocol.ICMPV6 : identity.protocol();
    BpfAssembler program =
        new BpfAssembler()
            .ldPacketType()
            .jeq(LinuxSll.OUTGOING, NEXT, "drop")
            .ldProtocol()
            .jeq(EtherType.IPV4, "ipv4", NEXT)
            .jeq(EtherType.IPV6, NEXT, "drop")
            .ldByte(Ipv6Header.NEXT_HEADER)
            .jeq(icmpv6, NEXT, "drop")
            .ldImmediate(Ipv6Header.BYTES)
            .tax()
            .ja("tag")
            .bind("ipv4")
            .ldByte(Ipv4Header.PROTOCOL)
            .jeq(identity.protocol(), NEXT, "drop")
            .ldHalf(Ipv4Header.FRAGMENT)
            .jset(Ipv4Header.FRAGMENT_OFFSET, "drop", NEXT)
            .ldxMsh(0)
            .bind("tag");
    if (isTcp) {
      program.ldHalfIndexed(TcpHeader.SEQUENCE).jeq(identity.tag() >>> 16, NEXT, "drop");
    } else {
      program.ldWordIndexed(UdpHeader.BYTES).jeq(identity.tag(), NEXT, "drop");
    }
    return program.ret(CAPLEN).bind("drop").ret(0).assemble();
  }
}

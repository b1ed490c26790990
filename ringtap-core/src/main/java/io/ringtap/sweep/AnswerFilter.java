package io.ringtap.sweep;

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

/// The program by which the kernel shows a cooked packet socket, whose packets begin with the
/// network header, the answers to one sweep: replies to its identifier or source ports, and ICMP
/// errors that quote its probes. Fragments and packets of others are not shown.
final class AnswerFilter {
  /// What is kept of a packet: headers, their options, and what errors quote of a probe.
  static final int SNAPLEN = 256;

  private final SweepProbe.Kind kind;
  private final int identifier;
  private final int firstPort;

  private AnswerFilter(SweepProbe.Kind kind, int identifier, int firstPort) {
    this.kind = kind;
    this.identifier = identifier;
    this.firstPort = firstPort;
  }

  /// @param identifier of echo requests
  /// @param firstPort of the source ports of others
  static BpfProgram of(SweepProbe.Kind kind, int identifier, int firstPort) {
    return new AnswerFilter(kind, identifier, firstPort).assemble();
  }

  private BpfProgram assemble() {
    BpfAssembler program = new BpfAssembler();
    program
        .ldPacketType()
        .jeq(LinuxSll.OTHERHOST, "drop", NEXT)
        .jeq(LinuxSll.OUTGOING, "drop", NEXT)
        .ldProtocol()
        .jeq(EtherType.IPV4, "ipv4", NEXT)
        .jeq(EtherType.IPV6, "ipv6", "drop");
    ipv4(program);
    ipv6(program);
    // X says where the answer, or the probe that an error quotes, begins.
    if (kind == SweepProbe.Kind.ECHO) {
      program
          .bind("quoted")
          .bind("reply")
          .ldHalfIndexed(IcmpHeader.IDENTIFIER)
          .jeq(identifier, "keep", "drop");
    } else {
      program.bind("quoted").ldHalfIndexed(UdpHeader.SOURCE_PORT);
      ports(program);
      program.bind("reply");
      if (kind == SweepProbe.Kind.SYN) {
        program
            .ldByteIndexed(TcpHeader.FLAGS)
            .jset(TcpHeader.RST, "port", NEXT)
            .and(TcpHeader.SYN | TcpHeader.ACK)
            .jeq(TcpHeader.SYN | TcpHeader.ACK, NEXT, "drop")
            .bind("port");
      }
      program.ldHalfIndexed(UdpHeader.DESTINATION_PORT);
      ports(program);
    }
    return program.bind("keep").ret(SNAPLEN).bind("drop").ret(0).assemble();
  }

  private void ports(BpfAssembler program) {
    int last = firstPort + SweepOptions.Origin.SOURCE_PORTS - 1;
    program.jge(firstPort, NEXT, "drop").jgt(last, "drop", "keep");
  }

  private void ipv4(BpfAssembler program) {
    int quoted = IcmpHeader.BYTES;
    program
        .bind("ipv4")
        .ldHalf(Ipv4Header.FRAGMENT)
        .jset(Ipv4Header.FRAGMENT_OFFSET | Ipv4Header.MORE_FRAGMENTS, "drop", NEXT)
        .ldxMsh(0)
        .ldByte(Ipv4Header.PROTOCOL);
    if (kind == SweepProbe.Kind.ECHO) {
      program
          .jeq(IpProtocol.ICMP, NEXT, "drop")
          .ldByteIndexed(IcmpHeader.TYPE)
          .jeq(IcmpType.ECHO_REPLY, "reply", NEXT);
    } else {
      program
          .jeq(ProbeWriter.protocol(kind, false), "reply", NEXT)
          .jeq(IpProtocol.ICMP, NEXT, "drop")
          .ldByteIndexed(IcmpHeader.TYPE);
    }
    program
        .jeq(IcmpType.DESTINATION_UNREACHABLE, "error", NEXT)
        .jeq(IcmpType.TIME_EXCEEDED, "error", NEXT)
        .jeq(IcmpType.PARAMETER_PROBLEM, "error", NEXT)
        .jeq(IcmpType.SOURCE_QUENCH, "error", "drop")
        .bind("error")
        .ldByteIndexed(quoted + Ipv4Header.PROTOCOL)
        .jeq(ProbeWriter.protocol(kind, false), NEXT, "drop")
        .ldHalfIndexed(quoted + Ipv4Header.FRAGMENT)
        .jset(Ipv4Header.FRAGMENT_OFFSET, "drop", NEXT)
        .ldByteIndexed(quoted)
        .and(0xf)
        .lsh(2)
        .addX()
        .add(quoted)
        .tax();
    if (kind == SweepProbe.Kind.ECHO) {
      program.ldByteIndexed(IcmpHeader.TYPE).jeq(IcmpType.ECHO_REQUEST, "quoted", "drop");
    } else {
      program.ja("quoted");
    }
  }

  private void ipv6(BpfAssembler program) {
    int quoted = Ipv6Header.BYTES + IcmpHeader.BYTES;
    program.bind("ipv6").ldImmediate(Ipv6Header.BYTES).tax().ldByte(Ipv6Header.NEXT_HEADER);
    if (kind == SweepProbe.Kind.ECHO) {
      program
          .jeq(IpProtocol.ICMPV6, NEXT, "drop")
          .ldByteIndexed(IcmpHeader.TYPE)
          .jeq(Icmpv6Type.ECHO_REPLY, "reply", NEXT);
    } else {
      program
          .jeq(ProbeWriter.protocol(kind, true), "reply", NEXT)
          .jeq(IpProtocol.ICMPV6, NEXT, "drop")
          .ldByteIndexed(IcmpHeader.TYPE);
    }
    program
        .jge(Icmpv6Type.DESTINATION_UNREACHABLE, NEXT, "drop")
        .jgt(Icmpv6Type.PARAMETER_PROBLEM, "drop", NEXT)
        .ldByte(quoted + Ipv6Header.NEXT_HEADER)
        .jeq(ProbeWriter.protocol(kind, true), NEXT, "drop")
        .ldImmediate(quoted + Ipv6Header.BYTES)
        .tax();
    if (kind == SweepProbe.Kind.ECHO) {
      program.ldByteIndexed(IcmpHeader.TYPE).jeq(Icmpv6Type.ECHO_REQUEST, "quoted", "drop");
    } else {
      program.ja("quoted");
    }
  }
}

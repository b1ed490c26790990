package io.ringtap.ping.engine.socket;

import static io.ringtap.bpf.BpfAssembler.KEEP_ALL;
import static io.ringtap.bpf.BpfAssembler.NEXT;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.ping.engine.probe.IdentifierBlock;

/// The programs by which raw ICMP sockets are shown a pinger's own answers only: echo and timestamp
/// replies to its identifiers, and ICMP errors that quote its requests.
final class AnswerFilter {
  /// Headers that are walked past between the quoted IPv6 header and the quoted request.
  private static final int MOST_EXTENSIONS = 3;

  private static final int NEXT_HEADER = 0; // where the walk keeps it in scratch memory

  private AnswerFilter() {}

  /// For a raw IPv4 socket, whose packets begin with the IP header and are whole.
  static BpfProgram onIpv4(IdentifierBlock block) {
    BpfAssembler program =
        new BpfAssembler()
            .ldxMsh(0)
            .ldByteIndexed(0)
            .jeq(IcmpType.ECHO_REPLY, "identifier", NEXT)
            .jeq(IcmpType.TIMESTAMP_REPLY, "identifier", NEXT)
            .jeq(IcmpType.DESTINATION_UNREACHABLE, "error", NEXT)
            .jeq(IcmpType.TIME_EXCEEDED, "error", NEXT)
            .jeq(IcmpType.PARAMETER_PROBLEM, "error", NEXT)
            .jeq(IcmpType.REDIRECT, "error", NEXT)
            .jeq(IcmpType.SOURCE_QUENCH, "error", "drop")
            .bind("error");
    quotedIpv4(program);
    return identifier(program, block);
  }

  /// X says where an ICMP error begins; drops it unless it quotes an echo or timestamp request, and
  /// moves X to that.
  static void quotedIpv4(BpfAssembler program) {
    int quoted = IcmpHeader.BYTES;
    program
        .ldByteIndexed(quoted + Ipv4Header.PROTOCOL)
        .jeq(IpProtocol.ICMP, NEXT, "drop")
        .ldHalfIndexed(quoted + Ipv4Header.FRAGMENT)
        .jset(Ipv4Header.FRAGMENT_OFFSET, "drop", NEXT)
        // X moves to the quoted request, past the quoted header's own options.
        .ldByteIndexed(quoted)
        .and(0xf)
        .lsh(2)
        .addX()
        .add(quoted)
        .tax()
        .ldByteIndexed(0)
        .jeq(IcmpType.ECHO_REQUEST, "identifier", NEXT)
        .jeq(IcmpType.TIMESTAMP_REQUEST, "identifier", "drop");
  }

  /// For a raw ICMPv6 socket, whose packets begin with the ICMPv6 header. Every type that quotes a
  /// packet is an error, also those that nobody has thought of yet (RFC 4443 §2.4).
  static BpfProgram onIpv6(IdentifierBlock block) {
    int quoted = IcmpHeader.BYTES;
    BpfAssembler program =
        new BpfAssembler()
            .ldImmediate(0)
            .tax()
            .ldByte(IcmpHeader.TYPE)
            .jeq(Icmpv6Type.ECHO_REPLY, "identifier", NEXT)
            .jge(Icmpv6Type.ECHO_REQUEST, "drop", NEXT)
            .ldImmediate(quoted + Ipv6Header.BYTES)
            .tax()
            .ldByte(quoted + Ipv6Header.NEXT_HEADER);
    for (int i = 0; i < MOST_EXTENSIONS; i++) {
      extension(program, i);
    }
    program
        .jeq(IpProtocol.ICMPV6, NEXT, "drop")
        .bind("echo")
        .ldByteIndexed(0)
        .jeq(Icmpv6Type.ECHO_REQUEST, "identifier", "drop");
    return identifier(program, block);
  }

  /// A holds a next header and X says where it begins; moves both past it if it is an extension
  /// header. A large request of ours is quoted after a fragment header.
  private static void extension(BpfAssembler program, int number) {
    String options = "options" + number;
    String fragment = "fragment" + number;
    String next = "next" + number;
    program
        .jeq(IpProtocol.ICMPV6, "echo", NEXT)
        .jeq(IpProtocol.FRAGMENT, fragment, NEXT)
        .jeq(IpProtocol.HOP_BY_HOP, options, NEXT)
        .jeq(IpProtocol.ROUTING, options, NEXT)
        .jeq(IpProtocol.DESTINATION_OPTIONS, options, "drop")
        .bind(options)
        .ldByteIndexed(Ipv6Extension.NEXT_HEADER)
        .store(NEXT_HEADER)
        .ldByteIndexed(Ipv6Extension.LENGTH)
        .add(1)
        .lsh(3)
        .addX()
        .tax()
        .ja(next)
        .bind(fragment)
        .ldHalfIndexed(Ipv6Extension.FRAGMENT)
        .jset(0xfff8, "drop", NEXT)
        .ldByteIndexed(Ipv6Extension.NEXT_HEADER)
        .store(NEXT_HEADER)
        .txa()
        .add(Ipv6Extension.MIN_BYTES)
        .tax()
        .bind(next)
        .ldScratch(NEXT_HEADER);
  }

  private static BpfProgram identifier(BpfAssembler program, IdentifierBlock block) {
    return program
        .bind("identifier")
        .ldHalfIndexed(IcmpHeader.IDENTIFIER)
        .and(block.mask())
        .jeq(block.base(), NEXT, "drop")
        .ret(KEEP_ALL)
        .bind("drop")
        .ret(0)
        .assemble();
  }
}

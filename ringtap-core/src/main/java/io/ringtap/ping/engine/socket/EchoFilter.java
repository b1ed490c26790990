package io.ringtap.ping.engine.socket;

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
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.LinuxSll;
import io.ringtap.ping.engine.probe.IdentifierBlock;

/// The programs by which the kernel throws away every packet that is not a pinger's own.
final class EchoFilter {
  /// Replies with a larger ICMP message may have come in fragments. The ring is not shown them; the
  /// raw sockets are, when the kernel has put them together. An IPv6 link carries at least 1280
  /// bytes whole (RFC 8200 §5), and a ring's packets are bounded by its blocks.
  private static final int LARGEST_MESSAGE = 1280 - Ipv6Header.BYTES;

  /// The largest payload whose reply the ring is shown.
  static final int LARGEST_ON_RING = LARGEST_MESSAGE - IcmpHeader.BYTES;

  /// What is kept of a packet: the largest message, after an IPv4 header with all its options or an
  /// IPv6 one with a fragment header.
  private static final int SNAPLEN = 60 + LARGEST_MESSAGE;

  private EchoFilter() {}

  /// For a cooked packet socket, whose packets begin with the network header: of what departs,
  /// requests of the block; of what arrives, unfragmented replies to them and errors that quote
  /// them.
  static BpfProgram onRing(IdentifierBlock block) {
    BpfAssembler program = new BpfAssembler();
    program
        .ldPacketType()
        .jeq(LinuxSll.OTHERHOST, "drop", NEXT)
        .ldProtocol()
        .jeq(EtherType.IPV4, "ipv4", NEXT)
        .jeq(EtherType.IPV6, "ipv6", "drop");
    ipv4(program);
    ipv6(program);
    return program
        .bind("identifier")
        .ldHalfIndexed(IcmpHeader.IDENTIFIER)
        .and(block.mask())
        .jeq(block.base(), NEXT, "drop")
        .ret(SNAPLEN)
        .bind("drop")
        .ret(0)
        .assemble();
  }

  private static void ipv4(BpfAssembler program) {
    program
        .bind("ipv4")
        .ldByte(Ipv4Header.PROTOCOL)
        .jeq(IpProtocol.ICMP, NEXT, "drop")
        .ldHalf(Ipv4Header.FRAGMENT)
        .jset(Ipv4Header.FRAGMENT_OFFSET, "drop", NEXT)
        .ldxMsh(0)
        .ldPacketType()
        .jeq(LinuxSll.OUTGOING, "departing", NEXT)
        .ldByteIndexed(0)
        .jeq(IcmpType.ECHO_REPLY, "reply", NEXT)
        .jeq(IcmpType.TIMESTAMP_REPLY, "reply", NEXT)
        .jeq(IcmpType.DESTINATION_UNREACHABLE, "error", NEXT)
        .jeq(IcmpType.TIME_EXCEEDED, "error", NEXT)
        .jeq(IcmpType.PARAMETER_PROBLEM, "error", "drop")
        .bind("departing")
        .ldByteIndexed(0)
        .jeq(IcmpType.ECHO_REQUEST, "identifier", NEXT)
        .jeq(IcmpType.TIMESTAMP_REQUEST, "identifier", "drop")
        .bind("reply")
        .ldHalf(Ipv4Header.FRAGMENT)
        .jset(Ipv4Header.MORE_FRAGMENTS, "drop", NEXT)
        .ldHalf(Ipv4Header.TOTAL_LENGTH)
        .jgt(Ipv4Header.MIN_BYTES + LARGEST_MESSAGE, "drop", "identifier")
        .bind("error");
    AnswerFilter.quotedIpv4(program);
  }

  private static void ipv6(BpfAssembler program) {
    int icmp = Ipv6Header.BYTES;
    int quoted = icmp + IcmpHeader.BYTES;
    int fragment = icmp;
    program
        .bind("ipv6")
        .ldImmediate(icmp)
        .tax()
        .ldByte(Ipv6Header.NEXT_HEADER)
        .jeq(IpProtocol.FRAGMENT, "fragment6", NEXT)
        .jeq(IpProtocol.ICMPV6, NEXT, "drop")
        .ldPacketType()
        .jeq(LinuxSll.OUTGOING, "departing6", NEXT)
        .ldByteIndexed(0)
        .jeq(Icmpv6Type.ECHO_REPLY, "reply6", NEXT)
        .jeq(Icmpv6Type.DESTINATION_UNREACHABLE, "error6", NEXT)
        .jeq(Icmpv6Type.PACKET_TOO_BIG, "error6", NEXT)
        .jeq(Icmpv6Type.TIME_EXCEEDED, "error6", NEXT)
        .jeq(Icmpv6Type.PARAMETER_PROBLEM, "error6", "drop")
        .bind("reply6")
        .ldHalf(Ipv6Header.PAYLOAD_LENGTH)
        .jgt(LARGEST_MESSAGE, "drop", "identifier")
        // A large request departs in fragments, of which the first shows when.
        .bind("fragment6")
        .ldPacketType()
        .jeq(LinuxSll.OUTGOING, NEXT, "drop")
        .ldByte(fragment)
        .jeq(IpProtocol.ICMPV6, NEXT, "drop")
        .ldHalf(fragment + Ipv6Extension.FRAGMENT)
        .jset(0xfff8, "drop", NEXT)
        .ldImmediate(fragment + Ipv6Extension.MIN_BYTES)
        .tax()
        .bind("departing6")
        .ldByteIndexed(0)
        .jeq(Icmpv6Type.ECHO_REQUEST, "identifier", "drop")
        .bind("error6")
        .ldByte(quoted + Ipv6Header.NEXT_HEADER)
        .jeq(IpProtocol.ICMPV6, NEXT, "drop")
        .ldImmediate(quoted + Ipv6Header.BYTES)
        .tax()
        .ldByteIndexed(0)
        .jeq(Icmpv6Type.ECHO_REQUEST, "identifier", "drop");
  }

  /// For a raw IPv4 socket, whose packets begin with the IP header: the replies that the ring is
  /// not shown.
  static BpfProgram onRawIpv4(IdentifierBlock block) {
    BpfAssembler program =
        new BpfAssembler()
            .ldHalf(Ipv4Header.TOTAL_LENGTH)
            .jgt(Ipv4Header.MIN_BYTES + LARGEST_MESSAGE, NEXT, "drop")
            .ldxMsh(0);
    return reply(program, IcmpType.ECHO_REPLY, block);
  }

  /// For a raw ICMPv6 socket, whose packets begin with the ICMPv6 header: replies too large for the
  /// ring.
  static BpfProgram onRawIpv6(IdentifierBlock block) {
    BpfAssembler program =
        new BpfAssembler().ldLength().jgt(LARGEST_MESSAGE, NEXT, "drop").ldImmediate(0).tax();
    return reply(program, Icmpv6Type.ECHO_REPLY, block);
  }

  private static BpfProgram reply(BpfAssembler program, int reply, IdentifierBlock block) {
    return program
        .ldByteIndexed(0)
        .jeq(reply, NEXT, "drop")
        .ldHalfIndexed(IcmpHeader.IDENTIFIER)
        .and(block.mask())
        .jeq(block.base(), NEXT, "drop")
        .ret(KEEP_ALL)
        .bind("drop")
        .ret(0)
        .assemble();
  }
}

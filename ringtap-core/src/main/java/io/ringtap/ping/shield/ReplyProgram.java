package io.ringtap.ping.shield;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.SHIFT_RIGHT;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.ANY_BIT;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.Comparison.NOT_EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.Width.BYTE;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.HALF;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.linux.abi.bpf.XdpMd;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;

/// Writes the XDP program that drops foreign echo replies, and passes all else.
///
/// A reply is looked at only if it is plain: to this interface's hardware address, without a VLAN
/// tag, without IPv4 options or IPv6 extension headers, and no fragment. It is foreign if its
/// destination is an address of this interface, and no echo request with its identifier has left
/// this host.
final class ReplyProgram {
  private static final int IP = EthernetHeader.BYTES;
  private static final int ICMP = IP + Ipv4Header.MIN_BYTES;
  private static final int ICMPV6 = IP + Ipv6Header.BYTES;
  private static final int WITHOUT_OPTIONS = 0x45; // IPv4's first byte
  private static final int FRAGMENT = Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET;

  // On the stack.
  private static final int ADDRESS = -2 * Long.BYTES;
  private static final int INDEX = ADDRESS - Integer.BYTES;

  private static final EbpfRegister FRAME = R6;
  private static final EbpfRegister END = R7;
  private static final EbpfRegister IDENTIFIER = R8;

  private final EbpfAssembler program = new EbpfAssembler();

  private ReplyProgram() {}

  /// Writes the program.
  ///
  /// @param hardwareAddress of the interface, in 6 bytes
  static EbpfProgram of(byte[] hardwareAddress) {
    ReplyProgram writing = new ReplyProgram();
    writing.link(hardwareAddress);
    writing.ipv4();
    writing.ipv6();
    writing.judge();
    return writing.program.assemble();
  }

  private void link(byte[] hardwareAddress) {
    program.load(WORD, FRAME, R1, XdpMd.DATA).load(WORD, END, R1, XdpMd.DATA_END);
    requireBytes(ICMP + IcmpHeader.BYTES);
    for (int i = 0; i < hardwareAddress.length; i++) {
      program.load(BYTE, R1, FRAME, EthernetHeader.DESTINATION + (long) i);
      program.jumpIf(R1, NOT_EQUAL, Byte.toUnsignedInt(hardwareAddress[i]), "pass");
    }
    program.load(HALF, R1, FRAME, EthernetHeader.ETHER_TYPE).toNetworkOrder(R1, 16);
    program.jumpIf(R1, EQUAL, EtherType.IPV6, "ipv6");
    program.jumpIf(R1, NOT_EQUAL, EtherType.IPV4, "pass");
  }

  private void requireBytes(int bytes) {
    program.move(R1, FRAME).apply(ADD, R1, bytes).jumpIf(R1, ABOVE, END, "pass");
  }

  private void ipv4() {
    program.load(BYTE, R1, FRAME, IP).jumpIf(R1, NOT_EQUAL, WITHOUT_OPTIONS, "pass");
    program.load(BYTE, R1, FRAME, IP + (long) Ipv4Header.PROTOCOL);
    program.jumpIf(R1, NOT_EQUAL, IpProtocol.ICMP, "pass");
    program.load(HALF, R1, FRAME, IP + (long) Ipv4Header.FRAGMENT).toNetworkOrder(R1, 16);
    program.jumpIf(R1, ANY_BIT, FRAGMENT, "pass");
    icmp(ICMP, IcmpType.ECHO_REPLY);
    // As ShieldMaps has them: mapped into IPv6.
    program.store(DOUBLE, R10, ADDRESS, 0).store(WORD, R10, ADDRESS + 8L, ShieldMaps.MAPPED);
    program.load(WORD, R1, FRAME, IP + (long) Ipv4Header.DESTINATION);
    program.store(WORD, R10, ADDRESS + 12L, R1).jump("address");
  }

  private void ipv6() {
    program.label("ipv6");
    requireBytes(ICMPV6 + IcmpHeader.BYTES);
    program.load(BYTE, R1, FRAME, IP).apply(SHIFT_RIGHT, R1, 4).jumpIf(R1, NOT_EQUAL, 6, "pass");
    program.load(BYTE, R1, FRAME, IP + (long) Ipv6Header.NEXT_HEADER);
    program.jumpIf(R1, NOT_EQUAL, IpProtocol.ICMPV6, "pass");
    icmp(ICMPV6, Icmpv6Type.ECHO_REPLY);
    // In words, as the frame's IP header is not aligned to 8.
    for (int i = 0; i < ADDRESS / -Integer.BYTES; i++) {
      long part = (long) i * Integer.BYTES;
      program.load(WORD, R1, FRAME, IP + Ipv6Header.DESTINATION + part);
      program.store(WORD, R10, ADDRESS + part, R1);
    }
    program.label("address");
  }

  private void icmp(int at, int type) {
    program.load(BYTE, R1, FRAME, at).jumpIf(R1, NOT_EQUAL, type, "pass");
    program.load(HALF, IDENTIFIER, FRAME, at + (long) IcmpHeader.IDENTIFIER);
    program.toNetworkOrder(IDENTIFIER, 16);
  }

  /// A reply to this interface, whose identifier is in R8.
  private void judge() {
    program.map(R1, ShieldMaps.ADDRESSES).move(R2, R10).apply(ADD, R2, ADDRESS);
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, "pass");
    program.store(WORD, R10, INDEX, IDENTIFIER);
    find(ShieldMaps.IDENTIFIERS);
    program.load(DOUBLE, R1, R0, 0).jumpIf(R1, NOT_EQUAL, 0, "pass");

    program.store(WORD, R10, INDEX, ShieldMaps.UNREADABLE);
    find(ShieldMaps.STATE);
    program.load(DOUBLE, R1, R0, 0).jumpIf(R1, NOT_EQUAL, 0, "foreign");
    program.store(WORD, R10, INDEX, ShieldMaps.UNTIL);
    find(ShieldMaps.STATE);
    program.load(DOUBLE, R7, R0, 0).call(EbpfHelper.KTIME_GET_COARSE_NS);
    program.jumpIf(R0, ABOVE, R7, "foreign");
    program.store(WORD, R10, INDEX, ShieldMaps.DROPPED);
    count();
    program.move(R0, XdpAction.DROP.number()).exit();

    program.label("foreign").store(WORD, R10, INDEX, ShieldMaps.PASSED);
    count();
    program.label("pass").move(R0, XdpAction.PASS.number()).exit();
  }

  private void count() {
    find(ShieldMaps.COUNTS);
    program.load(DOUBLE, R1, R0, 0).apply(ADD, R1, 1).store(DOUBLE, R0, 0, R1);
  }

  /// Puts the address of the element at [#INDEX] of a map into R0.
  private void find(String map) {
    program.map(R1, map).move(R2, R10).apply(ADD, R2, INDEX);
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, "pass");
  }
}

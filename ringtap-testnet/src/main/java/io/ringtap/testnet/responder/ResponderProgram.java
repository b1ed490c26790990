package io.ringtap.testnet.responder;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.AND;
import static io.ringtap.ebpf.Arithmetic.MODULO;
import static io.ringtap.ebpf.Arithmetic.MULTIPLY;
import static io.ringtap.ebpf.Arithmetic.SHIFT_RIGHT;
import static io.ringtap.ebpf.Arithmetic.XOR;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.AT_LEAST;
import static io.ringtap.ebpf.Comparison.BELOW;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.Comparison.NOT_EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R5;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.EbpfRegister.R9;
import static io.ringtap.ebpf.Width.BYTE;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.HALF;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
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
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.TcpOption;
import io.ringtap.packet.UdpHeader;
import io.ringtap.testnet.Prefix;

/// The XDP program of a prefix: it turns each request into its answer in place and sends the frame
/// back where it came from. What is not a request to the prefix it passes to the stack.
final class ResponderProgram {
  private static final EbpfRegister FRAME = R6;
  private static final EbpfRegister END = R7;
  private static final EbpfRegister TARGET = R8; // the last 32 bits of the destination
  private static final EbpfRegister COUNT = R9; // which counter

  /// The map of counters, by [ResponderCounter].
  static final String COUNTERS = "counters";

  /// The map of how many requests each deaf address has had, by the number of the address.
  static final String REQUESTS = "requests";

  private static final int KEY = -4; // on the stack
  private static final int IP = EthernetHeader.BYTES;
  private static final int IPV4_TRANSPORT = IP + Ipv4Header.MIN_BYTES;
  private static final int IPV6_TRANSPORT = IP + Ipv6Header.BYTES;
  private static final int PLAIN_HEADER = 0x45;
  private static final int TIMESTAMP_OPTION =
      TcpOption.NO_OPERATION << 24 | TcpOption.NO_OPERATION << 16 | TcpOption.TIMESTAMPS << 8 | 10;
  private static final int ANY_NUMBER = 0x1234_5678;

  private final EbpfAssembler program = new EbpfAssembler();
  private final Prefix prefix;
  private final AnswerRule rule;

  private ResponderProgram(Prefix prefix, AnswerRule rule) {
    this.prefix = prefix;
    this.rule = rule;
  }

  static EbpfProgram assemble(Prefix prefix, AnswerRule rule) {
    return new ResponderProgram(prefix.network(), rule).assemble();
  }

  private EbpfProgram assemble() {
    program.load(WORD, FRAME, R1, XdpMd.DATA).load(WORD, END, R1, XdpMd.DATA_END);
    if (prefix.address().isIpv6()) {
      ipv6();
    } else {
      ipv4();
    }
    swapEthernet();
    count();
    program.move(R0, XdpAction.TX.number()).exit();
    program.label("pass").move(R0, XdpAction.PASS.number()).exit();
    if (rule.silentPermille() > 0) {
      drop("silent", ResponderCounter.SILENT);
    }
    if (rule.deafPermille() > 0) {
      drop("deaf", ResponderCounter.DEAF);
    }
    return program.assemble();
  }

  private void drop(String label, ResponderCounter counter) {
    program.label(label).move(COUNT, counter.slot);
    count();
    program.move(R0, XdpAction.DROP.number()).exit();
  }

  /// Passes frames that end before `bytes`, which the verifier then knows are there.
  private void require(int bytes) {
    program.move(R1, FRAME).apply(ADD, R1, bytes).jumpIf(R1, ABOVE, END, "pass");
  }

  private void requireHalf(int offset, int value) {
    program.load(HALF, R1, FRAME, offset).toNetworkOrder(R1, 16);
    program.jumpIf(R1, NOT_EQUAL, value, "pass");
  }

  private void requireByte(int offset, int value) {
    program.load(BYTE, R1, FRAME, offset).jumpIf(R1, NOT_EQUAL, value, "pass");
  }

  private void ipv4() {
    require(IPV4_TRANSPORT + IcmpHeader.BYTES);
    requireHalf(EthernetHeader.ETHER_TYPE, EtherType.IPV4);
    requireByte(IP, PLAIN_HEADER);
    program.load(WORD, TARGET, FRAME, IP + Ipv4Header.DESTINATION).toNetworkOrder(TARGET, 32);
    program.move(R1, TARGET).apply32(AND, R1, (int) prefix.lowMask());
    program.jumpIf32(R1, NOT_EQUAL, (int) prefix.address().low(), "pass");
    program.load(BYTE, R2, FRAME, IP + Ipv4Header.PROTOCOL);
    program.jumpIf(R2, EQUAL, IpProtocol.TCP, "tcp").jumpIf(R2, EQUAL, IpProtocol.UDP, "udp");
    program.jumpIf(R2, NOT_EQUAL, IpProtocol.ICMP, "pass");

    requireByte(IPV4_TRANSPORT, IcmpType.ECHO_REQUEST);
    program.move(COUNT, ResponderCounter.ECHO_REPLIES.slot);
    applyRule("echo");
    answerEcho(IPV4_TRANSPORT, IcmpType.ECHO_REPLY, IcmpType.ECHO_REQUEST - IcmpType.ECHO_REPLY);
    program.jump("swap");

    program.label("udp").move(COUNT, ResponderCounter.UDP_REPLIES.slot);
    applyRule("udp");
    swapPorts(IPV4_TRANSPORT);
    program.jump("swap");

    program.label("tcp");
    require(IPV4_TRANSPORT + TcpHeader.MIN_BYTES);
    requireByte(IPV4_TRANSPORT + TcpHeader.FLAGS, TcpHeader.SYN);
    program.move(COUNT, ResponderCounter.RESETS.slot);
    applyRule("tcp");
    answerSyn(IPV4_TRANSPORT);

    program.label("swap");
    swap(WORD, IP + Ipv4Header.SOURCE, IP + Ipv4Header.DESTINATION);
  }

  private void ipv6() {
    require(IPV6_TRANSPORT + IcmpHeader.BYTES);
    requireHalf(EthernetHeader.ETHER_TYPE, EtherType.IPV6);
    requireByte(IP + Ipv6Header.NEXT_HEADER, IpProtocol.ICMPV6);
    requireByte(IPV6_TRANSPORT, Icmpv6Type.ECHO_REQUEST);
    long[] halves = {prefix.address().high(), prefix.address().low()};
    long[] masks = {prefix.highMask(), prefix.lowMask()};
    for (int i = 0; i < halves.length; i++) {
      int offset = IP + Ipv6Header.DESTINATION + i * Long.BYTES;
      program.load(DOUBLE, R1, FRAME, offset).toNetworkOrder(R1, 64);
      program.constant(R2, masks[i]).apply(AND, R1, R2).constant(R2, halves[i]);
      program.jumpIf(R1, NOT_EQUAL, R2, "pass");
    }
    int last = IP + Ipv6Header.DESTINATION + 3 * Integer.BYTES;
    program.load(WORD, TARGET, FRAME, last).toNetworkOrder(TARGET, 32);
    program.move(COUNT, ResponderCounter.ECHO_REPLIES.slot);
    applyRule("echo");
    answerEcho(
        IPV6_TRANSPORT, Icmpv6Type.ECHO_REPLY, Icmpv6Type.ECHO_REQUEST - Icmpv6Type.ECHO_REPLY);
    for (int i = 0; i < 2; i++) {
      int offset = IP + i * Long.BYTES;
      swap(DOUBLE, offset + Ipv6Header.SOURCE, offset + Ipv6Header.DESTINATION);
    }
  }

  /// Drops requests to addresses that do not answer them.
  private void applyRule(String kind) {
    int silent = rule.silentPermille();
    int deaf = silent + rule.deafPermille();
    if (deaf == 0) {
      return;
    }
    program.move(R1, TARGET).apply32(MULTIPLY, R1, AnswerRule.MULTIPLIER);
    program.apply32(SHIFT_RIGHT, R1, AnswerRule.SHIFT).apply32(MODULO, R1, AnswerRule.PERMILLE);
    if (silent > 0) {
      program.jumpIf(R1, BELOW, silent, "silent");
    }
    if (rule.deafPermille() > 0) {
      String hears = kind + " hears";
      program.jumpIf(R1, AT_LEAST, deaf, hears);
      int hosts = (int) (prefix.lowMask() ^ 0xffff_ffffL);
      program.move(R1, TARGET).apply32(AND, R1, hosts).store(WORD, R10, KEY, R1);
      program.map(R1, REQUESTS).move(R2, R10).apply(ADD, R2, KEY);
      program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, "pass");
      // One CPU at a time runs the program: all of an address comes through one queue of the cable.
      program.load(DOUBLE, R1, R0, 0).jumpIf(R1, AT_LEAST, rule.deafness(), hears);
      program.apply(ADD, R1, 1).store(DOUBLE, R0, 0, R1).jump("deaf");
      program.label(hears);
    }
  }

  /// Turns an echo request into a reply, whose checksum is larger by what the type is smaller.
  private void answerEcho(int offset, int reply, int difference) {
    program.store(BYTE, FRAME, offset, reply);
    int checksum = offset + IcmpHeader.CHECKSUM;
    program.load(HALF, R1, FRAME, checksum).toNetworkOrder(R1, 16);
    program.apply(ADD, R1, difference > 0 ? difference << 8 : 0xffff + (difference << 8));
    fold(R1, R2);
    program.toNetworkOrder(R1, 16).store(HALF, FRAME, checksum, R1);
  }

  /// Turns a SYN into a SYN-ACK or a RST. The checksum follows the words that change; a sum is the
  /// same in either order of bytes (RFC 1071).
  private void answerSyn(int offset) {
    swapPorts(offset);
    program.load(HALF, R5, FRAME, offset + TcpHeader.CHECKSUM).apply(XOR, R5, 0xffff);
    program.load(WORD, R3, FRAME, offset + TcpHeader.SEQUENCE).toNetworkOrder(R3, 32);
    program.apply32(ADD, R3, 1).toNetworkOrder(R3, 32);
    replace(offset + TcpHeader.ACKNOWLEDGMENT);
    program.load(WORD, R3, FRAME, offset + TcpHeader.DATA_OFFSET).toNetworkOrder(R3, 32);
    program.apply32(AND, R3, 0xff00_ffff);
    program.load(HALF, R1, FRAME, offset + TcpHeader.SOURCE_PORT).toNetworkOrder(R1, 16);
    for (int port : rule.openPorts()) {
      program.jumpIf(R1, EQUAL, port, "open");
    }
    program.apply32(ADD, R3, (TcpHeader.RST | TcpHeader.ACK) << 16).toNetworkOrder(R3, 32);
    replace(offset + TcpHeader.DATA_OFFSET);
    program.move(R3, 0);
    replace(offset + TcpHeader.SEQUENCE);
    program.jump("closed");
    if (!rule.openPorts().isEmpty()) {
      program.label("open").move(COUNT, ResponderCounter.SYN_ACKS.slot);
      program.apply32(ADD, R3, (TcpHeader.SYN | TcpHeader.ACK) << 16).toNetworkOrder(R3, 32);
      replace(offset + TcpHeader.DATA_OFFSET);
      program.move(R3, ANY_NUMBER);
      replace(offset + TcpHeader.SEQUENCE);
      returnTimestamp(offset + TcpHeader.MIN_BYTES + Integer.BYTES);
    }
    program.label("closed");
    fold(R5, R2);
    program.apply(XOR, R5, 0xffff).store(HALF, FRAME, offset + TcpHeader.CHECKSUM, R5);
  }

  /// Returns the timestamp of a SYN whose option is at an offset, as it is after the maximum
  /// segment size.
  private void returnTimestamp(int offset) {
    int end = offset + 3 * Integer.BYTES;
    program.move(R1, FRAME).apply(ADD, R1, end).jumpIf(R1, ABOVE, END, "closed");
    program.load(WORD, R1, FRAME, offset).toNetworkOrder(R1, 32);
    program.jumpIf32(R1, NOT_EQUAL, TIMESTAMP_OPTION, "closed");
    program.load(WORD, R3, FRAME, offset + Integer.BYTES);
    replace(offset + 2 * Integer.BYTES);
    program.move(R3, ANY_NUMBER);
    replace(offset + Integer.BYTES);
  }

  /// Stores R3 and adds to the sum in R5 what that changes.
  private void replace(int offset) {
    program.load(WORD, R4, FRAME, offset).apply32(XOR, R4, -1).apply(ADD, R5, R4);
    program.store(WORD, FRAME, offset, R3).apply32(ADD, R3, 0).apply(ADD, R5, R3);
  }

  /// Folds a sum of some words of 32 bits to 16 bits.
  private void fold(EbpfRegister sum, EbpfRegister scratch) {
    for (int i = 0; i < 4; i++) {
      program.move(scratch, sum).apply(SHIFT_RIGHT, scratch, 16);
      program.apply(AND, sum, 0xffff).apply(ADD, sum, scratch);
    }
  }

  private void swapPorts(int offset) {
    swap(HALF, offset + UdpHeader.SOURCE_PORT, offset + UdpHeader.DESTINATION_PORT);
  }

  private void swap(Width width, int one, int other) {
    program.load(width, R1, FRAME, one).load(width, R2, FRAME, other);
    program.store(width, FRAME, one, R2).store(width, FRAME, other, R1);
  }

  private void swapEthernet() {
    swap(WORD, EthernetHeader.DESTINATION, EthernetHeader.SOURCE);
    swap(HALF, EthernetHeader.DESTINATION + 4, EthernetHeader.SOURCE + 4);
  }

  private void count() {
    program.store(WORD, R10, KEY, COUNT).map(R1, COUNTERS).move(R2, R10).apply(ADD, R2, KEY);
    String end = program.freshLabel("counted");
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, end);
    program.move(R1, 1).addAtomically(DOUBLE, R0, 0, R1);
    program.label(end);
  }
}

package io.ringtap.ping.shield;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.AND;
import static io.ringtap.ebpf.Arithmetic.SHIFT_LEFT;
import static io.ringtap.ebpf.Comparison.ANY_BIT;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.Comparison.NOT_EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
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
import io.ringtap.linux.abi.bpf.SkBuff;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;

/// Writes the program for a packet socket that keeps the identifier of each echo request that
/// leaves this host, from whatever process, container or forwarded host it comes. The kernel runs
/// it before it hands a packet to the driver, so the identifier is known before there can be a
/// reply. The socket receives nothing.
///
/// Of a request in fragments the first has the identifier. A packet that has more than
/// [#MOST_EXTENSIONS] of IPv6's extension headers is not read; from then on nothing is dropped.
final class RequestProgram {
  private static final int MOST_EXTENSIONS = 8;
  private static final int LATER_FRAGMENT = 0xfff8; // of IPv6's fragment header

  // On the stack: a copy of packet bytes, and the number of an element.
  private static final int COPY = -Long.BYTES;
  private static final int INDEX = COPY - Long.BYTES;

  private static final EbpfRegister CONTEXT = R6;
  private static final EbpfRegister AT = R7; // bytes before the next header
  private static final EbpfRegister NEXT = R8; // what the next header is
  private static final EbpfRegister TYPE = R9; // of an echo request

  private final EbpfAssembler program = new EbpfAssembler();

  private RequestProgram() {}

  /// Writes the program, for a cooked socket, whose packets begin with the network header.
  static EbpfProgram of() {
    RequestProgram writing = new RequestProgram();
    writing.begin();
    writing.ipv4();
    writing.ipv6();
    writing.keep();
    return writing.program.assemble();
  }

  private void begin() {
    program.move(CONTEXT, R1).load(WORD, R2, R1, SkBuff.PKT_TYPE);
    program.jumpIf(R2, NOT_EQUAL, IfPacket.PACKET_OUTGOING, "end");
    program.load(WORD, R2, R1, SkBuff.PROTOCOL).toNetworkOrder(R2, 16);
    program.jumpIf(R2, EQUAL, EtherType.IPV6, "ipv6");
    program.jumpIf(R2, NOT_EQUAL, EtherType.IPV4, "end");
  }

  private void ipv4() {
    copy(0, 1);
    program.load(BYTE, AT, R10, COPY).apply(AND, AT, 0xf).apply(SHIFT_LEFT, AT, 2);
    copy(Ipv4Header.FRAGMENT, 4);
    program.load(BYTE, R1, R10, COPY + Ipv4Header.PROTOCOL - (long) Ipv4Header.FRAGMENT);
    program.jumpIf(R1, NOT_EQUAL, IpProtocol.ICMP, "end");
    program.load(HALF, R1, R10, COPY).toNetworkOrder(R1, 16);
    program.jumpIf(R1, ANY_BIT, Ipv4Header.FRAGMENT_OFFSET, "end");
    program.move(TYPE, IcmpType.ECHO_REQUEST).jump("icmp");
  }

  private void ipv6() {
    program.label("ipv6");
    copy(Ipv6Header.NEXT_HEADER, 1);
    program.load(BYTE, NEXT, R10, COPY).move(AT, Ipv6Header.BYTES);
    program.move(TYPE, Icmpv6Type.ECHO_REQUEST);
    for (int i = 0; i < MOST_EXTENSIONS; i++) {
      extension("extension." + i);
    }
    program.jumpIf(NEXT, EQUAL, IpProtocol.ICMPV6, "icmp");
    program.store(WORD, R10, INDEX, ShieldMaps.UNREADABLE);
    mark(ShieldMaps.STATE);
    program.jump("end");
  }

  /// Passes over an extension header, if there is one.
  private void extension(String name) {
    String fragment = name + ".fragment";
    String authentication = name + ".ah";
    String sized = name + ".sized";
    program.jumpIf(NEXT, EQUAL, IpProtocol.ICMPV6, "icmp");
    for (int next = 0; next <= 0xff; next++) {
      if (Ipv6Extension.isOne(next)) {
        program.jumpIf(NEXT, EQUAL, next, name);
      }
    }
    program.jump("end").label(name);
    copy(AT, 4);
    program.load(BYTE, R1, R10, COPY + (long) Ipv6Extension.LENGTH);
    program.jumpIf(NEXT, EQUAL, IpProtocol.FRAGMENT, fragment);
    program.jumpIf(NEXT, EQUAL, IpProtocol.AH, authentication);
    program.apply(ADD, R1, 1).apply(SHIFT_LEFT, R1, 3).jump(sized);
    program.label(authentication).apply(ADD, R1, 2).apply(SHIFT_LEFT, R1, 2).jump(sized);
    program.label(fragment).load(HALF, R1, R10, COPY + (long) Ipv6Extension.FRAGMENT);
    program.toNetworkOrder(R1, 16).jumpIf(R1, ANY_BIT, LATER_FRAGMENT, "end");
    program.move(R1, Ipv6Extension.MIN_BYTES).label(sized).apply(ADD, AT, R1);
    program.load(BYTE, NEXT, R10, COPY + (long) Ipv6Extension.NEXT_HEADER);
  }

  /// Marks the identifier of the ICMP message at [#AT], if it is a request.
  private void keep() {
    program.label("icmp");
    copy(AT, IcmpHeader.BYTES);
    program.load(BYTE, R1, R10, COPY).jumpIf(R1, NOT_EQUAL, TYPE, "end");
    program.load(HALF, R1, R10, COPY + (long) IcmpHeader.IDENTIFIER).toNetworkOrder(R1, 16);
    program.store(WORD, R10, INDEX, R1);
    mark(ShieldMaps.IDENTIFIERS);
    program.label("end").move(R0, 0).exit();
  }

  private void mark(String map) {
    program.map(R1, map).move(R2, R10).apply(ADD, R2, INDEX);
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, "end");
    program.store(DOUBLE, R0, 0, 1);
  }

  private void copy(int from, int bytes) {
    program.move(R2, from);
    copyFromR2(bytes);
  }

  private void copy(EbpfRegister from, int bytes) {
    program.move(R2, from);
    copyFromR2(bytes);
  }

  private void copyFromR2(int bytes) {
    program.move(R1, CONTEXT).move(R3, R10).apply(ADD, R3, COPY).move(R4, bytes);
    program.call(EbpfHelper.SKB_LOAD_BYTES).jumpIf(R0, NOT_EQUAL, 0, "end");
  }
}

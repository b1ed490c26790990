package io.ringtap.top;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.AND;
import static io.ringtap.ebpf.Arithmetic.MOVE;
import static io.ringtap.ebpf.Arithmetic.OR;
import static io.ringtap.ebpf.Arithmetic.SHIFT_LEFT;
import static io.ringtap.ebpf.Arithmetic.SHIFT_RIGHT;
import static io.ringtap.ebpf.Arithmetic.SUBTRACT;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.AT_MOST;
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
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.VlanTag;

/// The part of an XDP program that reads the key of an Ethernet frame: the same words that
/// [KeyKind#read] gets from the frame's [io.ringtap.packet.PacketLayers].
///
/// It begins with the frame in R2, its end in R3, the context in R6 and the frame's length in R7.
/// The key's words are on the stack when the program goes on at one of two labels: [#IP], or
/// [#NOT_IP], where only kinds that do not [need IP][KeyKind#needsIp] have a key. R7 is left as it
/// is; the last [#STACK_BYTES] of the stack are written to.
///
/// Most of a packet is read where it lies. Extension headers of IPv6 are read by calls: they may
/// lie anywhere, and the verifier would follow each of their combinations.
final class KeyProgram {
  /// Where an IP packet goes on.
  static final String IP = "key.ip";

  /// Where another packet, or one with a malformed IP header, goes on.
  static final String NOT_IP = "key.other";

  /// Bytes at the end of the stack that are written to.
  static final int STACK_BYTES = 2 * Long.BYTES;

  private static final String TYPED = "key.typed";
  private static final String CUT = "key.cut";
  private static final String IPV4 = "key.ipv4";
  private static final String IPV6 = "key.ipv6";
  private static final String WALK = "key.walk";
  private static final String PORTS = "key.ports";
  private static final String WITHOUT_PORTS = "key.portless";
  private static final String HEADED = "key.headed";

  private static final int MAX_NESTED = 16; // as in PacketLayers
  private static final int PORT_BYTES = 4;
  private static final int VLAN_ID = 0xfff; // of the tag's control information
  private static final int NO_LIMIT = 1 << 20; // bytes, more than any frame has

  // On the stack: bytes of the frame, and a header's kind during a call.
  private static final int COPY = -Long.BYTES;
  private static final int KIND = -2 * Long.BYTES;

  private static final EbpfRegister HEADER = R4; // the network header
  private static final EbpfRegister PROTOCOL = R5;
  private static final EbpfRegister CONTEXT = R6;
  private static final EbpfRegister BYTES = R7; // of the frame
  private static final EbpfRegister LEFT = R8; // bytes that the IP packet still has
  private static final EbpfRegister AT = R9; // bytes before the next header; later the ports

  private final EbpfAssembler program;
  private final KeyKind kind;
  private final int at;

  private KeyProgram(EbpfAssembler program, KeyKind kind, int at) {
    this.program = program;
    this.kind = kind;
    this.at = at;
  }

  /// Appends the reading of a key, up to the label [#IP].
  ///
  /// @param at where the key is to be on the stack: a negative offset from R10, with room for its
  ///   words
  static void append(EbpfAssembler program, KeyKind kind, int at) {
    KeyProgram key = new KeyProgram(program, kind, at);
    key.link();
    key.notIp();
    key.ipv4();
    key.ipv6();
    if (key.needsProtocol()) {
      key.walk();
      key.ports();
      key.head();
    }
    program.label(HEADED).label(IP);
  }

  private boolean needsProtocol() {
    return needsPorts() || kind == KeyKind.PROTOCOL;
  }

  private boolean needsPorts() {
    return switch (kind) {
      case FLOW, PORT, SOURCE_PORT, DESTINATION_PORT -> true;
      case SOURCE, DESTINATION, PAIR, PROTOCOL, VLAN -> false;
    };
  }

  /// The Ethernet header and VLAN tags. The EtherType is in R5 afterwards.
  private void link() {
    if (kind == KeyKind.VLAN) {
      program.store(DOUBLE, R10, at, -1); // as long as there is none
    }
    program.move(AT, EthernetHeader.BYTES);
    program.move(HEADER, R2).apply(ADD, HEADER, EthernetHeader.BYTES);
    program.jumpIf(HEADER, ABOVE, R3, CUT);
    program.load(HALF, R5, R2, EthernetHeader.ETHER_TYPE).toNetworkOrder(R5, 16);
    for (int i = 0; i < MAX_NESTED; i++) {
      String tag = "key.tag." + i;
      program.jumpIf(R5, EQUAL, EtherType.VLAN, tag).jumpIf(R5, EQUAL, EtherType.QINQ, tag);
      program.jumpIf(R5, NOT_EQUAL, EtherType.QINQ_PRE_STANDARD, "key.untagged").label(tag);
      program.move(R1, HEADER).apply(ADD, R1, VlanTag.BYTES).jumpIf(R1, ABOVE, R3, CUT);
      if (i == 0 && kind == KeyKind.VLAN) {
        program.load(HALF, R0, HEADER, VlanTag.CONTROL_INFORMATION).toNetworkOrder(R0, 16);
        program.apply(AND, R0, VLAN_ID).store(DOUBLE, R10, at, R0);
      }
      program.load(HALF, R5, HEADER, VlanTag.ETHER_TYPE).toNetworkOrder(R5, 16);
      program.move(HEADER, R1).apply(ADD, AT, VlanTag.BYTES);
    }
    program.label("key.untagged");
    program.jumpIf(R5, EQUAL, EtherType.IPV4, IPV4).jumpIf(R5, EQUAL, EtherType.IPV6, IPV6);
    program.jump(TYPED);
  }

  private void notIp() {
    program.label(CUT).apply32(MOVE, R5, -1).label(TYPED);
    if (kind == KeyKind.PROTOCOL) {
      program.store(DOUBLE, R10, at, R5);
    }
    program.jump(NOT_IP);
  }

  private void ipv4() {
    program.label(IPV4).move(R0, HEADER).apply(ADD, R0, Ipv4Header.MIN_BYTES);
    program.jumpIf(R0, ABOVE, R3, TYPED);
    program.load(BYTE, R0, HEADER, 0).move(R1, R0).apply(SHIFT_RIGHT, R1, 4);
    program.jumpIf(R1, NOT_EQUAL, 4, TYPED).apply(AND, R0, 0xf).apply(SHIFT_LEFT, R0, 2);
    program.jumpIf(R0, BELOW, Ipv4Header.MIN_BYTES, TYPED);
    program.load(HALF, LEFT, HEADER, Ipv4Header.TOTAL_LENGTH).toNetworkOrder(LEFT, 16);
    // A total length of zero is a packet that the network card has yet to cut into segments.
    program.jumpIf(LEFT, NOT_EQUAL, 0, "key.limited4").move(LEFT, NO_LIMIT).label("key.limited4");
    program.jumpIf(LEFT, BELOW, R0, TYPED);
    version(4);
    addresses(Integer.BYTES, Ipv4Header.SOURCE, Ipv4Header.DESTINATION);
    if (needsProtocol()) {
      program.load(BYTE, PROTOCOL, HEADER, Ipv4Header.PROTOCOL);
    }
    if (needsPorts()) {
      program.load(HALF, R1, HEADER, Ipv4Header.FRAGMENT).toNetworkOrder(R1, 16);
      program.apply(AND, R1, Ipv4Header.FRAGMENT_OFFSET).jumpIf(R1, NOT_EQUAL, 0, WITHOUT_PORTS);
      program.apply(SUBTRACT, LEFT, R0).jumpIf(LEFT, BELOW, PORT_BYTES, WITHOUT_PORTS);
      program.move(R1, HEADER).apply(ADD, R1, R0);
      readPorts(R1);
    } else {
      program.jump(needsProtocol() ? WITHOUT_PORTS : HEADED);
    }
  }

  private void ipv6() {
    program.label(IPV6).move(R0, HEADER).apply(ADD, R0, Ipv6Header.BYTES);
    program.jumpIf(R0, ABOVE, R3, TYPED);
    program.load(BYTE, R1, HEADER, 0).apply(SHIFT_RIGHT, R1, 4).jumpIf(R1, NOT_EQUAL, 6, TYPED);
    version(6);
    addresses(2 * Long.BYTES, Ipv6Header.SOURCE, Ipv6Header.DESTINATION);
    if (!needsProtocol()) {
      return;
    }
    program.load(HALF, LEFT, HEADER, Ipv6Header.PAYLOAD_LENGTH).toNetworkOrder(LEFT, 16);
    program.jumpIf(LEFT, NOT_EQUAL, 0, "key.limited6").move(LEFT, NO_LIMIT).label("key.limited6");
    program.load(BYTE, PROTOCOL, HEADER, Ipv6Header.NEXT_HEADER);
    jumpIfExtension(WALK);
    if (needsPorts()) {
      program.jumpIf(LEFT, BELOW, PORT_BYTES, WITHOUT_PORTS);
      program.move(R1, HEADER).apply(ADD, R1, Ipv6Header.BYTES);
      readPorts(R1);
    } else {
      program.jump(WITHOUT_PORTS);
    }
  }

  /// Goes to [#PORTS] with those of the transport header at `header`, if it is all there and has
  /// any.
  private void readPorts(EbpfRegister header) {
    String there = program.freshLabel(PORTS);
    program.move(R2, header).apply(ADD, R2, PORT_BYTES).jumpIf(R2, ABOVE, R3, WITHOUT_PORTS);
    jumpIfWithPorts(there);
    program.jump(WITHOUT_PORTS);
    program.label(there).load(WORD, AT, header, 0).toNetworkOrder(AT, 32).jump(PORTS);
  }

  private void jumpIfWithPorts(String there) {
    for (int protocol = 0; protocol <= 0xff; protocol++) {
      if (IpProtocol.hasPorts(protocol)) {
        program.jumpIf(PROTOCOL, EQUAL, protocol, there);
      }
    }
  }

  private void jumpIfExtension(String there) {
    for (int next = 0; next <= 0xff; next++) {
      if (Ipv6Extension.isOne(next)) {
        program.jumpIf(PROTOCOL, EQUAL, next, there);
      }
    }
  }

  /// Passes over extension headers.
  private void walk() {
    program.label(WALK).apply(ADD, AT, Ipv6Header.BYTES);
    for (int i = 0; i < MAX_NESTED; i++) {
      String extension = WALK + "." + i;
      if (i > 0) {
        jumpIfExtension(extension);
        program.jump(WALK + ".end");
      }
      program.label(extension);
      extension(extension);
    }
    jumpIfExtension(WITHOUT_PORTS);
    program.label(WALK + ".end");
    if (needsPorts()) {
      String there = WALK + ".ports";
      program.jumpIf(LEFT, BELOW, PORT_BYTES, WITHOUT_PORTS);
      jumpIfWithPorts(there);
      program.jump(WITHOUT_PORTS).label(there);
      copy(PORT_BYTES);
      program.load(WORD, AT, R10, COPY).toNetworkOrder(AT, 32).jump(PORTS);
    } else {
      program.jump(WITHOUT_PORTS);
    }
  }

  private void extension(String name) {
    String fragment = name + ".fragment";
    String authentication = name + ".ah";
    String sized = name + ".sized";
    program.jumpIf(LEFT, BELOW, Ipv6Extension.MIN_BYTES, WITHOUT_PORTS);
    copy(Ipv6Extension.MIN_BYTES);
    program.load(BYTE, R2, R10, COPY + Ipv6Extension.NEXT_HEADER);
    program.load(BYTE, R1, R10, COPY + Ipv6Extension.LENGTH);
    program.jumpIf(PROTOCOL, EQUAL, IpProtocol.FRAGMENT, fragment);
    program.jumpIf(PROTOCOL, EQUAL, IpProtocol.AH, authentication);
    program.apply(ADD, R1, 1).apply(SHIFT_LEFT, R1, 3).jump(sized);
    program.label(authentication).apply(ADD, R1, 2).apply(SHIFT_LEFT, R1, 2).jump(sized);
    program.label(fragment).load(HALF, R1, R10, COPY + Ipv6Extension.FRAGMENT);
    program.toNetworkOrder(R1, 16).jumpIf(R1, BELOW, 8, fragment + ".first"); // flags only
    program.move(PROTOCOL, R2).jump(WITHOUT_PORTS);
    program.label(fragment + ".first").move(R1, Ipv6Extension.MIN_BYTES).label(sized);
    program.jumpIf(LEFT, BELOW, R1, WITHOUT_PORTS).apply(SUBTRACT, LEFT, R1);
    program.apply(ADD, AT, R1).jumpIf(AT, ABOVE, BYTES, WITHOUT_PORTS).move(PROTOCOL, R2);
  }

  /// Copies bytes of the frame to the stack; those of a frame that ends before have no ports.
  private void copy(int bytes) {
    program.store(DOUBLE, R10, KIND, PROTOCOL);
    program.move(R1, CONTEXT).move(R2, AT).move(R3, R10).apply(ADD, R3, COPY).move(R4, bytes);
    program.call(EbpfHelper.XDP_LOAD_BYTES).load(DOUBLE, PROTOCOL, R10, KIND);
    program.jumpIf(R0, NOT_EQUAL, 0, WITHOUT_PORTS);
  }

  /// Makes of both ports in R9 what the kind has of them.
  private void ports() {
    if (needsPorts()) {
      program.label(PORTS);
      switch (kind) {
        case SOURCE_PORT -> program.apply(SHIFT_RIGHT, AT, 16);
        case DESTINATION_PORT -> program.apply(AND, AT, 0xffff);
        case PORT -> {
          program.move(R1, AT).apply(SHIFT_RIGHT, R1, 16).apply(AND, AT, 0xffff);
          program.jumpIf(AT, AT_MOST, R1, "key.lower").move(AT, R1).label("key.lower");
        }
        case FLOW, SOURCE, DESTINATION, PAIR, PROTOCOL, VLAN -> {}
      }
      program.constant(R1, TrafficKey.PORTS).apply(OR, AT, R1).jump("key.head");
    }
    program.label(WITHOUT_PORTS).move(AT, 0);
  }

  /// Completes the first word.
  private void head() {
    program.label("key.head").load(DOUBLE, R0, R10, at);
    program.apply(SHIFT_LEFT, PROTOCOL, TrafficKey.PROTOCOL_SHIFT).apply(OR, R0, PROTOCOL);
    program.apply(OR, R0, AT).store(DOUBLE, R10, at, R0);
  }

  /// Writes the first word as far as it is known with the IP version.
  private void version(int version) {
    switch (kind) {
      case SOURCE, DESTINATION, PAIR, FLOW, PROTOCOL -> {
        program.constant(R1, TrafficKey.head(version)).store(DOUBLE, R10, at, R1);
      }
      case PORT, SOURCE_PORT, DESTINATION_PORT -> program.store(DOUBLE, R10, at, 0);
      case VLAN -> {} // is there already
    }
  }

  private void addresses(int bytes, int source, int destination) {
    switch (kind) {
      case SOURCE -> address(bytes, source, 1);
      case DESTINATION -> address(bytes, destination, 1);
      case PAIR, FLOW -> {
        address(bytes, source, 1);
        address(bytes, destination, 3);
      }
      case PORT, SOURCE_PORT, DESTINATION_PORT, PROTOCOL, VLAN -> {}
    }
  }

  /// Writes an address, whose upper word is 0 for IPv4. R0 is left as it is.
  private void address(int bytes, int offset, int word) {
    int place = at + word * Long.BYTES;
    if (bytes == Integer.BYTES) {
      program.store(DOUBLE, R10, place, 0).load(WORD, R1, HEADER, offset).toNetworkOrder(R1, 32);
    } else {
      program.load(DOUBLE, R1, HEADER, offset).toNetworkOrder(R1, 64);
      program.store(DOUBLE, R10, place, R1);
      program.load(DOUBLE, R1, HEADER, offset + (long) Long.BYTES).toNetworkOrder(R1, 64);
    }
    program.store(DOUBLE, R10, place + (long) Long.BYTES, R1);
  }
}

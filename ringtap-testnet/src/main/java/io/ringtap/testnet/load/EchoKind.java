package io.ringtap.testnet.load;

import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The frames of [EchoTraffic]: Ethernet, IPv4, ICMP, and a payload of increasing bytes, like that
/// of `ping`.
record EchoKind(EchoTraffic traffic) implements LoadKind {
  static final int ICMP = LoadFrame.IP + Ipv4Header.MIN_BYTES;
  static final int ICMP_CHECKSUM = ICMP + IcmpHeader.CHECKSUM;
  static final int IDENTIFIER = ICMP + IcmpHeader.IDENTIFIER;

  private static final int SEQUENCE = 1;

  @Override
  public MemorySegment template(Arena arena, int bytes) {
    MemorySegment frame = arena.allocate(bytes);
    long destinationMac = Long.parseLong(traffic.destinationMac().replace(":", ""), 16);
    EthernetHeader.write(frame, 0, destinationMac, LoadFrame.SOURCE_MAC, EtherType.IPV4);
    int destination = EchoTraffic.address(traffic.destination());
    Ipv4Header.write(
        frame,
        LoadFrame.IP,
        0,
        bytes - LoadFrame.IP,
        0,
        LoadFrame.HOP_LIMIT,
        IpProtocol.ICMP,
        0,
        destination);
    int type = traffic.isReply() ? IcmpType.ECHO_REPLY : IcmpType.ECHO_REQUEST;
    IcmpHeader.writeEcho(frame, ICMP, type, 0, SEQUENCE);
    for (int i = ICMP + IcmpHeader.BYTES; i < bytes; i++) {
      frame.set(ValueLayout.JAVA_BYTE, i, (byte) (i - ICMP));
    }
    return frame;
  }

  @Override
  public EbpfProgram program(int bytes, XdpAction verdict) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = template(arena, bytes);
      return FrameProgram.assembleEcho(
          traffic,
          ~Ipv4Header.checksum(frame, LoadFrame.IP) & 0xffff,
          ~Checksum.fold(Checksum.sum(frame, ICMP, bytes - ICMP)) & 0xffff,
          verdict);
    }
  }
}

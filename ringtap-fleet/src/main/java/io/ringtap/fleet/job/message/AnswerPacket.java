package io.ringtap.fleet.job.message;

import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketLayers;
import io.ringtap.packet.TcpHeader;
import io.ringtap.sweep.KeptAnswer;
import java.lang.foreign.MemorySegment;

/// Whether the packet of an answer is one: whoever prints it reads its headers without checking.
final class AnswerPacket {
  private AnswerPacket() {}

  static boolean fits(KeptAnswer answer) {
    MemorySegment packet = answer.packet();
    long end = packet.byteSize();
    if (end < Ipv4Header.MIN_BYTES) {
      return false;
    }
    boolean isIpv6 = Ipv4Header.version(packet, 0) == 6;
    boolean isWhole =
        isIpv6 ? Ipv6Header.isWhole(packet, 0, end) : Ipv4Header.isWhole(packet, 0, end);
    if (!isWhole || isIpv6 != answer.target().isIpv6()) {
      return false;
    }
    PacketLayers layers = new PacketLayers();
    layers.read(LinkType.RAW, packet, 0, (int) end);
    long transport = layers.transportOffset();
    return switch (answer.kind()) {
      case ECHO_REPLY, ICMP_ERROR -> true;
      case SYN_ACK, RST ->
          layers.protocol() == IpProtocol.TCP
              && transport >= 0
              && TcpHeader.isWhole(packet, transport, end);
      case UDP_REPLY -> layers.protocol() == IpProtocol.UDP && layers.payloadOffset() >= 0;
    };
  }
}

package io.ringtap.trace.engine;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Writes probes, from the IP header on. One thread uses it.
///
/// All probes of a path agree in what routers choose among equal routes by (Augustin et al.,
/// "Avoiding traceroute anomalies with Paris traceroute", 2006): addresses, ports, flow label,
/// traffic class, and of ICMP the first four bytes and the identifier. What tells probes apart is
/// elsewhere:
///
/// | | identity | made up for by |
/// | --- | --- | --- |
/// | IPv4 | identification | |
/// | ICMP | sequence number | two bytes of payload, so that the checksum is the path's |
/// | UDP | checksum | two bytes of payload |
/// | TCP | sequence number | |
///
/// ICMP and UDP have it in the payload too: tag, number, and the two bytes that make up.
public final class ProbePacket {
  /// Bytes after an ICMP or UDP header: with IPv4, probes are as long as traceroute's (60).
  static final int PAYLOAD_BYTES = 32;

  /// Offset of the probe's number in the payload.
  static final int NUMBER = 4;

  private static final int BALANCE = 6;
  static final int MOST_BYTES = Ipv6Header.BYTES + UdpHeader.BYTES + PAYLOAD_BYTES;
  private static final int WINDOW = 64_240;

  private final ProbeIdentity identity;
  private final int trafficClass;
  private final MemorySegment memory;
  private int length;

  /// @param trafficClass TOS or traffic class of the probes
  public ProbePacket(ProbeIdentity identity, int trafficClass, Arena arena) {
    this.identity = identity;
    this.trafficClass = trafficClass;
    memory = arena.allocate(MOST_BYTES, 8);
  }

  /// The packet that was written last.
  public MemorySegment memory() {
    return memory;
  }

  /// Bytes of the packet that was written last.
  public int length() {
    return length;
  }

  /// Writes a probe.
  ///
  /// @param path which of the flows, from 0
  /// @param number which probe, 1 to 65 534
  public void write(IpAddress source, IpAddress target, int hopLimit, int path, int number) {
    boolean isTcp = identity.protocol() == IpProtocol.TCP;
    int bytes = isTcp ? TcpHeader.MIN_BYTES : UdpHeader.BYTES + PAYLOAD_BYTES;
    memory.fill((byte) 0);
    int start;
    long pseudo;
    if (target.isIpv6()) {
      start = Ipv6Header.BYTES;
      int protocol =
          identity.protocol() == IpProtocol.ICMP ? IpProtocol.ICMPV6 : identity.protocol();
      Ipv6Header.write(
          memory,
          0,
          trafficClass,
          identity.flow(path),
          bytes,
          protocol,
          hopLimit,
          source.high(),
          source.low(),
          target.high(),
          target.low());
      pseudo =
          Checksum.pseudoHeader(
              source.high(), source.low(), target.high(), target.low(), protocol, bytes);
    } else {
      start = Ipv4Header.MIN_BYTES;
      Ipv4Header.write(
          memory,
          0,
          trafficClass,
          start + bytes,
          number,
          hopLimit,
          identity.protocol(),
          (int) source.low(),
          (int) target.low());
      pseudo =
          identity.protocol() == IpProtocol.ICMP
              ? 0
              : Checksum.pseudoHeader(
                  (int) source.low(), (int) target.low(), identity.protocol(), bytes);
    }
    length = start + bytes;
    switch (identity.protocol()) {
      case IpProtocol.TCP -> tcp(start, pseudo, path, number);
      case IpProtocol.UDP -> udp(start, pseudo, path, number);
      default -> icmp(start, pseudo, path, number, target.isIpv6());
    }
  }

  private void tcp(int start, long pseudo, int path, int number) {
    int sequence = (identity.tag() & 0xffff_0000) | number;
    TcpHeader.write(
        memory,
        start,
        identity.flow(path),
        identity.port(),
        sequence,
        0,
        TcpHeader.MIN_BYTES,
        TcpHeader.SYN,
        WINDOW);
    long sum = pseudo + Checksum.sum(memory, start, TcpHeader.MIN_BYTES);
    TcpHeader.checksum(memory, start, Checksum.fold(sum));
  }

  private void udp(int start, long pseudo, int path, int number) {
    int bytes = UdpHeader.BYTES + PAYLOAD_BYTES;
    UdpHeader.write(memory, start, identity.flow(path), identity.port(), bytes);
    UdpHeader.checksum(memory, start, number);
    balance(start, pseudo, number);
  }

  private void icmp(int start, long pseudo, int path, int number, boolean ipv6) {
    int type = ipv6 ? Icmpv6Type.ECHO_REQUEST : IcmpType.ECHO_REQUEST;
    IcmpHeader.writeEcho(memory, start, type, identity.flow(path), number);
    IcmpHeader.checksum(memory, start, identity.flow(path));
    balance(start, pseudo, number);
  }

  /// Fills the payload in so that the checksum that has been written is right.
  private void balance(int start, long pseudo, int number) {
    int payload = start + UdpHeader.BYTES;
    NetworkOrder.word(memory, payload, identity.tag());
    NetworkOrder.unsignedShort(memory, payload + NUMBER, number);
    long sum = pseudo + Checksum.sum(memory, start, UdpHeader.BYTES + PAYLOAD_BYTES);
    NetworkOrder.unsignedShort(memory, payload + BALANCE, Checksum.fold(sum));
  }
}

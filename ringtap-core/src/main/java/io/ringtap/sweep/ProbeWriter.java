package io.ringtap.sweep;

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
import io.ringtap.packet.TcpOption;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Writes the probes of one address family, from their IP header on. One thread uses it.
final class ProbeWriter {
  /// Send time and cookie.
  static final int ECHO_PAYLOAD_BYTES = 2 * Long.BYTES;

  /// A SYN's options: maximum segment size, and timestamps after two bytes of padding.
  private static final int TCP_OPTION_BYTES = 16;

  private static final int TCP_HEADER_BYTES = TcpHeader.MIN_BYTES + TCP_OPTION_BYTES;

  /// Where the value of the timestamps option is.
  private static final int TCP_TIMESTAMP = TcpHeader.MIN_BYTES + 8;

  private static final int WINDOW = 65_535;
  private static final int MICRO = 1000;

  /// Nanoseconds of the timestamps option's unit, as a shift: the option then wraps after a minute.
  static final int TIMESTAMP_SHIFT = 4;

  private final boolean isIpv6;
  private final SweepProbe.Kind kind;
  private final MemorySegment payload;
  private final ProbeSecret secret;
  private final IpAddress source;
  private final int hopLimit;
  private final int headerBytes;
  private final int transportBytes; // header and payload
  private final long unchanging; // the part of the transport's checksum that is the same for all
  private final int segmentSize;

  // Of the probe that is being written.
  private long hash;
  private int attempt;
  private long sentNanos;

  /// @param source of all probes
  ProbeWriter(SweepProbe probe, ProbeSecret secret, IpAddress source, int hopLimit) {
    this.secret = secret;
    this.source = source;
    this.hopLimit = hopLimit;
    isIpv6 = source.isIpv6();
    kind = probe.kind();
    payload = MemorySegment.ofArray(probe.payload());
    headerBytes = isIpv6 ? Ipv6Header.BYTES : Ipv4Header.MIN_BYTES;
    segmentSize = 1500 - headerBytes - TcpHeader.MIN_BYTES;
    transportBytes =
        switch (kind) {
          case ECHO -> IcmpHeader.BYTES + ECHO_PAYLOAD_BYTES;
          case SYN -> TCP_HEADER_BYTES;
          case UDP -> UdpHeader.BYTES + (int) payload.byteSize();
        };
    unchanging =
        switch (kind) {
          case ECHO, SYN -> 0;
          case UDP -> Checksum.sum(payload, 0, payload.byteSize());
        };
  }

  /// Bytes of each probe.
  int bytes() {
    return headerBytes + transportBytes;
  }

  /// The protocol number of these probes.
  static int protocol(SweepProbe.Kind kind, boolean isIpv6) {
    return switch (kind) {
      case ECHO -> isIpv6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
      case SYN -> IpProtocol.TCP;
      case UDP -> IpProtocol.UDP;
    };
  }

  /// Writes a probe.
  ///
  /// @param sentNanos when it leaves, on the monotonic clock
  void write(MemorySegment memory, long offset, SweepTarget target, int attempt, long sentNanos) {
    hash = secret.hash(isIpv6, target.high(), target.low(), target.port(), attempt);
    long transport = offset + headerBytes;
    int protocol = protocol(kind, isIpv6);
    if (isIpv6) {
      Ipv6Header.write(
          memory,
          offset,
          0,
          secret.salt(hash),
          transportBytes,
          protocol,
          hopLimit,
          source.high(),
          source.low(),
          target.high(),
          target.low());
    } else {
      Ipv4Header.write(
          memory,
          offset,
          0,
          bytes(),
          secret.salt(hash),
          hopLimit,
          protocol,
          (int) source.low(),
          (int) target.low());
    }
    this.attempt = attempt;
    this.sentNanos = sentNanos;
    switch (kind) {
      case ECHO -> echo(memory, transport, target);
      case SYN -> syn(memory, transport, target);
      case UDP -> udp(memory, transport, target);
    }
  }

  private void echo(MemorySegment memory, long offset, SweepTarget target) {
    int type = isIpv6 ? Icmpv6Type.ECHO_REQUEST : IcmpType.ECHO_REQUEST;
    int sequence = secret.echoSequence(hash, attempt);
    IcmpHeader.writeEcho(memory, offset, type, secret.identifier(), sequence);
    long data = offset + IcmpHeader.BYTES;
    NetworkOrder.doubleWord(memory, data, sentNanos);
    NetworkOrder.doubleWord(memory, data + Long.BYTES, secret.echoCookie(hash, sentNanos));
    long sum = Checksum.sum(memory, offset, transportBytes);
    if (isIpv6) {
      sum += pseudoHeader(target);
    }
    IcmpHeader.checksum(memory, offset, Checksum.fold(sum));
  }

  private void syn(MemorySegment memory, long offset, SweepTarget target) {
    TcpHeader.write(
        memory,
        offset,
        secret.sourcePort(hash, attempt),
        target.port(),
        secret.tcpSequence(hash) + (int) (sentNanos / MICRO),
        0,
        TCP_HEADER_BYTES,
        TcpHeader.SYN,
        WINDOW);
    long options = offset + TcpHeader.MIN_BYTES;
    NetworkOrder.word(
        memory, options, TcpOption.MAXIMUM_SEGMENT_SIZE << 24 | 4 << 16 | segmentSize);
    int padding = TcpOption.NO_OPERATION << 24 | TcpOption.NO_OPERATION << 16;
    NetworkOrder.word(memory, options + 4, padding | TcpOption.TIMESTAMPS << 8 | 10);
    NetworkOrder.word(memory, offset + TCP_TIMESTAMP, (int) (sentNanos >>> TIMESTAMP_SHIFT));
    NetworkOrder.word(memory, offset + TCP_TIMESTAMP + 4, 0);
    long sum = Checksum.sum(memory, offset, transportBytes) + pseudoHeader(target);
    TcpHeader.checksum(memory, offset, Checksum.fold(sum));
  }

  private void udp(MemorySegment memory, long offset, SweepTarget target) {
    int port = secret.sourcePort(hash, attempt);
    UdpHeader.write(memory, offset, port, target.port(), transportBytes);
    MemorySegment.copy(
        payload,
        ValueLayout.JAVA_BYTE,
        0,
        memory,
        ValueLayout.JAVA_BYTE,
        offset + UdpHeader.BYTES,
        payload.byteSize());
    long sum = Checksum.sum(memory, offset, UdpHeader.BYTES) + unchanging + pseudoHeader(target);
    int checksum = Checksum.fold(sum);
    UdpHeader.checksum(memory, offset, checksum == 0 ? 0xFFFF : checksum);
  }

  private long pseudoHeader(SweepTarget target) {
    int protocol = protocol(kind, isIpv6);
    return isIpv6
        ? Checksum.pseudoHeader(
            source.high(), source.low(), target.high(), target.low(), protocol, transportBytes)
        : Checksum.pseudoHeader((int) source.low(), (int) target.low(), protocol, transportBytes);
  }
}

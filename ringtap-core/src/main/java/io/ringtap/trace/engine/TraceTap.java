package io.ringtap.trace.engine;

import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import io.ringtap.socket.FrameRing;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Shows when probes depart. One thread uses it.
final class TraceTap implements AutoCloseable {
  private static final int DEPARTURES = 1 << 15;

  private final boolean isTcp;
  private final FrameRing ring;
  private final FrameRing.Handler onFrame = this::onFrame;
  private TraceSockets.@Nullable Judge judge;

  private TraceTap(boolean isTcp, FrameRing ring) {
    this.isTcp = isTcp;
    this.ring = ring;
  }

  /// Opens it in the network namespace of the calling thread.
  ///
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  static TraceTap open(ProbeIdentity identity) throws LinuxException {
    FrameRing ring =
        FrameRing.open(TraceFilter.departures(identity), TraceFilter.CAPLEN, DEPARTURES, "the tap");
    return new TraceTap(identity.protocol() == IpProtocol.TCP, ring);
  }

  /// Shows what has departed.
  void drain(TraceSockets.Judge newJudge) {
    judge = newJudge;
    int _ = ring.drain(onFrame);
  }

  private void onFrame(MemorySegment memory, long offset, long end, long epochNanos) {
    boolean isIpv4 = Ipv4Header.isWhole(memory, offset, end);
    long transport = offset + (isIpv4 ? Ipv4Header.headerLength(memory, offset) : Ipv6Header.BYTES);
    if (judge != null && end - transport >= UdpHeader.BYTES + ProbePacket.NUMBER + Short.BYTES) {
      judge.onDeparture(number(memory, transport), epochNanos);
    }
  }

  private int number(MemorySegment memory, long transport) {
    return isTcp
        ? TcpHeader.sequence(memory, transport) & 0xffff
        : NetworkOrder.unsignedShort(memory, transport + UdpHeader.BYTES + ProbePacket.NUMBER);
  }

  @Override
  public void close() {
    ring.close();
  }
}

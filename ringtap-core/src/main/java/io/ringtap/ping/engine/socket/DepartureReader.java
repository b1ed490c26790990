package io.ringtap.ping.engine.socket;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.ping.engine.probe.EchoMessage;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeTable;
import io.ringtap.socket.FrameRing;
import java.lang.foreign.MemorySegment;

/// Passes the requests that a tap shows as they depart to the judge.
final class DepartureReader implements FrameRing.Handler {
  private final ProbeJudge judge;
  private final EchoMessage message = new EchoMessage();

  DepartureReader(ProbeJudge judge, IdentifierBlock identifiers) {
    this.judge = judge;
    message.identifiers = identifiers;
  }

  @Override
  public void onFrame(MemorySegment ring, long offset, long end, long epochNanos) {
    message.memory = ring;
    message.end = end;
    message.stamp = epochNanos;
    boolean isRequest =
        Ipv4Header.isWhole(ring, offset, end)
            ? isIpv4Request(ring, offset)
            : Ipv6Header.isWhole(ring, offset, end) && isIpv6Request(ring, offset);
    if (isRequest) {
      judge.onDeparture(message);
    }
  }

  private boolean isIpv4Request(MemorySegment ring, long ip) {
    message.icmp = ip + Ipv4Header.headerLength(ring, ip);
    message.targetHigh = 0;
    message.targetLow = ProbeTable.ipv4(Ipv4Header.destination(ring, ip));
    return IcmpHeader.isWhole(ring, message.icmp, message.end);
  }

  private boolean isIpv6Request(MemorySegment ring, long ip) {
    boolean isFragment = Ipv6Header.nextHeader(ring, ip) == IpProtocol.FRAGMENT;
    message.icmp = ip + Ipv6Header.BYTES + (isFragment ? Ipv6Extension.MIN_BYTES : 0);
    message.targetHigh = Ipv6Header.destinationHigh(ring, ip);
    message.targetLow = Ipv6Header.destinationLow(ring, ip);
    return IcmpHeader.isWhole(ring, message.icmp, message.end);
  }
}

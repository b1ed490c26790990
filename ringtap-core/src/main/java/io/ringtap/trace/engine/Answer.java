package io.ringtap.trace.engine;

import io.ringtap.packet.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a packet says of the probe that it answers, before anyone has checked that there is one.
///
/// @param number of the probe
/// @param from who has sent it
/// @param target where the probe was going
/// @param error what the ICMP error says; null if the destination itself has answered
/// @param hopLimit that the answer came with
/// @param stamp of its arrival, in nanoseconds since the epoch; 0 if it has none
public record Answer(
    int number,
    IpAddress from,
    IpAddress target,
    @Nullable IcmpError error,
    int hopLimit,
    long stamp) {

  /// An ICMP error and the probe that it quotes.
  ///
  /// @param mtu that it reports; 0 if it does not
  /// @param labels MPLS label stack entries, outermost first
  /// @param quotedHopLimit the probe's when the router judged it
  /// @param quotedTrafficClass the probe's
  /// @param quotedSource the probe's source address
  /// @param quotedFlow the probe's identifier or source port
  /// @param quotedChecksum the probe's checksum; -1 if it is not quoted
  public record IcmpError(
      int type,
      int code,
      int mtu,
      List<Integer> labels,
      int quotedHopLimit,
      int quotedTrafficClass,
      IpAddress quotedSource,
      int quotedFlow,
      int quotedChecksum) {}
}

package io.ringtap.ping.engine.probe;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What the echo requests of a series are like. Series that agree should share one: a batch lays a
/// message out anew when the instance is another than before.
///
/// @param payloadBytes bytes after the ICMP header, 0 to [#MAX_PAYLOAD_BYTES]
/// @param hopLimit TTL or hop limit; 0 takes the system's default
/// @param trafficClass TOS or traffic class
/// @param source the address to send from; null leaves the choice to routing
/// @param interfaceIndex the interface to send through; 0 leaves the choice to routing
/// @param mark the packets' firewall mark (`SO_MARK`); 0 sets none
public record ProbeForm(
    int payloadBytes,
    int hopLimit,
    int trafficClass,
    @Nullable IpAddress source,
    int interfaceIndex,
    int mark) {
  /// The largest payload of an ICMP echo in an IPv4 packet.
  public static final int MAX_PAYLOAD_BYTES = 65_507;

  /// What the kernel needs for a small packet beside its bytes.
  private static final int PACKET_OVERHEAD_BYTES = 768;

  /// The most that a reply takes up in a receive buffer.
  public static final int MOST_BUFFER_BYTES = PACKET_OVERHEAD_BYTES + 2 * MAX_PAYLOAD_BYTES;

  /// About what a reply takes up in a receive buffer at the most. One that came in fragments lies
  /// there in a piece of memory for each, which it fills by half.
  public int bufferBytes() {
    return PACKET_OVERHEAD_BYTES + 2 * payloadBytes;
  }
}

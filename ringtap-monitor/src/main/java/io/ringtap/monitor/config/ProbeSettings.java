package io.ringtap.monitor.config;

import io.ringtap.ping.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a target is probed.
///
/// @param interval from one probe to the next
/// @param timeout how long a reply is waited for; at most the interval would have one probe in
///   flight, but it may be longer
/// @param payloadBytes bytes after the ICMP header
/// @param trafficClass TOS or traffic class, 0 to 255
/// @param hopLimit TTL or hop limit; 0 takes the system's default
/// @param source the address to send from; null leaves the choice to routing
/// @param interfaceName the interface to send through; null leaves the choice to routing
/// @param transport the kind of sockets
/// @param family which addresses of a name are watched
public record ProbeSettings(
    Duration interval,
    Duration timeout,
    int payloadBytes,
    int trafficClass,
    int hopLimit,
    @Nullable String source,
    @Nullable String interfaceName,
    Transport transport,
    AddressFamily family) {
  /// A probe a second with a second's patience.
  public static final ProbeSettings DEFAULT =
      new ProbeSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          18,
          0,
          0,
          null,
          null,
          Transport.AUTO,
          AddressFamily.ANY);

  /// These with another interval.
  public ProbeSettings withInterval(Duration newInterval) {
    return new ProbeSettings(
        newInterval,
        timeout,
        payloadBytes,
        trafficClass,
        hopLimit,
        source,
        interfaceName,
        transport,
        family);
  }
}

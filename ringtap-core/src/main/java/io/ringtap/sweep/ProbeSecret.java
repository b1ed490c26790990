package io.ringtap.sweep;

import io.ringtap.linux.KernelRandom;
import io.ringtap.ping.engine.probe.ProbeCookie;

/// What ties an answer to its probe without memory for either: numbers in the headers that only
/// this sweep can compute (SipHash of the target under a key of its own).
///
/// ```
///                 unchanged by the answer                      send time
/// echo            identifier, sequence number (16 bits)        payload, with a cookie of 64 bits
/// TCP SYN         source port (12 bits)                        sequence number: 32 bits + µs
/// UDP             source port (12 bits)                        none
/// quoted probes   the same, and IP identification or flow label (16 bits)
/// ```
///
/// The number of the probe to its target is in the lowest bits of sequence number or source port.
final class ProbeSecret {
  private static final int IPV4_DOMAIN = 4 << 24;
  private static final int IPV6_DOMAIN = 6 << 24;

  private final ProbeCookie cookie;
  private final int identifier;
  private final int firstPort;
  private final int attemptMask;

  /// @param identifier of echo requests
  /// @param firstPort the first of the source ports
  /// @param attempts the most probes to a target
  ProbeSecret(ProbeCookie cookie, int identifier, int firstPort, int attempts) {
    this.cookie = cookie;
    this.identifier = identifier;
    this.firstPort = firstPort;
    attemptMask = Integer.highestOneBit(2 * attempts - 1) - 1;
  }

  /// A secret drawn now.
  static ProbeSecret random(int firstPort, int attempts) {
    int identifier = new KernelRandom().nextInt(1, 0x1_0000);
    return new ProbeSecret(ProbeCookie.random(), identifier, firstPort, attempts);
  }

  /// The ICMP identifier of all probes.
  int identifier() {
    return identifier;
  }

  /// The number from which the fields of one probe are taken.
  long hash(boolean isIpv6, long high, long low, int port, int attempt) {
    if (isIpv6) {
      return cookie.of(cookie.of(high, low), (long) (IPV6_DOMAIN | attempt) << 32 | port);
    }
    return cookie.of(low, (long) (IPV4_DOMAIN | attempt) << 32 | port);
  }

  /// The ICMP sequence number.
  int echoSequence(long hash, int attempt) {
    return ((int) hash & 0xFFFF & ~attemptMask) | attempt;
  }

  /// The cookie in an echo's payload.
  long echoCookie(long hash, long sentNanos) {
    return cookie.of(hash, sentNanos);
  }

  /// The source port of TCP and UDP.
  int sourcePort(long hash, int attempt) {
    int bits = (int) (hash >>> 32) & (SweepOptions.Origin.SOURCE_PORTS - 1);
    return firstPort + ((bits & ~attemptMask) | attempt);
  }

  /// The number of the probe to its target, from its sequence number or the distance of its source
  /// port from the first.
  int attempt(int number) {
    return number & attemptMask;
  }

  /// The sequence number of TCP at time 0; each microsecond adds one.
  int tcpSequence(long hash) {
    return (int) hash;
  }

  /// IPv4's identification, never 0, for which the kernel would put its own; or IPv6's flow label.
  int salt(long hash) {
    return (int) (hash >>> 48) | 1;
  }
}

package io.ringtap.trace.engine;

import io.ringtap.linux.KernelRandom;

/// By what the probes of a tracer are known on the wire.
///
/// @param protocol the IP protocol of the probes: ICMP (also for ICMPv6), UDP or TCP
/// @param base the first of the identifiers or source ports, one for each path; its low
///   [#PATH_BITS] are zero
/// @param tag a random number: in the payload of ICMP and UDP, and its upper half in the sequence
///   number of TCP
/// @param port the destination port of UDP and TCP
public record ProbeIdentity(int protocol, int base, int tag, int port) {
  /// Bits of an identifier or source port that tell paths apart.
  public static final int PATH_BITS = 6;

  /// The bits of an identifier or source port that must equal the base.
  static final int MASK = 0xffff & -(1 << PATH_BITS);

  // Above the ports that Linux gives to clients (ip(7), ip_local_port_range).
  private static final int FIRST_BASE = 61_056;
  private static final int BASES = ((0x10000 - FIRST_BASE) >> PATH_BITS) - 1;

  /// One that no other tracer is likely to have.
  public static ProbeIdentity random(int protocol, int port) {
    KernelRandom random = new KernelRandom();
    int base = FIRST_BASE + (random.nextInt(BASES) << PATH_BITS);
    return new ProbeIdentity(protocol, base, random.nextInt(), port);
  }

  /// The identifier or source port of a path: of what a router hashes, all that differs.
  public int flow(int path) {
    return base | path;
  }

  boolean isOurs(int flow) {
    return (flow & MASK) == base;
  }
}

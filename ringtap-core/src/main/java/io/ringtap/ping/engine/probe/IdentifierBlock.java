package io.ringtap.ping.engine.probe;

import io.ringtap.linux.KernelRandom;

/// The ICMP identifiers that a pinger owns: an aligned power of two of them, so that one masked
/// comparison in the kernel separates its packets from all others, whatever the number of targets.
///
/// @param base the first identifier; its low `bits` are zero
/// @param bits how many low bits of the identifier are free, 0 to 8
public record IdentifierBlock(int base, int bits) {
  /// For a socket that has none yet.
  static final IdentifierBlock NONE = new IdentifierBlock(0, 0);

  private static final int SEQUENCE_BITS = 16;

  /// Probes that sequence numbers distinguish.
  static final int SEQUENCES = 1 << SEQUENCE_BITS;

  private static final int MAX_BITS = 8;

  /// The most probes that identifiers may be taken for.
  public static final int MAX_PROBES = 1 << (MAX_BITS + SEQUENCE_BITS);

  /// A block at a random place with an identity for each of `probes`, a power of two.
  public static IdentifierBlock random(int probes) {
    int bits = Math.max(0, Integer.numberOfTrailingZeros(probes) - SEQUENCE_BITS);
    int base = new KernelRandom().nextInt(1 << (SEQUENCE_BITS - bits)) << bits;
    return new IdentifierBlock(base, bits);
  }

  /// Probes that these distinguish.
  public int probes() {
    return SEQUENCES << bits;
  }

  /// The bits of an identifier that must equal [#base].
  public int mask() {
    return 0xffff & -(1 << bits);
  }

  /// The identifier of a probe.
  public int identifier(int probe) {
    return base | probe >>> SEQUENCE_BITS;
  }

  /// The sequence number of a probe.
  public static int sequence(int probe) {
    return probe & 0xffff;
  }

  /// The probe's index, or -1 if the identifier is not of this block.
  public int probe(int identifier, int sequence) {
    return (identifier & mask()) == base ? (identifier & ~mask()) << SEQUENCE_BITS | sequence : -1;
  }
}

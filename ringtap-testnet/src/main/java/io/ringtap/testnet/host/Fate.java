package io.ringtap.testnet.host;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What happens to one request under a [HostBehaviour]. It depends only on the seed, the
/// destination address, and how many requests that address had received before. It does not depend
/// on time, identifiers or other hosts, so a test can compute it in advance.
///
/// Faults are drawn independently. Loss takes precedence over refusal, and after either no other
/// fault applies.
///
/// @param lost whether there is no answer (always, for a silent host)
/// @param refusal the ICMP error instead of an answer, or null
/// @param copies how many duplicates follow the answer
/// @param heldBack whether the answer is delayed so that others may overtake it
/// @param corruption the damage to the payload, or null
/// @param truncation the truncation of the payload, or null
/// @param wrongSource the other source address, or null
/// @param wrongChecksum whether the checksum is made wrong
/// @param delayNanos from arrival to answer, including jitter and reordering
/// @param entropy 64 more random bits, from which corruption selects the bit to flip
public record Fate(
    boolean lost,
    @Nullable IcmpError refusal,
    int copies,
    boolean heldBack,
    Fault.@Nullable Corruption corruption,
    Fault.@Nullable Truncation truncation,
    Fault.@Nullable WrongSource wrongSource,
    boolean wrongChecksum,
    long delayNanos,
    long entropy) {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1p-53;

  // The purpose of each draw. Changing the numbers changes the results for a seed.
  private static final int LOSS = 1;
  private static final int REFUSAL = 2;
  private static final int DUPLICATION = 3;
  private static final int REORDERING = 4;
  private static final int CORRUPTION = 5;
  private static final int TRUNCATION = 6;
  private static final int WRONG_SOURCE = 7;
  private static final int WRONG_CHECKSUM = 8;
  private static final int JITTER = 9;
  private static final int ENTROPY = 10;

  /// The fate of the request number `request`, counted from 0, to `host`.
  public static Fate of(HostBehaviour behaviour, long seed, IpAddress host, long request) {
    return of(behaviour, seed, host.high(), host.low(), request);
  }

  static Fate of(HostBehaviour behaviour, long seed, long high, long low, long request) {
    long key = mix(mix(mix(mix(seed) ^ high) ^ low) + request * GOLDEN);
    boolean lost = behaviour.silent();
    IcmpError refusal = null;
    int copies = 0;
    boolean heldBack = false;
    Fault.Corruption corruption = null;
    Fault.Truncation truncation = null;
    Fault.WrongSource wrongSource = null;
    boolean wrongChecksum = false;
    long extra = 0;
    long delay = behaviour.delay().toNanos();
    delay += (long) (unit(key, JITTER) * behaviour.jitter().toNanos());
    for (int i = 0; i < behaviour.faults().size(); i++) {
      switch (behaviour.faults().get(i)) {
        case Fault.Loss loss -> lost |= strikes(loss, key, LOSS);
        case Fault.Refusal it -> refusal = strikes(it, key, REFUSAL) ? it.error() : null;
        case Fault.Duplication it -> copies = strikes(it, key, DUPLICATION) ? it.copies() : 0;
        case Fault.Reordering it -> {
          heldBack = strikes(it, key, REORDERING);
          extra = heldBack ? it.extra().toNanos() : 0;
        }
        case Fault.Corruption it -> corruption = strikes(it, key, CORRUPTION) ? it : null;
        case Fault.Truncation it -> truncation = strikes(it, key, TRUNCATION) ? it : null;
        case Fault.WrongSource it -> wrongSource = strikes(it, key, WRONG_SOURCE) ? it : null;
        case Fault.WrongChecksum it -> wrongChecksum = strikes(it, key, WRONG_CHECKSUM);
      }
    }
    if (lost || refusal != null) {
      return new Fate(lost, lost ? null : refusal, 0, false, null, null, null, false, delay, 0);
    }
    return new Fate(
        false,
        null,
        copies,
        heldBack,
        corruption,
        truncation,
        wrongSource,
        wrongChecksum,
        delay + extra,
        draw(key, ENTROPY));
  }

  private static boolean strikes(Fault fault, long key, int purpose) {
    return unit(key, purpose) < fault.ratio();
  }

  /// A number from 0 (inclusive) to 1 (exclusive).
  private static double unit(long key, int purpose) {
    return (draw(key, purpose) >>> 11) * UNIT;
  }

  private static long draw(long key, int purpose) {
    return mix(key + purpose * GOLDEN);
  }

  /// The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
  /// Generators, 2014): every input bit affects every output bit.
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

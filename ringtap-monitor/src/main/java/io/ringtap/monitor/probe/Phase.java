package io.ringtap.monitor.probe;

import io.ringtap.monitor.target.TargetKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// When within its interval a target is probed. It goes by the target's key and the wall clock, so
/// it is the same after a restart, and targets are spread evenly over their interval.
///
/// Phases are multiples of a slot: probes of a slot leave together, which costs a fraction of what
/// as many wake-ups would.
final class Phase {
  /// Short against any round trip that matters, long against what it takes to send what is due.
  static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long MIX_1 = 0xBF58_476D_1CE4_E5B9L;
  private static final long MIX_2 = 0x94D0_49BB_1331_11EBL;

  private Phase() {}

  /// How long to wait for a target's first probe.
  ///
  /// @param epochNanos now
  static Duration delay(TargetKey key, long intervalNanos, long epochNanos) {
    long phase = phaseNanos(key, intervalNanos);
    return Duration.ofNanos(Math.floorMod(phase - epochNanos, intervalNanos));
  }

  /// From the beginning of an interval, counted from the epoch on, to the target's probe.
  static long phaseNanos(TargetKey key, long intervalNanos) {
    long slots = Math.max(1, intervalNanos / SLOT_NANOS);
    return Math.unsignedMultiplyHigh(hash(key), slots) * (intervalNanos / slots);
  }

  /// All bits of it depend on all of the key. The hash of a string is the same in all JVMs.
  private static long hash(TargetKey key) {
    String text = key.toString();
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * MIX_1;
      hash ^= hash >>> 29;
    }
    hash = (hash ^ (hash >>> 30)) * MIX_1;
    hash = (hash ^ (hash >>> 27)) * MIX_2;
    return hash ^ (hash >>> 31);
  }
}

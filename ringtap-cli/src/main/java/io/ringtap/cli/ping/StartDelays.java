package io.ringtap.cli.ping;

import io.ringtap.ping.PingOptions;
import org.jspecify.annotations.Nullable;

/// Deals out the options of successive targets so that their first probes spread evenly over one
/// interval: N targets at interval i then make an even stream of N/i probes.
///
/// While N is not known, the delays follow a van der Corput sequence, each in the middle of the
/// widest gap that the earlier ones left. There is one options object for each delay, shared by its
/// targets. Not thread-safe: the pinger's sending thread uses it.
final class StartDelays {
  private static final int MAX_SLOTS = 1024; // a power of two

  private final PingOptions options;
  private final @Nullable PingOptions[] slots;
  private final boolean isEven;
  private int next;

  /// @param targets how many there will be at the least
  /// @param isExact whether there will be no more
  StartDelays(PingOptions options, long targets, boolean isExact) {
    boolean isSpread = options.count() != 1 && !(isExact && targets <= 1);
    this.options = options;
    this.isEven = isExact && targets <= MAX_SLOTS;
    this.slots = new @Nullable PingOptions[!isSpread ? 1 : isEven ? (int) targets : MAX_SLOTS];
  }

  PingOptions next() {
    int index = next;
    next = index + 1 == slots.length ? 0 : index + 1;
    int slot = isEven || slots.length == 1 ? index : Integer.reverse(index) >>> reversedBits();
    PingOptions delayed = slots[slot];
    if (delayed == null) {
      delayed =
          options.withStartDelay(options.interval().multipliedBy(slot).dividedBy(slots.length));
      slots[slot] = delayed;
    }
    return delayed;
  }

  private static int reversedBits() {
    return Integer.SIZE - Integer.numberOfTrailingZeros(MAX_SLOTS);
  }
}

package io.ringtap.monitor.target;

import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A name and its address, as the inventory's thread knows them.
final class WatchedName {
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(5);
  private static final long SHORTEST_TTL = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST_TTL = TimeUnit.HOURS.toNanos(1);

  /// A known address is relied on until so many look-ups in a row have failed.
  private static final int PATIENCE = 3;

  final NameKey key;

  /// Whose it is; none once nobody wants it any more.
  final List<Target> targets = new ArrayList<>(1);

  private @Nullable IpAddress address;
  private int scopeId;
  private @Nullable String problem;
  private int failures;

  WatchedName(NameKey key) {
    this.key = key;
  }

  /// The address so far; null if there has been none.
  @Nullable IpAddress address() {
    return address;
  }

  /// The interface index that it needs, else 0.
  int scopeId() {
    return scopeId;
  }

  /// Why it cannot be resolved; null as long as it can, or has not been looked up.
  @Nullable String problem() {
    return problem;
  }

  /// Whether the last look-up failed.
  boolean isFailing() {
    return failures > 0;
  }

  /// Takes what a look-up brought.
  ///
  /// @return whether it is elsewhere than before
  boolean take(IpAddress newAddress, int newScopeId) {
    boolean isElsewhere = newScopeId != scopeId || !newAddress.equals(address);
    address = newAddress;
    scopeId = newScopeId;
    problem = null;
    failures = 0;
    return isElsewhere;
  }

  /// Takes that a look-up failed.
  ///
  /// @return whether the listener is to hear of it
  boolean fail(String why) {
    failures++;
    boolean isNews = (address == null || failures >= PATIENCE) && !why.equals(problem);
    if (isNews) {
      problem = why;
    }
    return isNews;
  }

  /// How long to wait after a failure: longer each time, and for each name a little other than for
  /// the next, but always the same, so that many that failed at once come back apart.
  long pauseNanos() {
    int doublings = Math.min(failures - 1, 20);
    long pause = Math.min(FIRST_PAUSE << doublings, LONGEST_PAUSE);
    return pause - (long) (pause * spread() / 4);
  }

  /// How long to rely on an answer.
  long restNanos(long ttlSeconds) {
    long ttl = TimeUnit.SECONDS.toNanos(Math.clamp(ttlSeconds, 0, Integer.MAX_VALUE));
    long rest = Math.clamp(ttl, SHORTEST_TTL, LONGEST_TTL);
    return rest + (long) (rest * spread() / 16);
  }

  /// 0 to 1, always the same for a name.
  private double spread() {
    int mixed = key.host().hashCode() * 0x9E37_79B9;
    return (mixed >>> 8) / (double) (1 << 24);
  }
}

package io.ringtap.monitor.probe;

import io.ringtap.monitor.target.Target;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Ping;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A target, where it is, and the request by which it is probed. The prober's.
final class Watched {
  Target target;
  @Nullable IpAddress address;
  int scopeId;

  /// Whether it is not probed because of its address.
  boolean isRefused;

  /// Null if it is not being probed; its lane is not null then.
  @Nullable Ping<Long> ping;

  @Nullable Lane lane;

  /// Completes when all requests before this one have had their last outcome.
  CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

  Watched(Target target) {
    this.target = target;
  }

  /// How many of its probes may be in flight at a time.
  long inFlight() {
    long interval = target.settings().interval().toNanos();
    long timeout = target.settings().timeout().toNanos();
    return 1 + (timeout - 1) / interval;
  }
}

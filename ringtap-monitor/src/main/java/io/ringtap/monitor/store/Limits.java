package io.ringtap.monitor.store;

import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.store.series.Resolution;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Keeps a store within its limits: its bytes after each block, ages once a minute. The store's
/// thread uses it.
final class Limits {
  private final StoreConfig config;
  private final InstantSource clock;
  private long minute = -1; // of the last look at ages, since the epoch
  private long hour = -1; // of the last look at events; -1 before the first block

  Limits(StoreConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /// Deletes what is too much, and from time to time what is too old.
  ///
  /// @param writtenSeconds the time up to which has been written, in seconds since the epoch
  void keep(StoreParts parts, long writtenSeconds) throws IOException {
    long newMinute = TimeUnit.SECONDS.toMinutes(writtenSeconds);
    if (newMinute != minute) {
      limitAges(parts);
      parts.series().sync();
      minute = newMinute;
    }
    long newHour = TimeUnit.SECONDS.toHours(writtenSeconds);
    if (newHour != hour) {
      if (hour >= 0) {
        deleteOldEvents(parts);
      }
      hour = newHour;
    }
    long maxBytes = parts.folder() == null ? StoreParts.MEMORY_BYTES : config.maxBytes();
    parts.series().limitBytes(maxBytes - parts.ledger().bytes());
  }

  private void limitAges(StoreParts parts) throws IOException {
    parts
        .series()
        .limitAges(
            clock.instant().getEpochSecond(),
            Map.of(
                Resolution.PROBES, config.raw(),
                Resolution.TEN_SECONDS, config.tenSeconds(),
                Resolution.MINUTES, config.minutes(),
                Resolution.HOURS, config.hours()));
  }

  private void deleteOldEvents(StoreParts parts) throws IOException {
    long oldest = clock.instant().getEpochSecond() - config.hours().toSeconds();
    parts.ledger().deleteEvents(TimeUnit.SECONDS.toNanos(oldest));
  }
}

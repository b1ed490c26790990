package io.ringtap.monitor.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the history is kept, and how much of it. What is older is deleted, and so is the oldest
/// when all together is larger than allowed.
///
/// @param folder null keeps none
/// @param maxBytes of all files together
/// @param raw how long each probe is kept
/// @param tenSeconds how long windows of 10 seconds are kept
/// @param minutes how long windows of a minute are kept
/// @param hours how long windows of an hour are kept
public record StoreConfig(
    @Nullable Path folder,
    long maxBytes,
    Duration raw,
    Duration tenSeconds,
    Duration minutes,
    Duration hours) {
  /// Hours of probes, days of short windows, years of long ones, in at most 10 GB of files.
  public static final StoreConfig DEFAULT =
      new StoreConfig(
          null,
          10_000_000_000L,
          Duration.ofHours(6),
          Duration.ofDays(7),
          Duration.ofDays(42),
          Duration.ofDays(1825));
}

package io.ringtap.monitor.page;

import io.ringtap.monitor.store.StoreStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the monitor itself does.
///
/// @param version of the program
/// @param startedSeconds when it was started, in seconds since the epoch
/// @param reloadError why the configuration that is there now is not in force, in one line; null if
///   it is
/// @param missed outcomes that this process had no room for: in no count of any target
/// @param store how the history does
/// @param reading what has been read of a fleet's topics, by what became of it; empty without one
public record PageStatus(
    String version,
    long startedSeconds,
    @Nullable String reloadError,
    long missed,
    StoreStatus store,
    Map<String, Long> reading) {
  /// Of a monitor that probes by itself.
  public PageStatus(
      String version,
      long startedSeconds,
      @Nullable String reloadError,
      long missed,
      StoreStatus store) {
    this(version, startedSeconds, reloadError, missed, store, Map.of());
  }
}

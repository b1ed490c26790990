package io.ringtap.monitor.page;

import io.ringtap.monitor.store.StoreStatus;
import org.jspecify.annotations.Nullable;

/// How the monitor itself does.
///
/// @param version of the program
/// @param startedSeconds when it was started, in seconds since the epoch
/// @param reloadError why the configuration that is there now is not in force, in one line; null if
///   it is
/// @param missed outcomes that this process had no room for: in no count of any target
/// @param store how the history does
public record PageStatus(
    String version,
    long startedSeconds,
    @Nullable String reloadError,
    long missed,
    StoreStatus store) {}

package io.ringtap.monitor.store;

import io.ringtap.monitor.target.TargetKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A target that is or was watched, as the store knows it.
///
/// @param id its number
/// @param key what makes it the same one
/// @param name how it is shown
/// @param labels the group's and its own, sorted by name
/// @param address its newest address; null if it never had one
/// @param firstSeconds when it was first watched, in seconds since the epoch
/// @param lastSeconds until when it was watched; of one that still is, until the newest window
/// @param watched whether it still is
public record StoredTarget(
    int id,
    TargetKey key,
    String name,
    Map<String, String> labels,
    @Nullable String address,
    long firstSeconds,
    long lastSeconds,
    boolean watched) {}

package io.ringtap.monitor.target;

import io.ringtap.monitor.config.ProbeSettings;
import java.util.Map;

/// One that is watched. Immutable; what changes of it, such as its address, is elsewhere.
///
/// @param id its number in the store, from 0 on, small and never used for another one
/// @param key what makes it the same one
/// @param name how it is shown; by default the host
/// @param labels the group's and its own, sorted by name
/// @param settings how it is probed
public record Target(
    int id, TargetKey key, String name, Map<String, String> labels, ProbeSettings settings) {}

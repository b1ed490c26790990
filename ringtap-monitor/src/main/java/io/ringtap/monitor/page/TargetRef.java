package io.ringtap.monitor.page;

/// A target that is or was watched, as far as a history needs it.
///
/// @param id its number
/// @param key as [io.ringtap.monitor.target.TargetKey#toString] has it
/// @param name how it is shown
record TargetRef(int id, String key, String name) {}

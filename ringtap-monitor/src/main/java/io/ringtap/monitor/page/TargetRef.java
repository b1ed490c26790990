package io.ringtap.monitor.page;

import io.ringtap.monitor.target.TargetKey;

/// A target that is or was watched, as far as a history needs it.
///
/// @param id its number
/// @param key what makes it the same one
/// @param name how it is shown
record TargetRef(int id, TargetKey key, String name) {}

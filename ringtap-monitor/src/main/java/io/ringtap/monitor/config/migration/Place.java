package io.ringtap.monitor.config.migration;

/// A line of a file.
///
/// @param line from 1
record Place(String file, int line) {}

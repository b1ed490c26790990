package io.ringtap.monitor;

import java.time.Instant;
import java.util.List;

/// What became of the last attempt to read the configuration.
///
/// @param when it was read
/// @param isOk whether it holds since then; else the one before goes on
/// @param mistakes why not, each in one line with its place
/// @param reloads how often it has been read again and taken, since the beginning
/// @param failures how often it could not be taken, since the beginning
public record ReloadStatus(
    Instant when, boolean isOk, List<String> mistakes, long reloads, long failures) {}

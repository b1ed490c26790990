package io.ringtap.monitor.page;

import java.util.List;

/// What has changed in the overview.
///
/// @param version to ask with for what changes after this
/// @param inventory changes when targets, their labels or their addresses do
/// @param events changes when an event begins or ends
/// @param closedSeconds when the newest window of 10 seconds ended that is in the history, in
///   seconds since the epoch; 0 before the first
/// @param rows by rising numbers of their targets
record LiveRows(
    long version, long inventory, long events, long closedSeconds, List<TargetRow> rows) {}

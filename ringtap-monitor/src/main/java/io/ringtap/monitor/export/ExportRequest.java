package io.ringtap.monitor.export;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What is to be exported.
///
/// @param store the folder
/// @param targets keys (`group/host`), hosts or names; empty means all
/// @param from from when on
/// @param to until when, not included
/// @param resolution one of [Export#resolutions]
/// @param isCsv CSV; else NDJSON
public record ExportRequest(
    Path store, List<String> targets, Instant from, Instant to, String resolution, boolean isCsv) {}

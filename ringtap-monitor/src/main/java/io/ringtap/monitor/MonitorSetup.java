package io.ringtap.monitor;

import io.ringtap.monitor.config.MonitorConfig;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a monitor is started with.
///
/// @param config its configuration
/// @param file where that was read, to be read again when it changes; null if it was not in a file
/// @param adapted what a configuration from that file comes to with what was asked for beside it
/// @param metrics how metrics are shown
/// @param version of the program
public record MonitorSetup(
    MonitorConfig config,
    @Nullable Path file,
    UnaryOperator<MonitorConfig> adapted,
    MetricsForm metrics,
    String version) {}

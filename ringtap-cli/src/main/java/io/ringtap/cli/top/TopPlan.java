package io.ringtap.cli.top;

import io.ringtap.capture.CaptureOptions;
import java.time.Duration;

/// What a run is to do.
///
/// @param count intervals; 0 is without end
/// @param rows the most that an interval shows
/// @param counters of each sketch
record TopPlan(
    CaptureOptions capture,
    KeyKind by,
    Order order,
    Duration interval,
    int count,
    int rows,
    int counters) {}

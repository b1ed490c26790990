package io.ringtap.cli.top;

import io.ringtap.capture.CaptureOptions;
import io.ringtap.top.TopOptions;
import java.time.Duration;

/// What a run is to do.
///
/// @param count intervals; 0 is without end
record TopPlan(CaptureOptions capture, TopOptions top, Duration interval, int count) {}

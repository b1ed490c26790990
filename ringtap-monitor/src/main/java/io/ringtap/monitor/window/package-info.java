/// What became of the probes of a span of time: counts by outcome and a histogram of the round-trip
/// times. Windows of any length add up exactly, so a quantile over a day is one of all its probes.
@NullMarked
package io.ringtap.monitor.window;

import org.jspecify.annotations.NullMarked;

/// Metrics for Prometheus: counts since the monitor was started, native histograms of round-trip
/// times, and the monitor's own health.
@NullMarked
package io.ringtap.monitor.metrics;

import org.jspecify.annotations.NullMarked;

/// Sends the probes: which pinger a target is watched by, when its probes are due, and how what
/// becomes of them gets to the collector.
@NullMarked
package io.ringtap.monitor.probe;

import org.jspecify.annotations.NullMarked;

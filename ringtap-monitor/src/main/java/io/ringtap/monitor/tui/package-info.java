/// The monitor in a terminal: a grid of all targets, the smoke plot of one, and events, drawn into
/// TamboUI's buffers. Whoever owns the terminal gives the keys and writes what comes out.
@NullMarked
package io.ringtap.monitor.tui;

import org.jspecify.annotations.NullMarked;

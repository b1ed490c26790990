/// Structs and constants of `perf_event_open(2)` (`linux/perf_event.h`).
@NullMarked
package io.ringtap.linux.abi.perf;

import org.jspecify.annotations.NullMarked;

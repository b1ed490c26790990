/// Benchmarks of the hot paths, each in nanoseconds or probes a second, with `-prof gc` for bytes.
@NullMarked
package io.ringtap.bench;

import org.jspecify.annotations.NullMarked;

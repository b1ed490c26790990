/// Benchmarks of the hot paths, in nanoseconds or probes per second; `-prof gc` adds the allocated
/// bytes.
@NullMarked
package io.ringtap.bench;

import org.jspecify.annotations.NullMarked;

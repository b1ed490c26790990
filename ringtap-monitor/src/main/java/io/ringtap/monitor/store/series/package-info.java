/// Series files: blocks of rows by target, one block for each window of time, appended and never
/// changed. What a crash leaves is found by checksums. The format is in docs/monitor.md.
@NullMarked
package io.ringtap.monitor.store.series;

import org.jspecify.annotations.NullMarked;

/// The history as lines for other programs: NDJSON and CSV.
@NullMarked
package io.ringtap.monitor.export;

import org.jspecify.annotations.NullMarked;

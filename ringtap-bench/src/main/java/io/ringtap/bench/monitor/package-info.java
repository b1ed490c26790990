/// What parts of the monitor cost.
@NullMarked
package io.ringtap.bench.monitor;

import org.jspecify.annotations.NullMarked;

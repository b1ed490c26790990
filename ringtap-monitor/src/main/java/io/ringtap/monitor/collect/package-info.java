/// From the pinger to everything that counts: outcomes go through a ring from the pinger's
/// receiving thread to the collector's, which owns all counts and passes them on.
@NullMarked
package io.ringtap.monitor.collect;

import org.jspecify.annotations.NullMarked;

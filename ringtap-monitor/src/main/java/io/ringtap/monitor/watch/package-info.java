/// Who is watched, probed and counted, as one: what a monitor and an agent of a fleet have in
/// common.
@NullMarked
package io.ringtap.monitor.watch;

import org.jspecify.annotations.NullMarked;

/// The monitor as a whole: opens, connects, reloads and closes its parts.
@NullMarked
package io.ringtap.monitor;

import org.jspecify.annotations.NullMarked;

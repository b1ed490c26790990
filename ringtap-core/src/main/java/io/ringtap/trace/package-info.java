/// An asynchronous traceroute: all hop limits of all targets in flight at once, paced, with the
/// kernel's stamps at both ends.
@NullMarked
package io.ringtap.trace;

import org.jspecify.annotations.NullMarked;

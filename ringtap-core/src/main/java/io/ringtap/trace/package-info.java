/// An asynchronous traceroute: all hop limits of all targets in flight at once, paced, with the
/// kernel's stamps at both ends.
///
/// To trace the ways to hosts, all at once:
///
/// {@snippet class="io.ringtap.examples.TraceHosts" region="program"}
@NullMarked
package io.ringtap.trace;

import org.jspecify.annotations.NullMarked;

/// Sends frames on a network interface: one, many, or those of a savefile with their timing or at a
/// rate. A frame that does not fit the interface is refused with the reason, frames that the kernel
/// refuses are counted by error, and the counters add up.
///
/// To send a frame, then a file at a rate:
///
/// {@snippet class="io.ringtap.examples.SendFrames" region="program"}
@NullMarked
package io.ringtap.send;

import org.jspecify.annotations.NullMarked;

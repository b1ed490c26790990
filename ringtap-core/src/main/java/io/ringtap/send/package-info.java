/// Sends frames by a network interface: one, many, or those of a savefile with their timing or at a
/// rate. What does not fit the interface is refused with its reason, what the kernel refuses is
/// counted by its error, and the counts add up.
@NullMarked
package io.ringtap.send;

import org.jspecify.annotations.NullMarked;

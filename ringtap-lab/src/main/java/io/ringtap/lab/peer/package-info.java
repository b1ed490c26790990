/// The tools beside which Ringtap is measured: how each is started, what it says, and what it costs
/// as the kernel accounts for it.
@NullMarked
package io.ringtap.lab.peer;

import org.jspecify.annotations.NullMarked;

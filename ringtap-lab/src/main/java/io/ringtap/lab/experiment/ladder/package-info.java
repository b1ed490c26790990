/// The ladder of capture: how many packets each way of reading them takes, from one call a packet
/// to programs in the driver, beside the same in C and other tools.
@NullMarked
package io.ringtap.lab.experiment.ladder;

import org.jspecify.annotations.NullMarked;

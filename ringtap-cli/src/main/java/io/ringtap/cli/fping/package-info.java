/// `ringtap fping`: the options, the lines and the exit codes of `fping(8)` on Ringtap's pinger.
@NullMarked
package io.ringtap.cli.fping;

import org.jspecify.annotations.NullMarked;

/// `ringtap ping`: options, targets and the run. How results look is [io.ringtap.cli.ping.view]'s.
@NullMarked
package io.ringtap.cli.ping;

import org.jspecify.annotations.NullMarked;

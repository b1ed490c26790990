/// `ringtap replay`: sends the packets of a savefile.
@NullMarked
package io.ringtap.cli.replay;

import org.jspecify.annotations.NullMarked;

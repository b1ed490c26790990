/// Standard output and the terminal, as commands use them.
@NullMarked
package io.ringtap.cli.terminal;

import org.jspecify.annotations.NullMarked;

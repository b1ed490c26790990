/// The `ringtap` command line: the root command, exit codes, and how failures reach the user.
@NullMarked
package io.ringtap.cli;

import org.jspecify.annotations.NullMarked;

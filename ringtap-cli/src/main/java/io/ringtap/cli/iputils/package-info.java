/// The command when it is called as `ping`: the options, lines and exit codes of iputils' ping.
@NullMarked
package io.ringtap.cli.iputils;

import org.jspecify.annotations.NullMarked;

/// Where the command's targets are read from.
@NullMarked
package io.ringtap.cli.target;

import org.jspecify.annotations.NullMarked;

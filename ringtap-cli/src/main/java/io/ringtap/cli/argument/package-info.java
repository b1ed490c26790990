/// Readers of option values that several commands take.
@NullMarked
package io.ringtap.cli.argument;

import org.jspecify.annotations.NullMarked;

/// `ringtap interfaces`: the machine's interfaces, with what a capture should know of them.
@NullMarked
package io.ringtap.cli.interfaces;

import org.jspecify.annotations.NullMarked;

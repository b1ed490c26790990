/// Signals that the JVM lets a program handle.
@NullMarked
package io.ringtap.cli.signal;

import org.jspecify.annotations.NullMarked;

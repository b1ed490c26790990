/// Protocols that a port stands for.
@NullMarked
package io.ringtap.print.application;

import org.jspecify.annotations.NullMarked;

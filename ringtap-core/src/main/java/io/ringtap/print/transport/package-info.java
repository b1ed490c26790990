/// Protocols with ports.
@NullMarked
package io.ringtap.print.transport;

import org.jspecify.annotations.NullMarked;

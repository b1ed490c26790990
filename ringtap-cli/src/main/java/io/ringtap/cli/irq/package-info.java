/// `ringtap irq`: which CPUs serve which queues of an interface, and their spreading.
@NullMarked
package io.ringtap.cli.irq;

import org.jspecify.annotations.NullMarked;

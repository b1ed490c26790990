/// AF_PACKET rings. Knows the kernel, the wire formats and BPF.
@NullMarked
package io.ringtap.capture;

import org.jspecify.annotations.NullMarked;

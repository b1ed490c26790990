/// Counting in the kernel, as the library does it and as `ringtap top --mode xdp` shows it.
package io.ringtap.system.top;

/// When probes leave, arrive and are overdue: pace, deadlines, the kernel's stamps on the monotonic
/// clock, and what this machine itself has lost meanwhile. It knows no socket, no packet and no
/// thread.
@NullMarked
package io.ringtap.timing;

import org.jspecify.annotations.NullMarked;

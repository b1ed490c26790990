/// What the kernel knows of this machine's network interfaces: names, states, addresses, counters,
/// queues, offloads, interrupts, and news of their changes.
///
/// Everything is asked in the network namespace of the calling thread, over netlink and ioctl. Only
/// what the kernel tells nowhere else is read from `/proc` and `/sys`. This package knows
/// [io.ringtap.linux] alone.
@NullMarked
package io.ringtap.device;

import org.jspecify.annotations.NullMarked;

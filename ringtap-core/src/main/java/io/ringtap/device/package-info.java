/// What the kernel knows of this machine's network interfaces: names, states, addresses, counters,
/// queues, offloads, interrupts, and news of their changes.
///
/// Everything is asked in the network namespace of the calling thread, over netlink and ioctl. Only
/// what the kernel shows nowhere else is read from `/proc` and `/sys`.
///
/// [NetworkInterfaces] answers single questions, [RtnetlinkSocket] many; [EthtoolSocket] asks
/// drivers; [InterfaceMonitor] reports changes; [QueueLayout] reads queues and interrupts. What the
/// kernel refuses ends in a [io.ringtap.error.LinuxException].
@NullMarked
package io.ringtap.device;

import org.jspecify.annotations.NullMarked;

/// What the kernel knows of this machine's network interfaces: names, states, addresses, counters,
/// queues, offloads, interrupts, and notifications of changes.
///
/// Everything is about the network namespace of the calling thread, and read over netlink and ioctl
/// where the kernel offers these, otherwise from `/proc` and `/sys`.
///
/// [NetworkInterfaces] answers single questions, [RtnetlinkSocket] many; [EthtoolSocket] asks
/// drivers; [InterfaceMonitor] reports changes; [QueueLayout] reads queues and interrupts. A
/// request that the kernel refuses throws a [io.ringtap.error.LinuxException].
///
/// To list the interfaces:
///
/// {@snippet class="io.ringtap.examples.ListInterfaces" region="program"}
@NullMarked
package io.ringtap.device;

import org.jspecify.annotations.NullMarked;

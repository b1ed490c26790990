/// eBPF in the kernel: maps, loaded programs, links of programs to interfaces, and what the running
/// kernel has of all that. Everything is held by a descriptor, and ends with the process if not
/// before: nothing is pinned, so a process that is killed leaves nothing in the kernel.
///
/// The programs come from [io.ringtap.ebpf].
///
/// To count the frames that match a filter, before the kernel makes packets of them:
///
/// {@snippet class="io.ringtap.examples.CountWithXdp" region="program"}
@NullMarked
package io.ringtap.ebpf.kernel;

import org.jspecify.annotations.NullMarked;

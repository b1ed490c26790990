/// eBPF in the kernel: maps, loaded programs, links of programs to interfaces, and what the running
/// kernel has of all that. Everything is held by a descriptor, and ends with the process if not
/// before: nothing is pinned, so a process that is killed leaves nothing in the kernel.
///
/// The programs come from [io.ringtap.ebpf].
@NullMarked
package io.ringtap.ebpf.kernel;

import org.jspecify.annotations.NullMarked;

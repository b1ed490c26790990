/// eBPF: instructions, an assembler with labels, and programs as text. Pure: nothing here asks the
/// kernel for anything, and the same calls give the same program on any machine.
///
/// [io.ringtap.ebpf.kernel] loads programs and makes maps.
@NullMarked
package io.ringtap.ebpf;

import org.jspecify.annotations.NullMarked;

/// Classic BPF: programs, their assembly and a model of the kernel's interpreter. It knows the wire
/// formats, and how the kernel takes an instruction.
@NullMarked
package io.ringtap.bpf;

import org.jspecify.annotations.NullMarked;

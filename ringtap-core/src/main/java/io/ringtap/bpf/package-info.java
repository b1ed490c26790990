/// Classic BPF: programs, their assembly and a model of the kernel's interpreter. Knows the wire
/// formats alone.
@NullMarked
package io.ringtap.bpf;

import org.jspecify.annotations.NullMarked;

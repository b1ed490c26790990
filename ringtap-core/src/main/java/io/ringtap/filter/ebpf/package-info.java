/// Makes eBPF, for XDP and for sockets, of the programs that the compiler writes. It knows programs
/// and nothing of expressions.
@NullMarked
package io.ringtap.filter.ebpf;

import org.jspecify.annotations.NullMarked;

/// Makes eBPF for XDP of the programs that the compiler writes for sockets. It knows programs and
/// nothing of expressions.
@NullMarked
package io.ringtap.filter.xdp;

import org.jspecify.annotations.NullMarked;

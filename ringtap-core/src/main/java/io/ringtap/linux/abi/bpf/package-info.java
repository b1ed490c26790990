/// `bpf(2)` and the filters of sockets.
@NullMarked
package io.ringtap.linux.abi.bpf;

import org.jspecify.annotations.NullMarked;

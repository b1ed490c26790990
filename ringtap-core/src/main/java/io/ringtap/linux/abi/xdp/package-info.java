/// Structs and constants of AF_XDP sockets (`linux/if_xdp.h`, Documentation/networking/af_xdp.rst).
@NullMarked
package io.ringtap.linux.abi.xdp;

import org.jspecify.annotations.NullMarked;

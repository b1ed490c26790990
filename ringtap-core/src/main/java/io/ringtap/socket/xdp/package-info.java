/// AF_XDP sockets: the memory that they share with the kernel, their four rings, receiving and
/// transmitting (Documentation/networking/af_xdp.rst). Which frames a socket receives is the affair
/// of the XDP program on its interface.
@NullMarked
package io.ringtap.socket.xdp;

import org.jspecify.annotations.NullMarked;

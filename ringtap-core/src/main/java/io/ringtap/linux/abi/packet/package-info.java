/// Packet sockets and their rings: `linux/if_packet.h`.
@NullMarked
package io.ringtap.linux.abi.packet;

import org.jspecify.annotations.NullMarked;

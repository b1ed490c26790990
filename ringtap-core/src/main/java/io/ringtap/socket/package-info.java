/// Packet sockets (`packet(7)`) and raw sockets (`raw(7)`): setting them up, their rings, receiving
/// and sending. What the pinger and the capture stand on; it knows none of them, and is exported.
@NullMarked
package io.ringtap.socket;

import org.jspecify.annotations.NullMarked;

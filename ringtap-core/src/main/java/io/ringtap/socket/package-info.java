/// Packet sockets (`packet(7)`): setting them up, their rings, receiving in batches, and the frames
/// that they show. What both the pinger and the capture stand on; it knows neither, and is not
/// exported.
@NullMarked
package io.ringtap.socket;

import org.jspecify.annotations.NullMarked;

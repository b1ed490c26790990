package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What a router, or the target, has written into the IPv4 header of a packet that passed it.
///
/// @param address of the interface that it left by; null if only times were asked for
/// @param millis the time there, in milliseconds since midnight UT; with the highest bit set, and
///   so negative here, it is of another kind; 0 if times were not asked for
public record RecordedHop(@Nullable IpAddress address, int millis) {}

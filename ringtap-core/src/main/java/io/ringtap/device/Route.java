package io.ringtap.device;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// The route that the kernel takes to a destination.
///
/// @param interfaceIndex the interface that packets leave by
/// @param gateway the router that they go to; null if the destination is on the link
/// @param source the address that they have if they do not ask for another; null if there is none
/// @param isUnicast whether it leads to one other host; not so if the destination is this host, a
///   group or a broadcast address
public record Route(
    int interfaceIndex,
    @Nullable IpAddress gateway,
    @Nullable IpAddress source,
    boolean isUnicast) {}

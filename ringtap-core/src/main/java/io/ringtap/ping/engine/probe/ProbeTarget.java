package io.ringtap.ping.engine.probe;

import io.ringtap.packet.IpAddress;

/// Where the probes of a series go, and whose replies count.
///
/// @param scopeId the interface index that a link-local IPv6 address needs, else 0
/// @param anySource whether an intact reply counts from whatever address it comes
public record ProbeTarget(IpAddress address, int scopeId, boolean anySource) {
  /// Whether many may answer, each from an address of its own.
  boolean isGroup() {
    return address.isMulticast() || address.isBroadcast();
  }
}

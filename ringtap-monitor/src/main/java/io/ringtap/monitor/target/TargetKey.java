package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;

/// What makes a target the same one over restarts, reloads and changes of its address: its history
/// goes by this.
///
/// @param group the group's name
/// @param host the name or address that is pinged, as it was configured
/// @param family [AddressFamily#IPV4] or [AddressFamily#IPV6] where both of a name are watched,
///   each as a target of its own; else [AddressFamily#ANY]
public record TargetKey(String group, String host, AddressFamily family) {
  /// As it stands in lines and addresses of pages: `group/host`, with `#ipv4` or `#ipv6` after it
  /// where both are watched.
  @Override
  public String toString() {
    String plain = group + "/" + host;
    return family == AddressFamily.ANY ? plain : plain + "#" + family.word();
  }
}

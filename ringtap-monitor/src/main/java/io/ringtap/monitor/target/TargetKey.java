package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;
import org.jspecify.annotations.Nullable;

/// What makes a target the same one over restarts, reloads and changes of its address: its history
/// goes by this.
///
/// @param group the group's name
/// @param host the name or address that is pinged, as it was configured
/// @param family [AddressFamily#IPV4] or [AddressFamily#IPV6] where both of a name are watched,
///   each as a target of its own; else [AddressFamily#ANY]
/// @param site where it is probed from, in a fleet, in which each site has a target of its own;
///   null in a monitor that probes by itself
public record TargetKey(String group, String host, AddressFamily family, @Nullable String site) {
  /// Of a monitor that probes by itself.
  public TargetKey(String group, String host, AddressFamily family) {
    this(group, host, family, null);
  }

  /// The same target as all sites have it.
  public TargetKey withoutSite() {
    return site == null ? this : new TargetKey(group, host, family);
  }

  /// As it stands in lines and addresses of pages: `group/host`, with `#ipv4` or `#ipv6` after it
  /// where both are watched, and with `@site` at the end in a fleet.
  @Override
  public String toString() {
    String plain = group + "/" + host;
    String ofFamily = family == AddressFamily.ANY ? plain : plain + "#" + family.word();
    return site == null ? ofFamily : ofFamily + "@" + site;
  }
}

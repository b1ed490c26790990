package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A target and how to ping it.
///
/// @param target the address to ping
/// @param scopeId the interface index that a link-local IPv6 address needs, else 0
/// @param options how to ping it
/// @param attachment whatever the caller wants to find again in the listener and the summary
public record PingRequest(
    IpAddress target, int scopeId, PingOptions options, @Nullable Object attachment) {
  /// A request with default options.
  public static PingRequest to(InetAddress target) {
    int scopeId = target instanceof Inet6Address address ? address.getScopeId() : 0;
    return new PingRequest(IpAddress.of(target), scopeId, PingOptions.DEFAULT, null);
  }

  /// A request with default options.
  public static PingRequest to(IpAddress target) {
    return new PingRequest(target, 0, PingOptions.DEFAULT, null);
  }

  /// The same target, pinged in another way.
  public PingRequest with(PingOptions newOptions) {
    return new PingRequest(target, scopeId, newOptions, attachment);
  }

  /// The same request with something of the caller's tied to it.
  public PingRequest withAttachment(Object newAttachment) {
    return new PingRequest(target, scopeId, options, newAttachment);
  }
}

package io.ringtap.monitor.web;

import io.ringtap.packet.IpAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Keeps pages of other sites, which a person's browser shows, from reading or changing something
/// here.
final class SameSite {
  private SameSite() {}

  /// Refuses names that only another site's name server would let point here (DNS rebinding): a
  /// server that listens on the loopback interface is called `localhost` or by an address.
  ///
  /// @param host the `Host` header
  static void requireLocalName(@Nullable String host) throws WebException {
    if (host == null || !isLocalName(withoutPort(host))) {
      throw new WebException(
          421, "this server listens on the loopback interface: call it localhost or 127.0.0.1");
    }
  }

  /// Refuses what a page of another origin sends.
  ///
  /// @param origin the `Origin` header, which browsers send with a POST
  /// @param host the `Host` header
  static void requireSameOrigin(@Nullable String origin, @Nullable String host)
      throws WebException {
    if (origin != null && !(host != null && host.equalsIgnoreCase(authority(origin)))) {
      throw new WebException(403, "a page of another site may not ask for this");
    }
  }

  private static boolean isLocalName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("localhost") || lower.endsWith(".localhost")) {
      return true;
    }
    boolean isBracketed = name.startsWith("[") && name.endsWith("]");
    try {
      IpAddress.parse(isBracketed ? name.substring(1, name.length() - 1) : name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

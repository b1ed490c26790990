package io.ringtap.monitor.web.security;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a web configuration file says. Immutable.
///
/// @param tls null if connections are not encrypted
/// @param users bcrypt hashes by name; empty lets everybody in
/// @param headers for each response
/// @param files all that were read for it
public record WebSecurity(
    @Nullable TlsSettings tls,
    Map<String, String> users,
    Map<String, String> headers,
    List<Path> files) {
  /// Neither TLS nor users.
  public static final WebSecurity NONE = new WebSecurity(null, Map.of(), Map.of(), List.of());
}

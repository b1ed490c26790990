package io.ringtap.monitor.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where targets of a group come from.
public sealed interface TargetSource {
  /// What stands in the configuration.
  ///
  /// @param text a name, an address, a prefix (`10.0.0.0/24`) or a range (`10.0.0.1-10.0.0.9`)
  /// @param name how it is shown; null shows the text
  /// @param labels of its own
  record Written(String text, @Nullable String name, Map<String, String> labels)
      implements TargetSource {}

  /// A file with a target a line, as `ringtap ping -f` reads it; read again when it changes.
  ///
  /// @param file where it is
  record ListFile(Path file) implements TargetSource {}

  /// Prometheus' `file_sd`: JSON or YAML files, read again when they change.
  ///
  /// @param pattern a path whose last part may have `*`
  record FileSd(Path pattern) implements TargetSource {}

  /// Prometheus' `http_sd`: JSON from a server.
  ///
  /// @param uri http or https
  /// @param refresh from one request to the next
  record HttpSd(URI uri, Duration refresh) implements TargetSource {}
}

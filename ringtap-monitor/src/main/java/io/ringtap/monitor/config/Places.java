package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads where something is: paths and addresses.
final class Places {
  private Places() {}

  /// A path, relative to a folder if it is relative.
  static Path path(Path folder, String text) {
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(Mistake.quoted(text) + " is no path", e);
    }
  }

  /// An address that begins with `http://` or `https://`.
  static URI http(String text) {
    URI uri = uri(text);
    if (uri == null
        || uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is no address; write it as http://HOST:PORT/PATH");
    }
    return uri;
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// Where to listen.
  ///
  /// @return the text as it is
  static String listen(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean isHost = host.matches("|\\[[0-9a-fA-F:.%A-Za-z]+\\]|[^\\s\\[\\]:/]+");
    boolean isPort = port.matches("\\d{1,5}") && Integer.parseInt(port) < 65_536;
    if (colon < 0 || !isHost || !isPort) {
      throw new IllegalArgumentException(
          Mistake.quoted(text)
              + " is no address with a port; write it as 127.0.0.1:9427, [::1]:9427 or :9427");
    }
    return text;
  }
}

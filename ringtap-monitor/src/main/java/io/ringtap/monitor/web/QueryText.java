package io.ringtap.monitor.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the query of an address: `name=value&name=value`, percent-encoded.
final class QueryText {
  private static final int MAX_PARAMETERS = 1_000;

  private QueryText() {}

  /// The values by their name.
  ///
  /// @param query as the client sent it; null if there is none
  /// @throws WebException if it cannot be decoded or has too many parameters: status 400
  static Map<String, List<String>> parse(@Nullable String query) throws WebException {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> values = new HashMap<>();
    String[] parameters = query.split("&", MAX_PARAMETERS + 1);
    if (parameters.length > MAX_PARAMETERS) {
      throw WebException.badRequest("the query has more than " + MAX_PARAMETERS + " parameters");
    }
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      values.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
    }
    return values;
  }

  private static String decoded(String text) throws WebException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw WebException.badRequest("the query has a % without two hexadecimal digits");
    }
  }
}

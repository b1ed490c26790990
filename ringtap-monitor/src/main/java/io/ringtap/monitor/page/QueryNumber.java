package io.ringtap.monitor.page;

import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;

/// Reads whole numbers of a query.
final class QueryNumber {
  private static final int MOST_DIGITS = 15;

  private QueryNumber() {}

  /// @param fallback where the parameter is missing
  static long read(WebExchange exchange, String name, long fallback) throws WebException {
    String text = exchange.query(name);
    if (text == null) {
      return fallback;
    }
    if (text.isEmpty()
        || text.length() > MOST_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw WebException.badRequest(name + " must be a whole number");
    }
    return Long.parseLong(text);
  }
}

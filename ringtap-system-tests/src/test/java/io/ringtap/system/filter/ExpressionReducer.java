package io.ringtap.system.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes an expression short by leaving words out of it for as long as it stays interesting.
final class ExpressionReducer {
  private static final Pattern WORD = Pattern.compile("[()\\[\\]!]|&&|\\|\\||[^\\s()\\[\\]!]+");

  private ExpressionReducer() {}

  /// @param isInteresting holds for `expression`, and for what is returned
  static String reduce(String expression, Predicate<String> isInteresting) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(expression);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    String shortest = expression;
    for (int width = words.size() / 2; width > 0; width = width > 1 ? width / 2 : 0) {
      for (int at = 0; at + width <= words.size(); ) {
        List<String> fewer = new ArrayList<>(words.subList(0, at));
        fewer.addAll(words.subList(at + width, words.size()));
        String text = String.join(" ", fewer);
        if (!fewer.isEmpty() && isInteresting.test(text)) {
          words = fewer;
          shortest = text;
        } else {
          at++;
        }
      }
    }
    return shortest;
  }
}

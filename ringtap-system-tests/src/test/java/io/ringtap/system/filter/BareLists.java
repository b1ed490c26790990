package io.ringtap.system.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Groups in parentheses that begin with an identifier without qualifiers, as in `src host 10.0.0.1
/// or (10.0.0.2 or 10.0.0.3)`.
///
/// libpcap's grammar takes what begins so for a list (`pid` in grammar.y): it holds identifiers,
/// `not` and lists, no other primitives, and does not begin with another list.
final class BareLists {
  private static final Pattern TOKEN = Pattern.compile("[()!]|&&|\\|\\||[^\\s()!&|]+|[&|]");
  private static final Pattern IDENTIFIER =
      Pattern.compile("[0-9].*|[0-9a-f]*:.*|http|https|domain|ssh|syslog|who");
  private static final Set<String> JOINTS = Set.of("and", "or", "&&", "||");
  private static final Set<String> NEGATIONS = Set.of("not", "!");

  private BareLists() {}

  /// Whether one of them holds something else as well.
  static boolean holdOtherThings(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).equals("(") && isOther(tokens, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(List<String> tokens, int from) {
    int first = from;
    boolean beginsWithGroup = false;
    while (first < tokens.size()
        && (NEGATIONS.contains(tokens.get(first)) || tokens.get(first).equals("("))) {
      beginsWithGroup |= tokens.get(first).equals("(");
      first++;
    }
    if (first == tokens.size() || !IDENTIFIER.matcher(tokens.get(first)).matches()) {
      return false;
    }
    if (beginsWithGroup) {
      return true;
    }
    int depth = 1;
    for (int i = first + 1; i < tokens.size() && depth > 0; i++) {
      String token = tokens.get(i);
      if (token.equals("(")) {
        depth++;
      } else if (token.equals(")")) {
        depth--;
      } else if (!JOINTS.contains(token)
          && !NEGATIONS.contains(token)
          && !IDENTIFIER.matcher(token).matches()) {
        return true;
      }
    }
    return false;
  }
}

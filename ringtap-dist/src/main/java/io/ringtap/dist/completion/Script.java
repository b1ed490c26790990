package io.ringtap.dist.completion;

import io.ringtap.filter.FilterKeyword;
import io.ringtap.filter.FilterKeyword.Next;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A script whose marks, `@like.this@`, are replaced by what the model says.
final class Script {
  private static final Pattern PLAIN = Pattern.compile("[\\w.:,/+=-]*[\\w.:,/+-]");

  private String text;

  /// @param name of the resource
  /// @param between what stands between alternatives of a pattern in this shell
  Script(String name, String between) {
    try (InputStream resource = Script.class.getResourceAsStream(name)) {
      text = new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<FilterKeyword> keywords = FilterKeyword.all();
    replace("keywords", joined(keywords, " "));
    replace("keywords.host", joined(keywords, Next.HOST, between));
    replace("keywords.either", joined(keywords, Next.HOST_OR_KEYWORD, between));
    replace("keywords.value", joined(keywords, Next.VALUE, between));
  }

  Script replace(String mark, String by) {
    text = text.replace('@' + mark + '@', by);
    return this;
  }

  @Override
  public String toString() {
    return text;
  }

  /// A word as bash and zsh read it: in quotes if it needs them.
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : inQuotes(word);
  }

  /// A text in the quotes of bash and zsh.
  static String inQuotes(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String joined(List<FilterKeyword> keywords, Next next, String between) {
    return joined(keywords.stream().filter(each -> each.next() == next).toList(), between);
  }

  private static String joined(List<FilterKeyword> keywords, String between) {
    return keywords.stream().map(FilterKeyword::word).collect(Collectors.joining(between));
  }
}

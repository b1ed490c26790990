package io.ringtap.cli.filter;

import io.ringtap.cli.argument.ExpressionFile;
import io.ringtap.filter.FilterException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The arguments that say which filter it is.
final class ExpressionArguments {
  @Parameters(
      arity = "0..*",
      paramLabel = "EXPRESSION",
      description = "A filter in tcpdump's language, such as: tcp port 80. '' matches all packets.")
  private List<String> words = List.of();

  @Option(
      names = "-F",
      paramLabel = "FILE",
      description = "Read the expression from a file, in which # begins a comment.")
  private @Nullable String file;

  boolean areMissing() {
    return words.isEmpty() && file == null;
  }

  boolean areTwo() {
    return !words.isEmpty() && file != null;
  }

  /// The expression.
  ///
  /// @throws IOException if its file cannot be read; the message names it and the reason
  String text() throws IOException {
    return file == null ? String.join(" ", words) : ExpressionFile.read(file);
  }

  /// What to tell of an expression that is no filter: in a file, which, and on what line.
  String told(String expression, FilterException e) {
    if (file == null) {
      return String.valueOf(e.getMessage());
    }
    String before = expression.substring(0, Math.min(e.position(), expression.length()));
    int lineStart = before.lastIndexOf('\n') + 1;
    if (lineStart == 0) {
      return file + ": " + e.getMessage();
    }
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return "%s: line %d, at %d: %s"
        .formatted(file, line, e.position() - lineStart + 1, e.problem());
  }
}

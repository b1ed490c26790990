package io.ringtap.cli.source;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import io.ringtap.filter.FilterException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A filter expression: the words of the command line, or a file, as tcpdump's `-F` names it.
public final class ExpressionArguments {
  private static final Pattern COMMENT = Pattern.compile("#[^\\n]*");

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

  private String inFile = ""; // what was read from it

  /// The same for a command whose words do not all belong to the expression.
  ///
  /// @param file the value of its `-F`; null if absent
  public static ExpressionArguments of(List<String> words, @Nullable String file) {
    ExpressionArguments arguments = new ExpressionArguments();
    arguments.words = words;
    arguments.file = file;
    return arguments;
  }

  /// The expression; null if absent.
  ///
  /// @throws BadArgument if there are two, or the file cannot be read
  public @Nullable String text() throws BadArgument {
    String path = file;
    if (path == null) {
      return words.isEmpty() ? null : String.join(" ", words);
    }
    if (!words.isEmpty()) {
      throw new BadArgument("-F and an expression exclude each other");
    }
    String read = read(path);
    inFile = read;
    return read;
  }

  /// Says what is wrong with the expression, and where it stands.
  public BadArgument refusal(FilterException e) {
    return file == null ? BadArgument.of(e) : new BadArgument(problem(e));
  }

  /// The expression in a file, with blanks for its comments, so that a position in it is that in
  /// the file.
  static String read(String file) throws BadArgument {
    try {
      String text = SmallFile.read(file, "a filter");
      return COMMENT.matcher(text).replaceAll(comment -> " ".repeat(comment.group().length()));
    } catch (InvalidPathException e) {
      throw new BadArgument("'" + file + "' is not a file name");
    } catch (IOException e) {
      throw new BadArgument(file + ": " + Failure.reason(e));
    }
  }

  /// What is wrong with the expression; if it is in a file, with the file and the line.
  public String problem(FilterException e) {
    if (file == null) {
      return String.valueOf(e.getMessage());
    }
    String before = inFile.substring(0, Math.min(e.position(), inFile.length()));
    int lineStart = before.lastIndexOf('\n') + 1;
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return "%s: line %d, at %d: %s"
        .formatted(file, line, e.position() - lineStart + 1, e.problem());
  }
}

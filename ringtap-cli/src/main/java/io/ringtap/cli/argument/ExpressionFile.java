package io.ringtap.cli.argument;

import io.ringtap.cli.run.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Reads filter expressions from files, as tcpdump's `-F` does.
public final class ExpressionFile {
  private static final Pattern COMMENT = Pattern.compile("#[^\\n]*");

  private ExpressionFile() {}

  /// The expression in a file, with blanks for its comments, which `#` begins: so a place in it is
  /// that place in the file.
  ///
  /// @throws IOException if it cannot be read; the message names it and the reason, in one line
  public static String read(String file) throws IOException {
    try {
      String text = Files.readString(Path.of(file));
      return COMMENT.matcher(text).replaceAll(comment -> " ".repeat(comment.group().length()));
    } catch (InvalidPathException e) {
      throw new IOException("'" + file + "' is no name of a file", e);
    } catch (IOException e) {
      throw new IOException(file + ": " + Failure.reason(e), e);
    }
  }
}

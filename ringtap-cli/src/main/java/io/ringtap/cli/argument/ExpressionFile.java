package io.ringtap.cli.argument;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": permission denied", e);
    } catch (MalformedInputException e) {
      throw new IOException(file + ": not a text", e);
    } catch (InvalidPathException e) {
      throw new IOException("'" + file + "' is no name of a file", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}

package io.ringtap.target;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// The words of a file or stream of targets, read as they are needed: any number on a line, parted
/// by blanks; `#` begins a comment. A byte order mark at the beginning is passed over.
public final class TargetWords implements Closeable {
  /// More than a line of targets has; what is no text has lines without end.
  static final int LONGEST_LINE = 1_000_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final StringTokenizer NO_WORDS = new StringTokenizer("");

  private final String name;
  private final BufferedReader reader;
  private StringTokenizer words = NO_WORDS;
  private long lineNumber;

  /// Reads words from `input`.
  ///
  /// @param name the file's name in messages
  public TargetWords(String name, InputStream input) {
    this.name = name;
    this.reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
  }

  /// The next word; null at the end.
  ///
  /// @throws IOException if the file cannot be read, or has a line that is too long
  public @Nullable String next() throws IOException {
    while (!words.hasMoreTokens()) {
      String line = readLine();
      if (line == null) {
        return null;
      }
      int comment = line.indexOf('#');
      words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
    }
    return words.nextToken();
  }

  /// Where the last word stands, as `file:line`.
  public String place() {
    return name + ":" + lineNumber;
  }

  /// The next line, with what ends it; null at the end.
  private @Nullable String readLine() throws IOException {
    lineNumber++;
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (line.length() == LONGEST_LINE) {
        throw new IOException(
            "line " + lineNumber + " has more than " + LONGEST_LINE + " characters");
      }
      boolean isMark = c == BYTE_ORDER_MARK && lineNumber == 1 && line.isEmpty();
      if (!isMark) {
        line.append((char) c);
      }
      if (c == '\n') {
        return line.toString();
      }
    }
    return line.isEmpty() ? null : line.toString();
  }

  /// Whether [#next] may have to wait for somebody to write.
  public boolean mayBlock() throws IOException {
    return !words.hasMoreTokens() && !reader.ready();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

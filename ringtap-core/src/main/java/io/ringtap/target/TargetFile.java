package io.ringtap.target;

import io.ringtap.target.TargetParser.BadTarget;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Targets from a file or stream of [words][TargetWords], read as they are needed.
public final class TargetFile implements Closeable {
  private final TargetWords words;
  private final TargetParser parser;
  private final Consumer<String> onBadTarget;

  /// Reads targets from `input`.
  ///
  /// @param name the file's name in messages
  /// @param onBadTarget hears of what cannot be understood, with its place; reading goes on after
  ///   it
  public TargetFile(
      String name, InputStream input, TargetParser parser, Consumer<String> onBadTarget) {
    this.words = new TargetWords(name, input);
    this.parser = parser;
    this.onBadTarget = onBadTarget;
  }

  /// The next target; null at the end.
  ///
  /// @throws IOException if the file cannot be read, or has a line that is too long
  public @Nullable TargetSpec next() throws IOException {
    for (String word = words.next(); word != null; word = words.next()) {
      try {
        return parser.parse(word);
      } catch (BadTarget e) {
        onBadTarget.accept(words.place() + ": " + e.getMessage());
      }
    }
    return null;
  }

  /// Whether [#next] may have to wait for somebody to write.
  public boolean mayBlock() throws IOException {
    return words.mayBlock();
  }

  @Override
  public void close() throws IOException {
    words.close();
  }
}

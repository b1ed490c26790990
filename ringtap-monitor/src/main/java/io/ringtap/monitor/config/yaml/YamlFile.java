package io.ringtap.monitor.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a YAML file into its tree.
public final class YamlFile {
  /// A hundred thousand targets with labels are smaller.
  private static final int MOST_BYTES = 32_000_000;

  private YamlFile() {}

  /// Reads a file.
  ///
  /// @param mistakes hears what is wrong with the file as YAML; the tree may still be useful to
  ///   find more
  /// @return null if there is no tree
  public static @Nullable YamlNode read(Path file, Mistakes mistakes) {
    String text = text(file, mistakes);
    return text == null ? null : YamlTree.read(text, mistakes);
  }

  /// The whole file as text, if it is UTF-8 and no larger than sensible.
  ///
  /// @return null if it cannot be read, which `mistakes` heard
  public static @Nullable String text(Path file, Mistakes mistakes) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      mistakes.add(1, 1, "cannot be read: " + reason(e), "");
      return null;
    }
    if (bytes.length > MOST_BYTES) {
      mistakes.add(
          1,
          1,
          "the file is larger than 32 MB",
          "keep long lists of targets in files of their own");
      return null;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int lineBegin = text.lastIndexOf('\n') + 1;
      mistakes.add(
          lines(text), text.length() - lineBegin + 1, "not UTF-8 text", "save the file as UTF-8");
      return null;
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> Mistake.quoted(String.valueOf(e.getMessage()));
    };
  }

  /// The number of the line at the end of a text.
  static int lines(String text) {
    return 1 + (int) text.chars().filter(c -> c == '\n').count();
  }
}

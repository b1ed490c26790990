package io.ringtap.cli.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why something about a file failed, in the same words everywhere. The message of many exceptions
/// is only the file's name.
public final class Failure {
  private Failure() {}

  /// The reason, without the file's name.
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "not a text";
      case FileSystemException system when system.getReason() != null ->
          String.valueOf(system.getReason());
      default -> String.valueOf(e.getMessage());
    };
  }
}

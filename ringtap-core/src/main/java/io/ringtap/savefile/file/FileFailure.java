package io.ringtap.savefile.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// Describes why a file could not be used, because the JDK's exceptions often name only the file.
public final class FileFailure {
  private FileFailure() {}

  /// The exception with the name of the file and the reason.
  public static IOException of(String file, IOException cause) {
    return new IOException(file + ": " + reason(cause), cause);
  }

  /// The reason in words.
  public static String reason(IOException cause) {
    String message =
        switch (cause) {
          case NoSuchFileException _ -> "no such file or directory";
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "it already exists";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> cause.getMessage();
        };
    if (message == null || message.isEmpty()) {
      return cause.getClass().getSimpleName();
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}

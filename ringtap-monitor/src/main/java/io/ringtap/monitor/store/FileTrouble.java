package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file or folder cannot be used, in one line. The message of many exceptions is only its
/// name.
public final class FileTrouble {
  private FileTrouble() {}

  /// In words, without a line break.
  public static String text(IOException trouble) {
    String text =
        switch (trouble) {
          case NoSuchFileException e -> e.getFile() + ": no such file or folder";
          case AccessDeniedException e -> e.getFile() + ": permission denied";
          case FileAlreadyExistsException e -> e.getFile() + ": is there, and is no folder";
          case FileSystemException e -> e.getMessage();
          default -> trouble.getMessage();
        };
    return text == null ? trouble.toString() : text.replaceAll("\\p{Cntrl}+", " ");
  }
}

package io.ringtap.cli.source;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import io.ringtap.cli.run.StandardInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// A file that names savefiles, one a line: tcpdump's `-V`.
public final class FileList {
  private static final String OPTION = "-V ";

  private FileList() {}

  /// The names in their order; blank lines are skipped.
  ///
  /// @param file a path, or `-` for standard input
  /// @throws BadArgument if it cannot be read, names nothing, or names a file that cannot be read:
  ///   better now than when the others have been read
  public static List<String> read(String file) throws BadArgument {
    List<String> names;
    try {
      boolean isStandardInput = file.equals(StandardInput.DASH);
      if (isStandardInput) {
        StandardInput.requireOpen();
      }
      String path = isStandardInput ? StandardInput.DESCRIPTOR.toString() : file;
      names =
          SmallFile.read(path, "a list of files").lines().filter(each -> !each.isBlank()).toList();
    } catch (InvalidPathException e) {
      throw new BadArgument(OPTION + "'" + file + "' is not a file name");
    } catch (IOException e) {
      throw new BadArgument(OPTION + file + ": " + Failure.reason(e));
    }
    if (names.isEmpty()) {
      throw new BadArgument(OPTION + file + " names no file");
    }
    for (String name : names) {
      requireReadable(file, name);
    }
    return names;
  }

  private static void requireReadable(String list, String name) throws BadArgument {
    if (name.equals(StandardInput.DASH)) {
      return;
    }
    try {
      Path path = Path.of(name);
      if (!Files.isReadable(path)) {
        throw new BadArgument(
            "%s: %s (named by %s%s)"
                .formatted(
                    name, Files.exists(path) ? "permission denied" : "no such file", OPTION, list));
      }
    } catch (InvalidPathException e) {
      throw new BadArgument("'" + name + "' is not a file name (named by " + OPTION + list + ")");
    }
  }
}

package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.linux.Credentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `-Z`: gives up the rights of root once interfaces or the first file are open, as tcpdump does.
final class Relinquishment {
  private static final String OPTION = "-Z ";
  private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

  private Relinquishment() {}

  /// Makes the process run as a user if it runs as root, and otherwise does nothing.
  ///
  /// @throws BadArgument if there is no such user, or Ringtap cannot run as that user
  /// @throws IOException if the kernel refuses
  static void to(String name) throws BadArgument, IOException {
    if (!Credentials.areRoot()) {
      return;
    }
    Credentials.User user = Credentials.user(name);
    if (user == null) {
      throw new BadArgument(OPTION + "'" + name + "': there is no such user");
    }
    if (user.isRoot()) {
      return;
    }
    Credentials.become(user);
    for (Path part : parts()) {
      if (!Files.isReadable(part) && !Files.notExists(part)) {
        throw new BadArgument(
            OPTION
                + name
                + ": that user cannot read "
                + part
                + ", from which Ringtap loads what it needs later");
      }
    }
  }

  /// The files from which the JVM loads classes when they are first used.
  private static List<Path> parts() {
    List<Path> parts = new ArrayList<>();
    parts.add(Path.of(System.getProperty("java.home"), "lib", "modules"));
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      SEPARATOR
          .splitAsStream(System.getProperty(property, ""))
          .filter(part -> !part.isEmpty())
          .map(Path::of)
          .forEach(parts::add);
    }
    return parts;
  }
}

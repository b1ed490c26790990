package io.ringtap.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/// The launcher in a source tree that is built, with a JDK whose `java` is a shell script.
///
/// @param root of the tree
record LauncherTree(Path root) {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final String DIST = "ringtap-cli/target/dist/";

  /// Makes one.
  ///
  /// @param java the script, which takes what the launcher calls the JVM with
  static LauncherTree in(Path root, String java) throws IOException {
    LauncherTree tree = new LauncherTree(root);
    tree.program("jdk/bin/java", java);
    tree.program("jdk/bin/javac", "#!/bin/sh\n");
    tree.file("jdk/release", "JAVA_VERSION=\"25.0.3\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9\"\n");
    tree.program("ringtap", Files.readString(PROJECT.resolve("ringtap")));
    for (String part : List.of(".build/launch.sh", ".build/find-jdk.sh")) {
      tree.file(part, Files.readString(PROJECT.resolve(part)));
    }
    tree.file("pom.xml", "");
    tree.file("ringtap-cli/pom.xml", "");
    Files.createDirectories(root.resolve("ringtap-cli/src/main"));
    tree.file("ringtap-cli/target/ringtap-cli-1.jar", "");
    tree.file(DIST + "lib/ringtap-core-1.jar", "");
    tree.file("ringtap-monitor/target/ringtap-monitor-1.jar", "");
    tree.file("ringtap-monitor/target/dist/lib/sqlite-1.jar", "");
    tree.file("ringtap-fleet/target/ringtap-fleet-1.jar", "");
    tree.file("ringtap-fleet/target/dist/lib/kafka-1.jar", "");
    tree.file(DIST + "built", "");
    for (String cache :
        List.of(
            "-ping",
            "-ping-many",
            "-sweep",
            "-trace",
            "-capture",
            "-as-ping",
            "-fping",
            "-other")) {
      tree.file(DIST + "25.0.3+9" + cache + ".aot", "");
      // Files that are written one after the other may have the same time, and then none is newer.
      Files.setLastModifiedTime(tree.cache(cache), FileTime.from(Instant.now().plusSeconds(1)));
    }
    return tree;
  }

  /// The launcher.
  Path launcher() {
    return root.resolve("ringtap");
  }

  /// What stands in the place of the JDK.
  Path jdk() {
    return root.resolve("jdk");
  }

  Path jar() {
    return root.resolve("ringtap-cli/target/ringtap-cli-1.jar");
  }

  /// The cache of commands such as `-ping`; `-other` of all others.
  Path cache(String commands) {
    return root.resolve(DIST + "25.0.3+9" + commands + ".aot");
  }

  private void file(String name, String text) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void program(String name, String text) throws IOException {
    file(name, text);
    Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

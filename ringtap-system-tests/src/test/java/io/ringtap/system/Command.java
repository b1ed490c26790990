package io.ringtap.system;

import io.ringtap.cli.Main;
import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The command as users run it: a process of its own, inside a namespace.
///
/// @param namespace where it runs
/// @param classPath the jars, as [#copyClassPath] makes them
/// @param prefix what stands before `java`, such as `setpriv`
public record Command(NetworkNamespace namespace, String classPath, List<String> prefix) {
  private static final long PATIENCE_SECONDS =
      180; // the lab's small runs take a while on a busy machine

  /// What a process has said and how it ended.
  public record Result(int exitCode, List<String> out, List<String> err) {}

  /// Copies this test's class path to where every user may read it.
  ///
  /// @return the copy as a class path
  public static String copyClassPath(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path source = Path.of(element);
      if (Files.exists(source)) {
        Path copy = directory.resolve(copies.size() + "-" + source.getFileName());
        copy(source, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }

  /// The same as a user without any rights.
  public Command asNobody() {
    return withPrefix(
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--");
  }

  public Command withPrefix(String... words) {
    return new Command(namespace, classPath, List.of(words));
  }

  /// Runs to the end.
  public Result run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getOutputStream().close();
    return finish(process);
  }

  /// Starts; the caller ends the process and reads its streams, with [#finish] or by itself.
  public Process start(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:+UseSerialGC");
    words.add("-XX:TieredStopAtLevel=1");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-cp");
    words.add(classPath);
    words.add(Main.class.getName());
    words.addAll(List.of(arguments));
    ProcessBuilder builder = namespace.process(words.toArray(String[]::new));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.directory(new File("/")).start();
  }

  /// Reads what is left of the streams and waits.
  public static Result finish(Process process) throws InterruptedException {
    var out = CompletableFuture.supplyAsync(() -> process.inputReader().lines().toList());
    var err = CompletableFuture.supplyAsync(() -> process.errorReader().lines().toList());
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end: " + process.info().commandLine());
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } finally {
      process.destroyForcibly();
    }
  }
}

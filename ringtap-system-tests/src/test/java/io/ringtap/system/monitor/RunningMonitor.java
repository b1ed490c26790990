package io.ringtap.system.monitor;

import io.ringtap.testing.Eventually;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `ringtap monitor` in a process of its own inside a namespace, and what it serves there.
public final class RunningMonitor implements AutoCloseable {
  /// Where it listens.
  static final int PORT = 9427;

  private static final String ADDRESS = "http://127.0.0.1:" + PORT;
  private static final long PATIENCE_SECONDS = 60;

  private final NetworkNamespace namespace;
  private final Process process;
  private final Path log;

  private RunningMonitor(NetworkNamespace namespace, Process process, Path log) {
    this.namespace = namespace;
    this.process = process;
    this.log = log;
  }

  /// What comes before the arguments of `ringtap monitor`, whose module [io.ringtap.system.Command]
  /// does not have.
  public static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        "io.ringtap.cli.Main",
        "monitor");
  }

  /// Starts it with a configuration and waits until it serves its metrics.
  ///
  /// @param folder takes its configuration and its log
  static RunningMonitor start(NetworkNamespace namespace, Path folder, String config)
      throws IOException {
    return start(namespace, folder, config, List.of());
  }

  /// @param prefix what stands before `java`; it must become that process
  static RunningMonitor start(
      NetworkNamespace namespace, Path folder, String config, List<String> prefix)
      throws IOException {
    Path file = Files.writeString(folder.resolve("monitor.yml"), config);
    Path log = folder.resolve("log");
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command());
    words.addAll(List.of("--config", file.toString()));
    Process process =
        namespace
            .process(words.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    RunningMonitor monitor = new RunningMonitor(namespace, process, log);
    Eventually.await(
        "the monitor serves metrics",
        () -> {
          if (!process.isAlive()) {
            throw new IOException("it has ended: " + monitor.log());
          }
          return monitor.get("/metrics").contains("ringtap_build_info");
        });
    return monitor;
  }

  /// Its metrics as they are now.
  Metrics metrics() throws IOException, InterruptedException {
    return Metrics.parse(get("/metrics"));
  }

  /// What it answers to GET; empty if it does not.
  String get(String path) throws IOException, InterruptedException {
    return curl("-s", "-m", "10", ADDRESS + path);
  }

  /// What it answers to POST.
  String post(String path) throws IOException, InterruptedException {
    return curl("-s", "-m", "10", "-X", "POST", ADDRESS + path);
  }

  private String curl(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("curl"));
    words.addAll(List.of(arguments));
    Process curl = namespace.start(words.toArray(String[]::new));
    curl.getOutputStream().close();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int _ = curl.waitFor();
    return answer;
  }

  /// Sends a signal, such as `HUP`.
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " fails");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// What it has written.
  String log() throws IOException {
    return Files.readString(log);
  }

  /// Waits until it has written something, which may come after what else shows it.
  void awaitLog(String text) {
    Eventually.await("the log says: " + text, () -> log().contains(text));
  }

  /// Its open sockets, pipes and files, without those of the JVM itself.
  List<String> descriptors() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(proc("fd"))) {
      for (Path each : all.toList()) {
        try {
          String target = Files.readSymbolicLink(each).toString();
          if (!target.endsWith(".jar") && !target.endsWith("/lib/modules")) {
            open.add(target);
          }
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return open;
  }

  /// Where a path of its mount namespace is to be found from here.
  Path seen(Path path) {
    return seen(pid(), path);
  }

  /// Where a path of a process' mount namespace is to be found from here.
  static Path seen(long pid, Path path) {
    return Path.of("/proc", Long.toString(pid), "root").resolve(Path.of("/").relativize(path));
  }

  long pid() {
    return process.pid();
  }

  int threads() throws IOException {
    try (Stream<Path> all = Files.list(proc("task"))) {
      return (int) all.count();
    }
  }

  /// Its resident memory in bytes.
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  /// Asks it to end and waits until it has.
  ///
  /// @return its exit code
  int end() throws IOException, InterruptedException {
    signal("TERM");
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

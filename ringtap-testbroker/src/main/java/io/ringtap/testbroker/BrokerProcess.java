package io.ringtap.testbroker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One broker, running or not.
final class BrokerProcess {
  private static final long READY_SECONDS = 180;
  private static final long END_SECONDS = 20;
  private static final int LOG_LINES = 40;

  private final String clients;
  private final String open;
  private final Path properties;
  private final List<String> arguments;
  private final ProcessStarter starter;
  private @Nullable Process process;
  private boolean ready;

  BrokerProcess(
      String clients,
      String open,
      Path properties,
      List<String> arguments,
      ProcessStarter starter) {
    this.clients = clients;
    this.open = open;
    this.properties = properties;
    this.arguments = arguments;
    this.starter = starter;
  }

  String clients() {
    return clients;
  }

  String open() {
    return open;
  }

  /// Starts the process unless it runs.
  void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    ready = false;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms48m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-UsePerfData", "-Xshare:auto", "-Djava.awt.headless=true"));
    // To verify Kafka's own classes takes a fifth of the start.
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.add("-Djava.util.logging.config.file=" + properties.resolveSibling("logging"));
    command.addAll(List.of("-cp", classPath(), BrokerMain.class.getName(), properties.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    process = starter.start(builder.redirectError(ProcessBuilder.Redirect.appendTo(log())));
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path"), System.getProperty("jdk.module.path"))
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private File log() {
    return properties.resolveSibling("log").toFile();
  }

  /// Waits until clients can connect.
  ///
  /// @throws IOException if the broker ends or takes too long; with what it said last
  void awaitReady() throws IOException {
    if (ready) {
      return;
    }
    Process started = started();
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            started::destroyForcibly,
            CompletableFuture.delayedExecutor(READY_SECONDS, TimeUnit.SECONDS));
    try (BufferedReader reader = started.inputReader()) {
      if (!BrokerMain.READY.equals(reader.readLine())) {
        List<String> lines = Files.readAllLines(log().toPath());
        throw new IOException(
            "the broker did not start:\n"
                + String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())));
      }
      ready = true;
    } finally {
      boolean _ = limit.cancel(false);
    }
  }

  /// Asks the process to end in order.
  void askToStop() {
    try (OutputStream input = started().getOutputStream()) {
      input.write(BrokerMain.STOP);
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /// Waits until the process has ended, and kills it if that takes too long: where the other
  /// brokers have ended too, there is nobody left with whom to agree on it.
  void awaitEnd() {
    try {
      if (!started().waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  /// Kills the process, if it runs, and waits for its end.
  void kill() {
    if (process != null) {
      var _ = process.destroyForcibly().onExit().join();
    }
  }

  private Process started() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }
}

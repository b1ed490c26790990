package io.ringtap.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Checksum;
import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One run of an example in its own JVM on the module path, with only the example's module, the
/// library and the JDK.
final class Example implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<List<String>> lines;

  private Example(ProcessBuilder builder) throws IOException {
    process = builder.redirectErrorStream(true).start();
    lines = CompletableFuture.supplyAsync(() -> process.inputReader().lines().toList());
  }

  /// Starts an example that needs no privileges.
  static Example start(Class<?> program, String... arguments) throws IOException {
    return new Example(new ProcessBuilder(command(program, arguments)));
  }

  /// Starts an example in its own network namespace.
  static Example startIn(NetworkNamespace namespace, Class<?> program, String... arguments)
      throws IOException {
    return new Example(namespace.process(command(program, arguments)));
  }

  private static String[] command(Class<?> program, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("--enable-native-access=io.ringtap", "--illegal-native-access=deny"));
    words.addAll(List.of("-p", place(program) + File.pathSeparator + place(Checksum.class)));
    words.addAll(List.of("-m", "io.ringtap.examples/" + program.getName()));
    words.addAll(List.of(arguments));
    return words.toArray(String[]::new);
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The lines that it prints until it ends without an error.
  List<String> output() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    List<String> output = lines.join();
    assertThat(process.exitValue()).as(String.join("\n", output)).isZero();
    return output;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    Process _ = process.destroyForcibly();
  }
}

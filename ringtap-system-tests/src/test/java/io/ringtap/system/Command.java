package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The command as users run it: a process of its own, inside a namespace.
///
/// @param namespace where it runs
/// @param prefix what stands before `java`, such as `setpriv`
public record Command(NetworkNamespace namespace, List<String> prefix) {
  private static final long PATIENCE_SECONDS =
      180; // the lab's small runs take a while on a busy machine

  public Command(NetworkNamespace namespace) {
    this(namespace, List.of());
  }

  /// What a process has said and how it ended.
  public record Result(int exitCode, List<String> out, List<String> err) {}

  /// The same as a user without any rights.
  public Command asNobody() {
    return withPrefix(
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--");
  }

  public Command withPrefix(String... words) {
    return new Command(namespace, List.of(words));
  }

  /// Runs to the end.
  public Result run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getOutputStream().close();
    return finish(process);
  }

  /// Starts; the caller ends the process and reads its streams, with [#finish] or by itself.
  public Process start(String... arguments) throws IOException {
    ProcessBuilder builder = namespace.process(words(arguments).toArray(String[]::new));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.directory(new File("/")).start();
  }

  /// What is started.
  public List<String> words(String... arguments) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(InstalledCommand.java(arguments.length == 0 ? "" : arguments[0]));
    words.addAll(List.of(arguments));
    return words;
  }

  /// Reads what is left of the streams and waits.
  public static Result finish(Process process) throws InterruptedException {
    var out = CompletableFuture.supplyAsync(() -> process.inputReader().lines().toList());
    var err = CompletableFuture.supplyAsync(() -> process.errorReader().lines().toList());
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end: " + process.info().commandLine());
      }
      assertThat(err.join()).noneMatch(line -> line.startsWith(InstalledCommand.NATIVE_ACCESS));
      return new Result(process.exitValue(), out.join(), err.join());
    } finally {
      process.destroyForcibly();
    }
  }
}

package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The command as the background job of a script: POSIX has the shell start it with SIGINT and
/// SIGQUIT ignored. Its streams are files or FIFOs, so that the shell needs no pipe of the test;
/// descriptor 3 is reserved, as by the launcher.
public final class BackgroundJob implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SCRIPT =
      """
      in=$1 out=$2 err=$3
      shift 3
      "$@" <"$in" >"$out" 2>"$err" 3</dev/null &
      echo $!
      wait $!
      echo $?
      """;

  private final Path out;
  private final Path err;
  private final Process shell;
  private final BufferedReader answers;
  private final String pid;

  private BackgroundJob(Path out, Path err, Process shell) throws IOException {
    this.out = out;
    this.err = err;
    this.shell = shell;
    answers = shell.inputReader();
    pid = answers.readLine();
  }

  /// Starts `ringtap` with `arguments`.
  ///
  /// @param directory where its output goes; `out` may be a FIFO that is there
  /// @param in its standard input
  public static BackgroundJob start(Command ringtap, Path directory, Path in, String... arguments)
      throws IOException {
    return start(ringtap, directory, in, SCRIPT, arguments);
  }

  /// Starts it from a script in which further signals are ignored.
  static BackgroundJob startIgnoring(
      String signals, Command ringtap, Path directory, String... arguments) throws IOException {
    String script = "trap '' " + signals + "\n" + SCRIPT;
    return start(ringtap, directory, Path.of("/dev/null"), script, arguments);
  }

  private static BackgroundJob start(
      Command ringtap, Path directory, Path in, String script, String... arguments)
      throws IOException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    // Whatever the build was started with: a shell cannot take back what was ignored before it.
    Command job =
        ringtap.withPrefix(
            "env",
            "--default-signal=HUP,INT,QUIT,TERM",
            "sh",
            "-c",
            script,
            "sh",
            in.toString(),
            out.toString(),
            err.toString());
    return new BackgroundJob(out, err, job.start(arguments));
  }

  /// A FIFO that the caller holds open for both directions, so that nobody waits for the other end.
  static FileChannel fifo(Path path) throws IOException, InterruptedException {
    if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
      throw new IOException("mkfifo " + path + " fails");
    }
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /// Fills a FIFO up, so that whoever writes to it waits.
  static void stall(FileChannel fifo) {
    AtomicLong written = new AtomicLong();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              written.addAndGet(fifo.write(ByteBuffer.allocate(64)));
            }
          } catch (IOException e) {
            // The test has closed it.
          }
        });
    AtomicLong before = new AtomicLong(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> before.getAndSet(written.get()) == written.get());
  }

  /// Waits until its output contains `text`.
  public void awaitOut(String text) {
    awaitText(out, text);
  }

  /// Waits until its error output contains `text`.
  public void awaitErr(String text) {
    awaitText(err, text);
  }

  private static void awaitText(Path file, String text) {
    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(file) && Files.readString(file).contains(text));
  }

  /// Waits until one of its threads waits for room in a FIFO that is [full][#stall].
  void awaitStalled() {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          try (DirectoryStream<Path> threads =
              Files.newDirectoryStream(Path.of("/proc", pid, "task"))) {
            for (Path thread : threads) {
              if (Files.readString(thread.resolve("wchan")).endsWith("pipe_write")) {
                return true;
              }
            }
          } catch (IOException e) {
            // One of its threads has ended.
          }
          return false;
        });
  }

  /// Its output, a character for each byte.
  public String out() throws IOException {
    return Files.readString(out, StandardCharsets.ISO_8859_1);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  /// Sends a signal, such as `INT`.
  public void signal(String name) throws IOException, InterruptedException {
    List<String> kill = List.of("kill", "-" + name, pid);
    if (new ProcessBuilder(kill).start().waitFor() != 0) {
      throw new AssertionError(kill + " fails: " + err());
    }
  }

  /// Sends a signal again and again. Nothing outside shows when a process whose output has stalled
  /// has heard the first one, and two that come before that are one.
  void signalUntilItEnds(String name) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0);
  }

  boolean isRunning() {
    return Files.exists(Path.of("/proc", pid));
  }

  /// Waits until it has ended.
  ///
  /// @return the exit code, as a shell has it
  public int exitCode() throws IOException, InterruptedException {
    if (!shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + err());
    }
    assertThat(err()).doesNotContain(InstalledCommand.NATIVE_ACCESS);
    return Integer.parseInt(answers.readLine());
  }

  @Override
  public void close() throws IOException {
    if (shell.isAlive()) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }
}

package io.ringtap.system.capture;

import static org.awaitility.Awaitility.await;

import io.ringtap.system.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A running capture, ours or another tool's, that is known to miss nothing from now on.
public final class CaptureProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final Thread outEnd;
  private final Thread errEnd;

  private CaptureProcess(Process process) {
    this.process = process;
    outEnd = gather(process.getInputStream(), out);
    errEnd = gather(process.getErrorStream(), err);
  }

  /// On a thread of its own: the common pool has too few on small machines.
  private static Thread gather(InputStream stream, List<String> lines) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (BufferedReader reader =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /// Starts `ringtap capture` and waits until its sockets are open.
  public static CaptureProcess start(Command ringtap, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 1];
    all[0] = "capture";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return awaited(ringtap.start(all), "listening on");
  }

  /// Waits until another tool's process says that it captures.
  public static CaptureProcess awaited(Process process, String word) throws IOException {
    process.getOutputStream().close();
    CaptureProcess capture = new CaptureProcess(process);
    await()
        .atMost(PATIENCE)
        .until(
            () -> capture.err.stream().anyMatch(line -> line.contains(word)) || !process.isAlive());
    return capture;
  }

  public long pid() {
    return process.pid();
  }

  public List<String> out() {
    return out;
  }

  public List<String> err() {
    return err;
  }

  /// Waits until it has ended by itself.
  public Command.Result finish() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + out + err);
    }
    outEnd.join();
    errEnd.join();
    return new Command.Result(process.exitValue(), List.copyOf(out), List.copyOf(err));
  }

  /// Sends a signal, such as `TERM`, and waits until it has ended.
  public Command.Result end(String signal) throws IOException, InterruptedException {
    signal(signal);
    return finish();
  }

  /// Sends a signal.
  public void signal(String signal) throws IOException, InterruptedException {
    int rc = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    if (rc != 0) {
      throw new AssertionError("kill -" + signal + " fails");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package io.ringtap.monitor.event.delivery;

import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process of Debian's Alertmanager.
final class Alertmanager implements AutoCloseable {
  private static final Pattern PORT =
      Pattern.compile("Listening on\" address=127\\.0\\.0\\.1:(\\d+)");

  private final Path folder;
  private final Path log;
  private final int port;
  private Process process;

  /// Starts one that tells `receiver` at once.
  ///
  /// @param parent of its folder
  Alertmanager(Path parent, URI receiver) throws IOException {
    folder = Files.createTempDirectory(parent, "alertmanager");
    log = folder.resolve("log");
    Files.writeString(
        folder.resolve("config.yml"),
        """
        route:
          receiver: test
          group_by: [group]
          group_wait: 10ms
          group_interval: 1s
        receivers:
          - name: test
            webhook_configs: [{url: '%s'}]
        """
            .formatted(receiver));
    process = run(0);
    port = awaitPort();
  }

  private Process run(int listenPort) throws IOException {
    return new ProcessBuilder(
            "prometheus-alertmanager",
            "--config.file=" + folder.resolve("config.yml"),
            "--storage.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + listenPort,
            "--cluster.listen-address=")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private int awaitPort() {
    int[] found = new int[1];
    Eventually.await(
        "Alertmanager listens",
        () -> {
          Matcher matcher = PORT.matcher(Files.readString(log));
          boolean isFound = matcher.find();
          found[0] = isFound ? Integer.parseInt(matcher.group(1)) : 0;
          return isFound;
        });
    return found[0];
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Ends it, and starts it again with the same folder and port.
  ///
  /// @param meanwhile runs while it is away
  void restart(Runnable meanwhile) throws IOException, InterruptedException {
    stop();
    meanwhile.run();
    process = run(port);
    awaitPort();
  }

  /// What amtool shows of the alerts that are active.
  String alerts() throws IOException, InterruptedException {
    Process amtool =
        new ProcessBuilder(
                "amtool", "alert", "query", "-o", "extended", "--alertmanager.url=" + uri())
            .redirectErrorStream(true)
            .start();
    String output = new String(amtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    amtool.waitFor();
    return output;
  }

  private void stop() throws InterruptedException {
    process.destroy(); // it then keeps what it has told
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

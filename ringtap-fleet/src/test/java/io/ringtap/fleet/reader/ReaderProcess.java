package io.ringtap.fleet.reader;

import static java.util.Objects.requireNonNull;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.MetricsForm;
import io.ringtap.monitor.MonitorSetup;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.config.WebConfig;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A reader in a process of its own, which can be killed.
final class ReaderProcess implements AutoCloseable {
  private static final Duration REPEAT = Duration.ofSeconds(1);

  private final Process process;
  private final Pages pages;

  private ReaderProcess(Process process, Pages pages) {
    this.process = process;
    this.pages = pages;
  }

  /// Starts one that delivers to a receiver, as to a webhook and as to an Alertmanager.
  static ReaderProcess start(String bootstrap, String prefix, Path store, URI receiver)
      throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx200m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                ReaderProcess.class.getName(),
                bootstrap,
                prefix,
                store.toString(),
                receiver.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String uri = out.readLine();
    if (uri == null) {
      throw new IOException("the reader does not start");
    }
    return new ReaderProcess(process, new Pages(uri));
  }

  Pages pages() {
    return pages;
  }

  /// As `kill -9`.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Asks it to end, and waits for that.
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the reader does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// The same on the class path, whether this JVM has it there or on the module path.
  private static String classPath() {
    String name = ReaderProcess.class.getName().replace('.', '/') + ".class";
    String self = requireNonNull(ReaderProcess.class.getClassLoader().getResource(name)).getPath();
    return String.join(
        File.pathSeparator,
        self.substring(0, self.length() - name.length()),
        System.getProperty("java.class.path"),
        System.getProperty("jdk.module.path", ""));
  }

  /// Runs a reader until it is ended.
  ///
  /// @param arguments brokers, prefix of the topics, folder of the history, receiver
  public static void main(String[] arguments) throws IOException, InterruptedException {
    URI receiver = URI.create(arguments[3]);
    StoreConfig all = StoreConfig.DEFAULT;
    MonitorConfig config =
        new MonitorConfig(
            List.of(),
            new StoreConfig(
                Path.of(arguments[2]),
                all.maxBytes(),
                all.raw(),
                all.tenSeconds(),
                all.minutes(),
                all.hours()),
            new DeliveryConfig(
                List.of(receiver.resolve("/")),
                List.of(receiver.resolve("/hook")),
                List.of(),
                REPEAT,
                List.of()),
            new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    MonitorSetup setup =
        new MonitorSetup(config, null, next -> next, new MetricsForm("ringtap", false), "1.0");
    FleetMonitor monitor =
        FleetMonitor.open(
            new ReaderSetup(
                setup, Connection.of(List.of(arguments[0]), null), new Topics(arguments[1])),
            _ -> {},
            Throwable::printStackTrace);
    Runtime.getRuntime().addShutdownHook(new Thread(monitor::close));
    System.out.println(monitor.uri());
    new CountDownLatch(1).await();
  }
}

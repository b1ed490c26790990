package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.CpuTime;
import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.lab.report.Report.Metric;
import io.ringtap.lab.report.Sample;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One run of one monitor: its first seconds, in which it starts and warms up, and then a time over
/// which its cost is measured.
final class MonitorRun {
  static final Metric CORE = Metrics.lower("cpu_percent", "CPU, of one core", "%", 2);
  static final Metric PER_PROBE = Metrics.lower("cpu_us_per_probe", "CPU of a probe", "µs", 1);
  static final Metric PROBES = Metrics.neither("probes_per_s", "probes a second", "1/s", 0);
  static final Metric SWITCHES = Metrics.lower("switches_per_s", "context switches", "1/s", 0);
  static final Metric SCRAPE = Metrics.lower("scrape_ms", "slowest scrape of metrics", "ms", 0);
  static final Metric UNREAD = Metrics.lower("scrapes_failed", "scrapes that failed", "", 0);
  static final Metric NOW = Metrics.lower("rss_now_mib", "memory at the end", "MiB", 1);

  static final List<Metric> ALL =
      List.of(CORE, PER_PROBE, PROBES, Metrics.RSS, NOW, SWITCHES, Metrics.THREADS, SCRAPE, UNREAD);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SCRAPE_SECONDS = "10"; // Prometheus' patience
  private static final Duration SCRAPES = Duration.ofSeconds(15);

  private final NetworkNamespace namespace;
  private final XdpResponder responder;
  private final MonitorExperiment.Size size;
  private long slowestScrapeNanos;
  private int failedScrapes;

  MonitorRun(NetworkNamespace namespace, XdpResponder responder, MonitorExperiment.Size size) {
    this.namespace = namespace;
    this.responder = responder;
    this.size = size;
  }

  /// Measures.
  Sample measure(MonitorPeer peer, int number) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("ringtap-lab-monitor");
    try {
      Instant measured = Instant.now().plus(size.warmUp());
      List<String> command = peer.program().prepare(directory, size.targets(), measured);
      try (MeasuredProcess process = MeasuredProcess.start(namespace, command)) {
        return measure(peer, number, process);
      }
    } finally {
      remove(directory);
    }
  }

  private Sample measure(MonitorPeer peer, int number, MeasuredProcess process)
      throws IOException, InterruptedException {
    Thread.sleep(size.warmUp());
    long begin = System.nanoTime();
    CpuTime cpuBefore = process.cpu();
    ProcessTree before = ProcessTree.of(process.pid());
    long probesBefore = probes();
    scrapeUntil(begin + size.measured().toNanos(), peer, process);
    String failure = process.isAlive() ? null : "it ended by itself";
    CpuTime cpu = process.cpu().since(cpuBefore);
    ProcessTree after = ProcessTree.of(process.pid());
    long probes = probes() - probesBefore;
    double seconds = (System.nanoTime() - begin) / 1e9;
    process.interrupt();
    ProcessRun run = process.await(PATIENCE);
    String setting = size.targets() + " targets";
    if (failure == null && probes == 0) {
      failure = "no probe was answered on the wire";
    }
    if (failure != null) {
      String said = run.errors().strip().lines().reduce("", (_, line) -> line);
      return Sample.failed(
          peer.name(), setting, number, said.isEmpty() ? failure : failure + "; it said: " + said);
    }
    Map<String, Double> values = new HashMap<>();
    values.put(CORE.name(), cpu.nanos() / 1e7 / seconds);
    values.put(PER_PROBE.name(), cpu.nanos() / 1e3 / probes);
    values.put(PROBES.name(), probes / seconds);
    values.put(SWITCHES.name(), Math.max(0, after.switches() - before.switches()) / seconds);
    values.put(NOW.name(), after.rssBytes() / (double) (1 << 20));
    values.put(Metrics.RSS.name(), run.peakRssBytes() / (double) (1 << 20));
    values.put(Metrics.THREADS.name(), (double) run.peakThreads());
    if (!peer.metrics().isEmpty()) {
      values.put(SCRAPE.name(), slowestScrapeNanos / 1e6);
      values.put(UNREAD.name(), (double) failedScrapes);
    }
    return new Sample(peer.name(), setting, number, false, values, run.series(), null);
  }

  private long probes() throws IOException {
    return responder.counters().getOrDefault(ResponderCounter.ECHO_REPLIES, 0L);
  }

  /// Reads the metrics now and then, as Prometheus does.
  private void scrapeUntil(long end, MonitorPeer peer, MeasuredProcess process)
      throws IOException, InterruptedException {
    slowestScrapeNanos = 0;
    failedScrapes = 0;
    for (long now = System.nanoTime(); now < end && process.isAlive(); now = System.nanoTime()) {
      if (!peer.metrics().isEmpty()) {
        scrape(peer.metrics());
      }
      long left = Math.max(0, end - System.nanoTime());
      long pause = now + SCRAPES.toNanos() - System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.clamp(pause, 0, left)));
    }
  }

  private void scrape(String metrics) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "curl",
            "-sSf",
            "-m",
            SCRAPE_SECONDS,
            "-o",
            "/dev/null",
            "-H",
            "Accept-Encoding: gzip",
            metrics);
    long begin = System.nanoTime();
    Process curl = namespace.process(command.toArray(String[]::new)).start();
    failedScrapes += curl.waitFor() == 0 ? 0 : 1;
    slowestScrapeNanos = Math.max(slowestScrapeNanos, System.nanoTime() - begin);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.deleteIfExists(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}

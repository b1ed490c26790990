package io.ringtap.cli.monitor;

import io.ringtap.monitor.MetricsForm;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is served and kept. These count before what a configuration says.
final class ServiceArguments {
  /// Whose names metrics may have. Asks the monitor's module only when somebody looks.
  static final class MetricWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MetricsForm.allNames().iterator();
    }
  }

  @Option(
      names = "--web.listen-address",
      paramLabel = "ADDRESS:PORT",
      description =
          "Serve page and metrics there; :9427 is on all addresses, port 0 one that is free."
              + " Default: 127.0.0.1:9427.")
  @Nullable String listen;

  @Option(
      names = "--web.config.file",
      paramLabel = "YAML",
      description = "TLS and users, in the form of Prometheus' exporters.")
  @Nullable Path security;

  @Option(
      names = "--compat",
      paramLabel = "PROGRAM",
      completionCandidates = MetricWords.class,
      description =
          "Show metrics under the names of smokeping_prober or ping_exporter, so that dashboards"
              + " made for these go on.")
  String metricNames = "ringtap";

  @Option(
      names = "--classic-buckets",
      description =
          "Show histograms with classic buckets too, for a Prometheus without native histograms.")
  boolean hasClassicBuckets;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Keep the history in this folder. Default: the newest in memory, until the process ends.")
  @Nullable Path folder;

  @Option(
      names = "--tui",
      description =
          "Show targets, plot and events on the terminal, where ? lists the keys, rather than a"
              + " line for each event.")
  boolean isOnTerminal;
}

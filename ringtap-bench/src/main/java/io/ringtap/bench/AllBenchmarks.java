package io.ringtap.bench;

import io.ringtap.lab.experiment.ThisMachine;
import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Machine;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.ReportDirectory;
import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs all benchmarks and writes their report, which takes a few minutes on an idle machine:
///
///     java -cp 'ringtap-bench/target/classes:ringtap-bench/target/lib/*' \
///         io.ringtap.bench.AllBenchmarks [--quick] [DIRECTORY] [PATTERN]
///
/// The report goes to `benchmarks` if no other directory is named. The pattern is a regular
/// expression that must be found in the names of the benchmarks. `--quick` only shows that all of
/// them run; its figures mean little.
public final class AllBenchmarks {
  /// How long each benchmark runs.
  ///
  /// @param warmUps the number of warm-up iterations, which are shown separately
  /// @param iterations the number of measured iterations
  record Pace(int warmUps, int iterations, long iterationMillis) {
    static final Pace FULL = new Pace(2, 5, 500);
    static final Pace QUICK = new Pace(1, 2, 50);
  }

  private static final String USAGE = "usage: AllBenchmarks [--quick] [DIRECTORY] [PATTERN]";
  private static final String DIRECTORY = "benchmarks";
  private static final OutputFormat SILENT =
      OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);

  private AllBenchmarks() {}

  public static void main(String[] args) throws IOException {
    List<String> words = new ArrayList<>(List.of(args));
    Pace pace = words.remove("--quick") ? Pace.QUICK : Pace.FULL;
    if (words.size() > 2 || words.stream().anyMatch(word -> word.startsWith("-"))) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Path directory = Path.of(words.isEmpty() ? DIRECTORY : words.get(0));
    String pattern = words.size() < 2 ? ".*" : words.get(1);
    try {
      ReportDirectory.write(run(pattern, pace), directory);
      System.err.println("report in " + directory);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /// Runs the benchmarks whose names contain the pattern.
  ///
  /// @throws IllegalArgumentException if there are none
  static Report run(String pattern, Pace pace) throws IOException {
    List<String> benches = benches(pattern);
    Instant begun = Instant.now();
    long start = System.nanoTime();
    List<Sample> samples = new ArrayList<>();
    for (String bench : benches) {
      String function = BenchmarkSamples.function(bench);
      System.err.printf("%d/%d %s%n", benches.indexOf(bench) + 1, benches.size(), function);
      try {
        for (RunResult result : new Runner(options(bench, pace), SILENT).run()) {
          samples.addAll(BenchmarkSamples.of(result, pace.warmUps()));
        }
      } catch (RunnerException e) {
        samples.add(Sample.failed(BenchmarkSamples.PEER, function, 1, reason(e)));
      }
    }
    return report(begun, Duration.ofNanos(System.nanoTime() - start), pattern, pace, samples);
  }

  private static List<String> benches(String pattern) {
    try {
      List<String> found =
          BenchmarkList.defaultList().find(SILENT, List.of(pattern), List.of()).stream()
              .map(BenchmarkListEntry::getUsername)
              .distinct()
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no benchmark has '" + pattern + "' in its name");
      }
      return found;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is not a regular expression: " + e.getDescription(), e);
    }
  }

  /// Warm-up iterations are measured too, because they are shown.
  private static Options options(String bench, Pace pace) {
    return new OptionsBuilder()
        .include("^" + bench.replace(".", "\\.") + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(1)
        .warmupIterations(0)
        .measurementIterations(pace.warmUps() + pace.iterations())
        .measurementTime(TimeValue.milliseconds(pace.iterationMillis()))
        .jvmArgsAppend(
            "--enable-native-access=ALL-UNNAMED",
            // JMH itself still calls Unsafe; this suppresses the JVM's warning for each benchmark.
            "--sun-misc-unsafe-memory-access=allow")
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .build();
  }

  /// The exception of the benchmark itself, as far as JMH reports it.
  private static String reason(Throwable thrown) {
    Throwable deepest = thrown;
    while (true) {
      if (deepest.getCause() != null) {
        deepest = deepest.getCause();
      } else if (deepest.getSuppressed().length > 0) {
        deepest = deepest.getSuppressed()[0];
      } else {
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("no reason given");
      }
    }
  }

  private static Report report(
      Instant begun, Duration took, String pattern, Pace pace, List<Sample> samples)
      throws IOException {
    Machine machine = ThisMachine.describe(version());
    return new Report(
        "bench",
        "What the hot functions cost",
        "How long does one call of each hot function take, and how much does it allocate?",
        begun,
        took,
        machine,
        "java -cp 'ringtap-bench/target/classes:ringtap-bench/target/lib/*' "
            + AllBenchmarks.class.getName(),
        Map.of(
            "pattern",
            pattern,
            "forks",
            "1",
            "warm-up iterations",
            String.valueOf(pace.warmUps()),
            "iterations",
            String.valueOf(pace.iterations()),
            "iteration",
            pace.iterationMillis() + " ms"),
        List.of(new Report.Peer(BenchmarkSamples.PEER, machine.ringtap(), "")),
        List.of(BenchmarkSamples.TIME, BenchmarkSamples.ALLOCATED),
        samples,
        List.of(
            new Chart(
                Chart.Kind.BARS,
                "Time of a call",
                BenchmarkSamples.TIME.name(),
                List.of(),
                "function",
                "time (ns/op)",
                true),
            new Chart(
                Chart.Kind.BARS,
                "Allocation of a call",
                BenchmarkSamples.ALLOCATED.name(),
                List.of(),
                "function",
                "allocated (B/op)",
                false)),
        List.of(),
        List.of(
            "A run is an iteration of JMH in one JVM. First runs are the iterations in which that"
                + " JVM warms up.",
            "Pinger.sweep and Pinger.flood are whole probes through the kernel's loopback; all"
                + " others stay within the process."));
  }

  private static String version() throws IOException {
    try (InputStream file =
        AllBenchmarks.class.getResourceAsStream("/io/ringtap/cli/version.txt")) {
      if (file == null) {
        throw new IOException("version.txt is missing from the command's jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}

package io.ringtap.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Reports of runs that never were, the same at every call.
final class MadeUpReport {
  static final Machine MACHINE =
      new Machine(
          "Made-up CPU @ 2.00GHz",
          4,
          16L << 30,
          "6.18.5",
          "Debian GNU/Linux 13",
          "25.0.3",
          "0.1.0");

  private static final Report.Metric CPU =
      new Report.Metric("cpu_s", "CPU", "s", 2, Report.Better.LOWER);
  private static final Report.Metric RTT =
      new Report.Metric("rtt_p50_ns", "RTT, median", "ns", 0, Report.Better.LOWER);
  private static final Report.Metric RATE =
      new Report.Metric("probes_per_s", "probes", "1/s", 0, Report.Better.HIGHER);

  private MadeUpReport() {}

  /// Several peers, settings and metrics, first runs, failures, lines, and text that wants
  /// escaping.
  static Report flood(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    for (String setting : List.of("quiet", "flood of look-alikes", "flood of <other> packets")) {
      double load = setting.equals("quiet") ? 1 : 6;
      samples.add(
          sample(random, "ringtap ping", setting, 1, true, 0.9 + 0.02 * load, 190_000, 9_000));
      for (int run = 1; run <= 3; run++) {
        samples.add(sample(random, "ringtap ping", setting, run, false, 0.11, 30_100, 141_000));
        samples.add(
            sample(
                random,
                "ringtap ping, no ring",
                setting,
                run,
                false,
                0.19 * load,
                35_000 * load,
                99_000));
        samples.add(
            sample(random, "ping", setting, run, false, 0.4 * load, 67_000 * load, 12_345.6));
        samples.add(
            run == 2 && load > 1
                ? Sample.failed("fping", setting, run, "exit code 3 | \"no <socket>\"")
                : sample(random, "fping", setting, run, false, 0.7 * load, 66_000, 88_000));
        samples.add(Sample.failed("old & slow`s ping", setting, run, "not there"));
      }
    }
    return new Report(
        "flood",
        "Pinging under a flood",
        "What do foreign packets cost a pinger, and do they change the RTT that it tells?",
        Instant.parse("2026-02-03T04:05:06.789Z"),
        Duration.ofSeconds(185),
        MACHINE,
        "ringtap lab flood --runs 3 '--peer=old=slow -n {count} | cat'",
        Map.of("packets", "1000000", "runs", "3", "rate", "<as fast as it goes>"),
        List.of(
            new Report.Peer("ringtap ping", "0.1.0", ""),
            new Report.Peer("ringtap ping, no ring", "0.1.0", ""),
            new Report.Peer("ping", "iputils 20240117", "ping -c 1000 10.0.0.2"),
            new Report.Peer("fping", "5.1", "fping -c 1000 10.0.0.2"),
            new Report.Peer("old & slow`s ping", "", "slow -n 1000 | cat")),
        List.of(CPU, RTT, RATE),
        samples,
        List.of(
            new Chart(
                Chart.Kind.BARS,
                "CPU that the pinger takes",
                "cpu_s",
                List.of(),
                "traffic",
                "CPU (s)",
                false),
            new Chart(
                Chart.Kind.BARS,
                "RTT that it tells",
                "rtt_p50_ns",
                List.of(),
                "traffic",
                "RTT (ns)",
                true),
            new Chart(
                Chart.Kind.LINES,
                "RTT over the run",
                "rtt_ns",
                List.of("quiet", "flood of look-alikes"),
                "time (s)",
                "RTT (µs)",
                false)),
        List.of(),
        List.of(
            "The RTT of fping is of its own clock; <b>nothing</b> is bold here.",
            "old & slow`s ping was not there."));
  }

  /// One metric, so that peers stand beside settings.
  static Report ladder(double factor) {
    Report.Metric packets =
        new Report.Metric("captured_pps", "captured", "packets/s", 0, Report.Better.HIGHER);
    List<Sample> samples = new ArrayList<>();
    for (int threads = 1; threads <= 4; threads *= 2) {
      for (int run = 1; run <= 3; run++) {
        for (String peer : List.of("ringtap", "tcpdump")) {
          double rate = (peer.equals("ringtap") ? 1_000_000 * factor : 400_000) * threads;
          samples.add(
              peer.equals("tcpdump") && threads == 4
                  ? Sample.failed(peer, "4 threads", run, "has no threads")
                  : new Sample(
                      peer,
                      threads + (threads == 1 ? " thread" : " threads"),
                      run,
                      false,
                      Map.of("captured_pps", rate + 1_000 * run),
                      List.of(),
                      null));
        }
      }
    }
    return new Report(
        "ladder",
        "The capture ladder",
        "What does each rung buy?",
        Instant.parse("2026-02-03T04:05:06Z"),
        Duration.ofMillis(4_200),
        MACHINE,
        "ringtap lab ladder",
        Map.of("factor", String.valueOf(factor)),
        List.of(
            new Report.Peer("ringtap", "0.1.0", ""),
            new Report.Peer("tcpdump", "4.99.3", "tcpdump")),
        List.of(packets),
        samples,
        List.of(
            new Chart(
                Chart.Kind.BARS,
                "Captured",
                "captured_pps",
                List.of(),
                "threads",
                "packets/s",
                false)),
        List.of(),
        List.of());
  }

  /// The ladder with profiles.
  static Report withProfiles(List<Profile> profiles) {
    Report ladder = ladder(1);
    return new Report(
        ladder.experiment(),
        ladder.title(),
        ladder.question(),
        ladder.begun(),
        ladder.took(),
        ladder.machine(),
        ladder.command(),
        ladder.flags(),
        ladder.peers(),
        ladder.metrics(),
        ladder.samples(),
        ladder.charts(),
        profiles,
        ladder.notes());
  }

  /// One peer, so that settings stand beside metrics.
  static Report benches() {
    Report.Metric time =
        new Report.Metric("time_ns_per_op", "time", "ns/op", 1, Report.Better.LOWER);
    Report.Metric memory =
        new Report.Metric("allocated_bytes_per_op", "allocated", "B/op", 1, Report.Better.LOWER);
    List<Sample> samples =
        IntStream.range(0, 12)
            .mapToObj(i ->
                new Sample(
                    "ringtap",
                    "Checksum.sum, bytes " + List.of(1, 32, 1024).get(i / 4),
                    Math.max(1, i % 4),
                    i % 4 == 0,
                    Map.of(
                        "time_ns_per_op",
                        (i % 4 == 0 ? 40 : 1) * List.of(1, 7, 49).get(i / 4) + 0.1 * i,
                        "allocated_bytes_per_op",
                        0.0),
                    List.of(),
                    null))
            .toList();
    return new Report(
        "bench",
        "Benches",
        "What does a call cost?",
        Instant.EPOCH,
        Duration.ofHours(1),
        MACHINE,
        "bench",
        Map.of(),
        List.of(new Report.Peer("ringtap", "0.1.0", "")),
        List.of(time, memory),
        samples,
        List.of(
            new Chart(
                Chart.Kind.BARS,
                "Time of a call",
                "time_ns_per_op",
                List.of(),
                "function",
                "time (ns/op)",
                true)),
        List.of(),
        List.of());
  }

  private static Sample sample(
      SplittableRandom random,
      String peer,
      String setting,
      int run,
      boolean isWarmUp,
      double cpu,
      double rtt,
      double rate) {
    double noise = 1 + random.nextDouble() / 10;
    List<Double> x = IntStream.range(0, 25).mapToObj(i -> i / 4.0).toList();
    List<Double> y =
        x.stream()
            .map(at ->
                rtt / 1e3 * (noise + random.nextDouble() / 5 + (isWarmUp ? 1 / (at + 0.2) : 0)))
            .map(value -> Math.rint(value * 1e3) / 1e3)
            .toList();
    return new Sample(
        peer,
        setting,
        run,
        isWarmUp,
        Map.of(
            "cpu_s",
            cpu * noise,
            "rtt_p50_ns",
            Math.rint(rtt * noise),
            "probes_per_s",
            rate / noise),
        List.of(new Sample.Series("rtt_ns", x, y)),
        null);
  }
}

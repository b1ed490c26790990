package io.ringtap.bench;

import com.sun.management.OperatingSystemMXBean;
import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.packet.IpRange;
import io.ringtap.send.Pace;
import io.ringtap.sweep.SenderKind;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepTargets;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.PermutedTargets;
import io.ringtap.sweep.space.Shard;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/// Every address of a prefix that answers from an XDP program at the other end of a cable: the
/// sweep with each of its senders, zmap, masscan and fping by turns. `SweepBesidePeers 16 5` sweeps
/// 2¹⁶ addresses five times with each, after a round that does not count.
///
/// The rate is that at which requests arrive at the far end, which counts them: the same measure
/// for all, without the time that a tool takes to start and to end. Missed are those that were
/// answered and not reported. Needs root, and the tools.
public final class SweepBesidePeers {
  private static final String ROUTER = "192.0.2.2";
  private static final Duration LIMIT = Duration.ofSeconds(45); // masscan does not always end
  private static final long SAMPLE_NANOS = 1_000_000;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final NetworkNamespace here;
  private final XdpResponder hosts;
  private final String mac;
  private final String prefix;
  private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

  private SweepBesidePeers(NetworkNamespace here, XdpResponder hosts, String mac, String prefix) {
    this.here = here;
    this.hosts = hosts;
    this.mac = mac;
    this.prefix = prefix;
  }

  /// What one tool did once.
  ///
  /// @param answered requests that were answered
  /// @param found addresses that it reported
  /// @param perSecond requests a second
  /// @param cpuSeconds of its process
  private record Round(long answered, long found, double perSecond, double cpuSeconds) {}

  /// Runs a tool.
  private interface Tool {
    /// @return what it reported and its CPU time; the rest is measured
    Round run() throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int bits = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    String prefix = "10.64.0.0/" + (32 - bits);
    try (NetworkNamespace here = NetworkNamespace.create("here");
        NetworkNamespace there = NetworkNamespace.create("there")) {
      VethPair cable = VethPair.create(here, "h0", there, "t0");
      cable.a().address("192.0.2.1/24").neighbour(ROUTER, cable.b().mac());
      cable.b().address(ROUTER + "/24");
      here.link("lo").up();
      here.routes().via("0.0.0.0/0", ROUTER);
      try (XdpResponder hosts = XdpResponder.attach(cable, prefix, AnswerRule.ALL)) {
        new SweepBesidePeers(here, hosts, cable.b().mac(), prefix).run(count);
      }
    }
  }

  private void run(int count) throws IOException, InterruptedException {
    SweepTargets targets =
        PermutedTargets.of(
            AddressSpace.builder().add(IpRange.parse(prefix)).build(), 1, Shard.WHOLE);
    for (int round = 0; round <= count; round++) {
      for (SenderKind kind : List.of(SenderKind.RAW, SenderKind.PACKET, SenderKind.XDP)) {
        measure("ringtap, " + kind.word(), round, () -> sweep(targets, kind));
      }
      measure("zmap", round, () -> tool(zmap()));
      measure("masscan", round, () -> tool(masscan()));
      measure("fping", round, () -> tool(fping()));
    }
    IO.println(
        "| tool | requests a second, each round | median | missed | CPU a request, median |");
    IO.println("| --- | --- | --- | --- | --- |");
    rounds.forEach((name, all) ->
        IO.println(
            "| %s | %s | %.0f | %s of %d | %.2f µs |"
                .formatted(
                    name,
                    all.stream().map(each -> "%.0f".formatted(each.perSecond)).toList(),
                    median(all, Round::perSecond),
                    all.stream().map(each -> each.answered - each.found).toList(),
                    all.getFirst().answered,
                    median(all, each -> each.cpuSeconds * 1e6 / each.answered))));
  }

  private List<String> zmap() {
    return List.of(
        "zmap",
        "-q",
        "-M",
        "icmp_echoscan",
        "--cooldown-time=1",
        "-i",
        "h0",
        "-G",
        mac,
        "-S",
        "192.0.2.1",
        "-B",
        "0",
        "-r",
        "0",
        "-b",
        "/dev/null",
        "-o",
        "-",
        prefix);
  }

  private List<String> masscan() {
    return List.of(
        "masscan",
        "--ping",
        "--wait",
        "1",
        "-e",
        "h0",
        "--router-mac",
        mac.replace(':', '-'),
        "--source-ip",
        "192.0.2.1",
        "--rate",
        "100000000",
        "-oL",
        "-",
        prefix);
  }

  private List<String> fping() {
    return List.of("fping", "-r", "0", "-i", "0", "-t", "500", "-a", "-g", prefix);
  }

  private Round sweep(SweepTargets targets, SenderKind kind)
      throws IOException, InterruptedException {
    SweepOptions options =
        SweepOptions.DEFAULT
            .withSender(kind)
            .withPace(Pace.asFastAsPossible())
            .withRampUp(Duration.ZERO)
            .withTimeout(Duration.ofMillis(500));
    long cpu = SYSTEM.getProcessCpuTime();
    try (Sweep sweep = here.call(() -> Sweep.open(targets, options))) {
      sweep.start(answer -> {
        if (answer.rttNanos() < 0) {
          throw new IllegalStateException("no round-trip time from " + answer.address());
        }
      });
      sweep.await();
      SweepCounters counters = sweep.counters();
      if (counters.duplicates() + counters.invalid() + counters.refused() > 0) {
        throw new IllegalStateException(counters.toString());
      }
      return new Round(0, counters.found(), 0, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
    }
  }

  private Round tool(List<String> command) throws IOException, InterruptedException {
    try (MeasuredProcess process = MeasuredProcess.start(here, command)) {
      ProcessRun run = process.await(LIMIT);
      long found =
          run.output()
              .lines()
              .flatMap(line -> List.of(line.split(" ", -1)).stream())
              .filter(word -> word.startsWith("10."))
              .distinct()
              .count();
      return new Round(0, found, 0, run.cpu().nanos() / 1e9);
    }
  }

  private void measure(String name, int round, Tool tool) throws IOException, InterruptedException {
    long before = answered();
    Arrivals arrivals = new Arrivals(before);
    Thread sampling = Thread.ofPlatform().daemon().start(arrivals);
    Round reported = tool.run();
    arrivals.isOver = true;
    sampling.join();
    long answered = answered() - before;
    if (round > 0) {
      rounds
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add(new Round(answered, reported.found, arrivals.perSecond(), reported.cpuSeconds));
    }
  }

  private long answered() throws IOException {
    return hosts.counters().getOrDefault(ResponderCounter.ECHO_REPLIES, 0L);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return rounds.stream()
        .mapToDouble(value)
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  /// Looks at the counter of the far end every millisecond.
  private final class Arrivals implements Runnable {
    private volatile boolean isOver;
    private final long before;
    private long first; // when the first requests were seen
    private long countAtFirst;
    private long last; // when the last were seen
    private long countAtLast;

    Arrivals(long before) {
      this.before = before;
      countAtLast = before;
    }

    @Override
    public void run() {
      try {
        while (!isOver) {
          long count = answered();
          long now = System.nanoTime();
          if (count > countAtLast) {
            if (countAtLast == before) {
              first = now;
              countAtFirst = count;
            }
            last = now;
            countAtLast = count;
          }
          LockSupport.parkNanos(SAMPLE_NANOS);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    double perSecond() {
      return (countAtLast - countAtFirst) * 1e9 / Math.max(1, last - first);
    }
  }
}

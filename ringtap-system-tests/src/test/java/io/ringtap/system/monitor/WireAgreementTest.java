package io.ringtap.system.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.JsonLines;
import io.ringtap.system.Tcpdump;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.HostCounter;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hosts with programmed outage, loss, delay and change of address: metrics, page and history agree
/// with what was on the wire to the probe, and each event is shown and delivered once, for its
/// time. `./dev truth MINUTES` does it again and again for so long.
@RequiresRoot
class WireAgreementTest {
  private static final String GROUP = "hosts";
  private static final String QUIET = "10.1.0.1";
  private static final String OUTAGE = "10.1.0.2";
  private static final String LOSSY = "10.1.0.3";
  private static final String SLOW = "10.1.0.4";
  private static final String MOVING = "moving.example";
  private static final List<String> TARGETS = List.of(QUIET, OUTAGE, LOSSY, SLOW, MOVING);

  /// Where the name is in rounds with even and odd numbers.
  private static final List<String> HOMES = List.of("10.1.0.5", "10.1.0.6");

  /// Pinged when all is over: what was on the wire before has been seen then.
  private static final String LAST = "10.1.0.99";

  private static final long WINDOW_MILLIS = 10_000;
  private static final long INTERVAL_MILLIS = 50;
  private static final long TIMEOUT_MILLIS = 3_000;
  private static final long MINUTES = Long.getLong("truth.minutes", 0);

  /// How late the monitor may know; much where other tests keep the machine busy.
  private static final long SLACK_MILLIS = MINUTES > 0 ? 2_000 : 60_000;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What the network was made to do, in milliseconds since the epoch.
  private record Round(long fromMillis, long toMillis) {}

  @TempDir private Path folder;
  private final List<Round> rounds = new ArrayList<>();

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void isToTheProbe() throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    try (NetworkNamespace namespace = NetworkNamespace.create("truth")) {
      namespace.link("lo").up();
      try (NameServer names = new NameServer(namespace, 1);
          VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 20_26)) {
        hosts.link().address("192.0.2.1/32");
        hosts.own("10.1.0.0/24");
        names.put(MOVING, HOMES.getFirst());
        try (Tcpdump tcpdump = watch(hosts);
            RunningMonitor monitor = start(namespace)) {
          do {
            makeRound(monitor, hosts, names);
          } while (System.nanoTime() < end);
          reload(monitor, config("1d")); // no more probes
          Wire wire = wire(tcpdump, hosts, namespace);

          assertProbes(monitor, wire);
          assertEvents(monitor, wire);
        }
      }
    }
  }

  private static Tcpdump watch(VirtualHosts hosts) throws IOException {
    // Small slots are many slots, so that none is lost.
    return Tcpdump.on(hosts.link(), "-tt", "--snapshot-length=128", "--buffer-size=16384", "icmp");
  }

  private RunningMonitor start(NetworkNamespace namespace) throws IOException {
    Path resolv = Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    String script = "mount --bind " + resolv + " /etc/resolv.conf && exec \"$@\"";
    return RunningMonitor.start(
        namespace,
        folder,
        config("50ms"),
        List.of("unshare", "--mount", "--", "sh", "-c", script, "sh"));
  }

  private String config(String interval) {
    return """
    defaults: {interval: %s, timeout: 3s}
    groups:
      - name: %s
        targets: [%s]
        alerts:
          down: {after: 20}
          loss: {above: 10%%, clear: 8%%, over: 10s}
          latency: {above: 30ms, clear: 20ms, over: 10s}
          baseline: off
    store: {path: %s}
    alerting:
      commands: [[sh, -c, 'line=$(cat); printf "%%s\\n" "$line" >>%s']]
    """
        .formatted(
            interval,
            GROUP,
            String.join(", ", TARGETS),
            folder.resolve("store"),
            folder.resolve("delivered"));
  }

  private void reload(RunningMonitor monitor, String config)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("monitor.yml"), config);
    assertThat(monitor.post("/-/reload")).contains("read again and taken");
  }

  /// Something goes wrong with each host but one, and is well again when all of it is known.
  private void makeRound(RunningMonitor monitor, VirtualHosts hosts, NameServer names)
      throws IOException, InterruptedException {
    int events = 7 * rounds.size();
    awaitWindow();
    long from = System.currentTimeMillis();
    hosts.behave(OUTAGE, HostBehaviour.SILENT);
    hosts.behave(LOSSY, HostBehaviour.PROMPT.loss(0.3));
    hosts.behave(SLOW, HostBehaviour.PROMPT.delay(Duration.ofMillis(60)));
    names.put(MOVING, HOMES.get((rounds.size() + 1) % HOMES.size()));
    awaitEvents(monitor, events + 4);
    long to = System.currentTimeMillis();
    for (String host : List.of(OUTAGE, LOSSY, SLOW)) {
      hosts.behave(host, HostBehaviour.PROMPT);
    }
    awaitEvents(monitor, events + 7);
    rounds.add(new Round(from, to));
  }

  /// Waits until a window of ten seconds has just begun, so that the next figures are wholly of
  /// what changes now.
  private static void awaitWindow() throws InterruptedException {
    long now = System.currentTimeMillis();
    Thread.sleep(WINDOW_MILLIS - Math.floorMod(now, WINDOW_MILLIS));
  }

  private void awaitEvents(RunningMonitor monitor, int count) {
    boolean isThere = Eventually.within(PATIENCE, () -> delivered().size() >= count);
    assertThat(isThere).as("%d events in %s", count, folder.resolve("delivered")).isTrue();
    assertThat(monitor.isAlive()).isTrue();
  }

  private List<ShownEvent> delivered() throws IOException, InterruptedException {
    Thread.sleep(50);
    Path file = folder.resolve("delivered");
    return Files.exists(file)
        ? JsonLines.parse(Files.readAllLines(file)).stream().map(ShownEvent::ofCommand).toList()
        : List.of();
  }

  private static Wire wire(Tcpdump tcpdump, VirtualHosts hosts, NetworkNamespace namespace)
      throws IOException, InterruptedException {
    long requests = hosts.count(HostCounter.REQUESTS);
    long answers = hosts.count(HostCounter.ANSWERS);
    assertThat(namespace.start("ping", "-c", "1", LAST).waitFor()).isZero();
    List<String> lines = tcpdump.linesUntil("> " + LAST);
    Wire wire = Wire.of(lines.subList(0, lines.size() - 1));
    assertThat(wire.echoes()).hasSize(Math.toIntExact(requests));
    assertThat(wire.echoes().stream().filter(Wire.Echo::isAnswered).count()).isEqualTo(answers);
    return wire;
  }

  /// That all outputs say the same of each target, and each single probe what was on the wire.
  private void assertProbes(RunningMonitor monitor, Wire wire)
      throws IOException, InterruptedException {
    Metrics metrics = monitor.metrics();
    assertThat(metrics.ended()).isEqualTo(wire.echoes().size());
    assertThat(metrics.outcomes()).isEqualTo(metrics.ended());
    Eventually.await(
        "all of them are in the history",
        () -> monitor.metrics().sum("ringtap_store_probes_total") >= metrics.ended());
    List<Map<String, Object>> probes = JsonLines.parse(export("raw"));
    List<Map<String, Object>> windows = JsonLines.parse(export("10s"));
    List<String> csv = export("10s", "--csv");
    for (String target : TARGETS) {
      List<Map<String, Object>> own = of(target, probes);
      List<Wire.Echo> echoes = wire.to(target.equals(MOVING) ? HOMES : List.of(target));
      assertFates(inOrderOfSending(own.stream().filter(ProbeCounts::isEnd).toList()), echoes);
      Map<String, Long> counts = ProbeCounts.ofProbes(own);
      assertThat(ProbeCounts.ofMetrics(metrics, target)).as(target).isEqualTo(counts);
      assertThat(ProbeCounts.ofWindows(of(target, windows))).as(target).isEqualTo(counts);
      assertThat(ProbeCounts.ofCsv(csv, target)).as(target).isEqualTo(counts);
      assertThat(ofPage(monitor, target)).as(target).isEqualTo(counts);
      System.out.printf(
          "truth: %s: %d requests and %d replies on the wire, everywhere else %s%n",
          target, echoes.size(), echoes.stream().filter(Wire.Echo::isAnswered).count(), counts);
    }
  }

  private List<String> export(String resolution, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(RunningMonitor.command());
    words.addAll(List.of("export", "--store", folder.resolve("store").toString()));
    words.addAll(List.of("--from", "1h", "--resolution", resolution));
    words.addAll(List.of(more));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  private static List<Map<String, Object>> of(String target, List<Map<String, Object>> rows) {
    return rows.stream().filter(row -> target.equals(row.get("host"))).toList();
  }

  private static Map<String, Long> ofPage(RunningMonitor monitor, String target)
      throws IOException, InterruptedException {
    String json = monitor.get("/api/series?points=2000&target=" + GROUP + "/" + target);
    Map<String, Object> answer = JsonLines.parse(List.of(json)).getFirst();
    Map<?, ?> series = (Map<?, ?>) ((List<?>) answer.get("series")).getFirst();
    Map<?, ?> total = (Map<?, ?>) series.get("total");
    return ProbeCounts.ofWindows(List.of((Map<?, ?>) total.get("outcomes")));
  }

  /// Probes come in the order in which their outcomes were known; their numbers begin again with
  /// each address.
  private static List<Map<String, Object>> inOrderOfSending(List<Map<String, Object>> probes) {
    List<Map<String, Object>> ordered = new ArrayList<>();
    List<Map<String, Object>> run = new ArrayList<>();
    Comparator<Map<String, Object>> byNumber =
        Comparator.comparingLong(probe -> (Long) probe.get("sequence"));
    for (Map<String, Object> probe : probes) {
      if (probe.get("sequence").equals(1L)) {
        run.sort(byNumber);
        ordered.addAll(run);
        run.clear();
      }
      run.add(probe);
    }
    run.sort(byNumber);
    ordered.addAll(run);
    return ordered;
  }

  /// One by one: what was answered in time is a reply, what was not is lost; only what was
  /// withdrawn says nothing.
  private static void assertFates(List<Map<String, Object>> probes, List<Wire.Echo> echoes) {
    assertThat(probes.size()).isEqualTo(echoes.size());
    for (int i = 0; i < probes.size(); i++) {
      Object outcome = probes.get(i).get("outcome");
      Wire.Echo echo = echoes.get(i);
      boolean isClose = Math.abs(echo.answerMillis() - TIMEOUT_MILLIS) < INTERVAL_MILLIS;
      if (!outcome.equals("withdrawn") && !isClose) {
        boolean isInTime = echo.isAnswered() && echo.answerMillis() < TIMEOUT_MILLIS;
        assertThat(outcome).as("%s, number %d", echo, i).isEqualTo(isInTime ? "reply" : "lost");
      }
    }
  }

  /// That the page shows the events that the command gets, each once, and that these are of what
  /// was done.
  private void assertEvents(RunningMonitor monitor, Wire wire)
      throws IOException, InterruptedException {
    List<ShownEvent> shown =
        JsonLines.parseArray(monitor.get("/api/events?limit=1000")).stream()
            .map(event -> ShownEvent.ofPage((Map<?, ?>) event))
            .toList();
    assertThat(delivered()).containsExactlyInAnyOrderElementsOf(shown);
    List<ShownEvent> rest = new ArrayList<>(shown.reversed());
    for (Round round : rounds) {
      assertDown(take(rest, OUTAGE, "down", true), take(rest, OUTAGE, "down", false), round, wire);
      assertFigure(take(rest, LOSSY, "loss", true), take(rest, LOSSY, "loss", false), round);
      assertFigure(take(rest, SLOW, "latency", true), take(rest, SLOW, "latency", false), round);
      ShownEvent move = take(rest, MOVING, "address", true);
      assertThat(move.atMillis()).isBetween(round.fromMillis, round.toMillis);
    }
    assertThat(rest).isEmpty();
  }

  /// The oldest event of a kind, which is taken out.
  private static ShownEvent take(
      List<ShownEvent> events, String host, String kind, boolean isBegin) {
    for (ShownEvent event : events) {
      if (event.target().equals(GROUP + "/" + host)
          && event.kind().equals(kind)
          && event.isBegin() == isBegin) {
        events.remove(event);
        return event;
      }
    }
    throw new AssertionError(host + " " + kind + " " + isBegin + " is not in " + events);
  }

  private static void assertDown(ShownEvent begin, ShownEvent end, Round round, Wire wire) {
    long silent = wire.firstAfter(OUTAGE, round.fromMillis - INTERVAL_MILLIS, false);
    long answered = wire.firstAfter(OUTAGE, round.toMillis - INTERVAL_MILLIS, true);
    System.out.printf(
        "truth: down since %+d ms of the first lost probe on the wire, known after %d ms, up %+d ms"
            + " of the first reply's%n",
        begin.sinceMillis() - silent,
        begin.atMillis() - begin.sinceMillis(),
        end.atMillis() - answered);
    assertThat(begin.sinceMillis()).isBetween(silent - SLACK_MILLIS, silent + SLACK_MILLIS);
    assertThat(begin.atMillis()).isBetween(begin.sinceMillis(), round.toMillis);
    assertThat(end.sinceMillis()).isEqualTo(begin.sinceMillis());
    assertThat(end.atMillis()).isBetween(answered, answered + SLACK_MILLIS);
  }

  /// A figure is of a window, in which what is wrong may have begun or ended.
  private static void assertFigure(ShownEvent begin, ShownEvent end, Round round) {
    System.out.printf(
        "truth: %s since %+d ms, known after %d ms, over %+d ms after%n",
        begin.kind(),
        begin.sinceMillis() - round.fromMillis,
        begin.atMillis() - round.fromMillis,
        end.atMillis() - round.toMillis);
    assertThat(begin.sinceMillis())
        .isBetween(round.fromMillis - WINDOW_MILLIS, round.fromMillis + WINDOW_MILLIS);
    assertThat(begin.atMillis()).isBetween(round.fromMillis, round.toMillis);
    assertThat(end.sinceMillis()).isEqualTo(begin.sinceMillis());
    assertThat(end.atMillis())
        .isBetween(round.toMillis, round.toMillis + 2 * WINDOW_MILLIS + SLACK_MILLIS);
  }
}

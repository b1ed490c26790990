package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.Transport;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What this machine loses, or could not send, is never told as the network's loss, and what some
/// hosts do does not disturb the others.
@RequiresRoot
class OwnLossTest {
  private static final int LIVE_PROBES = 20;
  private static final int DEAD_HOSTS = 250;
  private static final PingerOptions RAW = PingerOptions.DEFAULT.withTransport(Transport.RAW);

  @Test
  void noMoreLargeAnswersAreAskedForThanTheSocketsHaveRoomFor() throws Exception {
    try (NetworkNamespace alone = NetworkNamespace.create("alone")) {
      Map<String, Long> sums =
          sums(Trial.ringtap(alone).run("ping", "--json", "-s", "65000", "127.1.0.0/22"));
      long fping =
          Command.finish(alone.start("fping", "-a", "-q", "-r0", "-b65000", "-g", "127.1.0.0/22"))
              .out()
              .size();

      System.out.println("| 65000 bytes to a /22 of our own | - | " + fping + " | " + sums + " |");
      assertThat(sums.get("received")).as(sums.toString()).isEqualTo(1024);
    }
  }

  /// The usual send buffer holds requests to hosts that do not resolve for three seconds.
  @Test
  void deadNeighboursDoNotHoldUpLivingOne() throws Exception {
    try (Cable cable = Cable.toMachine()) {
      List<String> words =
          new ArrayList<>(List.of("ping", "--json", "-c", "" + LIVE_PROBES, "-i", "100ms"));
      words.addAll(List.of("-W", "1s", "10.0.0.2"));
      for (int host = 3; host < 3 + DEAD_HOSTS; host++) {
        words.add("10.0.0." + host);
      }

      Command.Result result = Trial.ringtap(cable.here).run(words.toArray(String[]::new));

      RingtapVerdict living = RingtapVerdict.of(result, "10.0.0.2");
      List<Long> times =
          living.of("reply").stream().map(reply -> (Long) reply.get("ts_ns")).sorted().toList();
      long longest = 0;
      for (int i = 1; i < times.size(); i++) {
        longest = Math.max(longest, times.get(i) - times.get(i - 1));
      }
      System.out.printf(
          "| living beside %d dead | - | - | %s, longest gap %d ms |%n",
          DEAD_HOSTS, living, longest / 1_000_000);
      assertThat(living.received()).as(living.toString()).isEqualTo(LIVE_PROBES);
      assertThat(longest)
          .isLessThan(1_500_000_000); // behind the dead ones it would be three seconds
    }
  }

  /// What this machine's own queue has no room for is not sent. A full neighbour table, which all
  /// namespaces of a machine share, has the kernel answer in the same way.
  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.2", "fd00::2"})
  void whatTheQueueHasNoRoomForIsNotSent(String target) throws Exception {
    Requirement.tool("tc");
    try (Cable cable = Cable.toMachine()) {
      cable.configure("tc qdisc add dev v0 root tbf rate 64kbit burst 500 limit 500");
      PingOptions options =
          PingOptions.DEFAULT
              .withCount(LIVE_PROBES)
              .withInterval(Duration.ofMillis(1))
              .withPayloadBytes(100)
              .withTimeout(Duration.ofSeconds(20));
      try (Pinger pinger = cable.here.call(() -> Pinger.open(RAW))) {
        PingCounts counts =
            pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options)).join().counts();

        long dropped = droppedByQueue(cable);
        System.out.println("| full queue | dropped " + dropped + " | - | " + counts + " |");
        assertThat(counts.unsent()).as(counts.toString()).isBetween(1L, dropped);
        assertThat(counts.unsent() + counts.received()).isEqualTo(LIVE_PROBES);
      }
    }
  }

  private static long droppedByQueue(Cable cable) throws Exception {
    Command.Result tc =
        Command.finish(cable.here.start("tc", "-s", "qdisc", "show", "dev", Cable.DEVICE));
    Matcher dropped = Pattern.compile("dropped (\\d+)").matcher(String.join(" ", tc.out()));
    assertThat(dropped.find()).as(tc.toString()).isTrue();
    return Long.parseLong(dropped.group(1));
  }

  @Test
  void stoppedProcessLosesNothingThatTheKernelKept() throws Exception {
    try (Cable cable = Cable.toMachine()) {
      Process process =
          Trial.ringtap(cable.here)
              .start("ping", "--json", "-c", "40", "-i", "50ms", "-W", "300ms", "10.0.0.2");
      String first = process.inputReader().readLine();
      signal("STOP", process);
      Thread.sleep(1500); // five times the timeout of what is in flight
      signal("CONT", process);
      Command.Result rest = Command.finish(process);

      List<String> all = new ArrayList<>(List.of(first));
      all.addAll(rest.out());
      RingtapVerdict verdict =
          RingtapVerdict.of(new Command.Result(rest.exitCode(), all, rest.err()), "10.0.0.2");
      System.out.println("| stopped for 1.5 s | - | - | " + verdict + " |");
      assertThat(verdict.count("lost")).as(verdict.toString()).isZero();
      assertThat(verdict.received()).as(verdict.toString()).isEqualTo(40);
      // Probes that were due meanwhile are sent at their pace, not all at once.
      assertThat(gapsBelow(verdict, 20_000_000))
          .as(verdict.objects().toString())
          .isLessThan(20); // of thirty that were due
    }
  }

  private static long gapsBelow(RingtapVerdict verdict, long nanos) {
    List<Long> times =
        verdict.of("reply").stream().map(reply -> (Long) reply.get("ts_ns")).sorted().toList();
    long below = 0;
    for (int i = 1; i < times.size(); i++) {
      below += times.get(i) - times.get(i - 1) < nanos ? 1 : 0;
    }
    return below;
  }

  private static void signal(String name, Process process)
      throws IOException, InterruptedException {
    List<String> kill = List.of("kill", "-" + name, "" + process.pid());
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  /// The sum of each number of all summaries.
  private static Map<String, Long> sums(Command.Result result) {
    Map<String, Long> sums = new TreeMap<>();
    for (Map<String, Object> object : JsonLines.parse(result.out())) {
      if ("summary".equals(object.get("type"))) {
        object.forEach((name, value) -> {
          if (value instanceof Long number) {
            sums.merge(name, number, Long::sum);
          }
        });
      }
    }
    return sums;
  }
}

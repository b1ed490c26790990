package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Leftovers;
import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Chart.Kind;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long do thousands of far targets take, and how many threads: one probe to each, by pingers
/// that wait for all replies at once and by such as wait for one in each thread.
public final class FanoutExperiment implements Experiment {
  private static final int TARGETS = 2_000;
  private static final int MOST_TARGETS = 60_000;
  private static final Duration DELAY = Duration.ofMillis(200);
  private static final String PREFIX = "10.64.0.0/16";
  private static final int FIRST = 0x0a400001; // 10.64.0.1

  /// Measures nothing until it is run.
  public FanoutExperiment() {}

  @Override
  public String name() {
    return "fanout";
  }

  /// The address of a target, counted from 0.
  static String target(int number) {
    return IpAddress.ofIpv4(FIRST + number).toString();
  }

  @Override
  public Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException {
    int _ = Leftovers.clean();
    Instant begun = Instant.now();
    int targets = plan.packets() == 0 ? TARGETS : (int) Math.min(plan.packets(), MOST_TARGETS);
    List<FanoutPeer> peers = FanoutPeer.present(plan.ringtap(), plan.peers(), targets, DELAY);
    try (PingGround ground = PingGround.lay();
        VirtualHosts hosts = VirtualHosts.start(ground.there(), "hosts0", 1)) {
      ground.there().forward();
      VirtualHosts _ = hosts.own(PREFIX).behave(PREFIX, HostBehaviour.PROMPT.delay(DELAY));
      List<Report.Peer> described = describe(ground, peers);
      List<Sample> samples = measure(ground, peers, plan.runs(), progress);
      return new Report(
          name(),
          "Thousands of far targets",
          "How long does it take to ping thousands of targets that are 200 ms away, and with how"
              + " many threads?",
          begun,
          Duration.between(begun, Instant.now()),
          ThisMachine.describe(described.getFirst().version()),
          plan.command(),
          flags(plan, targets),
          described,
          FanoutRun.ALL,
          samples,
          charts(),
          notes());
    }
  }

  private static List<Report.Peer> describe(PingGround ground, List<FanoutPeer> peers)
      throws IOException, InterruptedException {
    List<Report.Peer> described = new ArrayList<>();
    for (FanoutPeer peer : peers) {
      described.add(
          new Report.Peer(
              peer.name(),
              PeerPrograms.version(ground.here(), peer.versionCommand()),
              String.join(" ", peer.command())));
    }
    return described;
  }

  private static List<Sample> measure(
      PingGround ground, List<FanoutPeer> peers, int runs, Progress progress)
      throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    int done = 0;
    int steps = runs * peers.size();
    for (int run = 1; run <= runs; run++) {
      for (FanoutPeer peer : peers) {
        progress.step(
            done,
            steps,
            "%s, %d targets, run %d of %d".formatted(peer.name(), peer.targets(), run, runs));
        samples.add(FanoutRun.measure(ground, peer, DELAY, run));
        done++;
      }
    }
    progress.step(done, steps, "done");
    return samples;
  }

  private static Map<String, String> flags(LabPlan plan, int targets) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("runs", Integer.toString(plan.runs()));
    flags.put("targets", Integer.toString(targets));
    flags.put("delay of targets", DELAY.toMillis() + " ms");
    return flags;
  }

  private static List<Chart> charts() {
    return List.of(
        new Chart(
            Kind.BARS,
            "Targets pinged a second",
            FanoutRun.SPEED.name(),
            List.of(),
            "",
            "targets a second",
            true),
        new Chart(
            Kind.BARS,
            "Threads of the pinger's process",
            Metrics.THREADS.name(),
            List.of(),
            "",
            "threads",
            true));
  }

  private static List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Ideal: all requests leave at once, and all replies are there after the targets' delay."
            + " Ideal for so many in flight: a pool of n threads waits for n targets at a time.");
    notes.add(
        "Run time is that of the whole process, a JVM's start included; from first request to last"
            + " reply it is not, and is told by the lab's own capture at the far end of the"
            + " cable.");
    notes.add(
        "synchronous is the lab's own example of the blocking model, with a raw socket in each"
            + " thread: every socket is shown every reply. One thread alone is given as many"
            + " targets as it can ping in three seconds.");
    notes.add("Threads are counted ten times a second, those of the JVM itself included.");
    if (!PeerPrograms.isInstalled("fping")) {
      notes.add("fping is not installed and was left out.");
    }
    return notes;
  }
}

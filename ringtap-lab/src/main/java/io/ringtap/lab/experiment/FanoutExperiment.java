package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Chart.Kind;
import io.ringtap.lab.report.Report;
import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
    ExperimentRun run = ExperimentRun.begin(plan, progress);
    int targets = plan.packets() == 0 ? TARGETS : (int) Math.min(plan.packets(), MOST_TARGETS);
    List<FanoutPeer> peers = FanoutPeer.present(plan.ringtap(), plan.peers(), targets, DELAY);
    try (PingGround ground = PingGround.lay();
        VirtualHosts hosts = VirtualHosts.start(ground.there(), "hosts0", 1)) {
      ground.there().forward();
      VirtualHosts _ = hosts.own(PREFIX).behave(PREFIX, HostBehaviour.PROMPT.delay(DELAY));
      List<Report.Peer> described = new ArrayList<>();
      for (FanoutPeer peer : peers) {
        described.add(
            PeerPrograms.describe(
                ground.here(), peer.name(), peer.versionCommand(), peer.command()));
      }
      run.steps(plan.runs() * peers.size());
      for (int number = 1; number <= plan.runs(); number++) {
        for (FanoutPeer peer : peers) {
          run.step(peer.name(), peer.targets() + " targets", number);
          run.add(FanoutRun.measure(ground, peer, DELAY, number));
        }
      }
      Map<String, String> flags =
          Map.of(
              "targets", Integer.toString(targets), "delay of targets", DELAY.toMillis() + " ms");
      return run.report(subject(), flags, described, notes());
    }
  }

  private ExperimentRun.Subject subject() {
    return new ExperimentRun.Subject(
        name(),
        "Thousands of far targets",
        "How long does it take to ping thousands of targets that are 200 ms away, and with how many"
            + " threads?",
        FanoutRun.ALL,
        charts());
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
    notes.addAll(PeerPrograms.notesOfMissing("fping"));
    return notes;
  }
}

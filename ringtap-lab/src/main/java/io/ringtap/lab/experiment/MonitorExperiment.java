package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Chart.Kind;
import io.ringtap.lab.report.Report;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.XdpResponder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What does it cost to watch a thousand hosts: the monitor beside those that it replaces, each
/// with the same targets, which answer in the kernel.
public final class MonitorExperiment implements Experiment {
  private static final int TARGETS = 1_000;
  private static final int MOST_TARGETS = 60_000;
  private static final String PREFIX = "10.64.0.0/16";
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private final Duration warmUp;
  private final Duration measured;

  /// How large a run is.
  ///
  /// @param targets how many are watched
  /// @param warmUp from the start of a monitor to the measured time
  /// @param measured how long its cost is measured
  record Size(int targets, Duration warmUp, Duration measured) {}

  /// Measures nothing until it is run.
  public MonitorExperiment() {
    this(WARM_UP, MonitorPeer.measured());
  }

  /// For tests, which do not wait so long.
  ///
  /// @param warmUp from the start of a monitor to the measured time
  /// @param measured how long its cost is measured; less than a minute may leave out what a monitor
  ///   does once a minute
  public MonitorExperiment(Duration warmUp, Duration measured) {
    this.warmUp = warmUp;
    this.measured = measured;
  }

  @Override
  public String name() {
    return "monitor";
  }

  @Override
  public Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException {
    ExperimentRun run = ExperimentRun.begin(plan, progress);
    int targets = plan.packets() == 0 ? TARGETS : (int) Math.min(plan.packets(), MOST_TARGETS);
    List<MonitorPeer> peers = MonitorPeer.present(plan.ringtap());
    try (PingGround ground = PingGround.lay();
        XdpResponder responder = XdpResponder.attach(ground.cable(), PREFIX, AnswerRule.ALL)) {
      List<Report.Peer> described = new ArrayList<>();
      for (MonitorPeer peer : peers) {
        described.add(
            PeerPrograms.describe(
                ground.here(), peer.name(), peer.versionCommand(), List.of(peer.form())));
      }
      MonitorRun monitors =
          new MonitorRun(ground.here(), responder, new Size(targets, warmUp, measured));
      run.steps(plan.runs() * peers.size());
      for (int number = 1; number <= plan.runs(); number++) {
        for (MonitorPeer peer : peers) {
          run.step(peer.name(), targets + " targets", number);
          run.add(monitors.measure(peer, number));
        }
      }
      Map<String, String> flags =
          Map.of(
              "targets", Integer.toString(targets),
              "warm-up", warmUp.toSeconds() + " s",
              "measured", measured.toSeconds() + " s");
      return run.report(subject(), flags, described, notes());
    }
  }

  private ExperimentRun.Subject subject() {
    return new ExperimentRun.Subject(
        name(),
        "Watching many hosts",
        "What does it cost to watch a thousand hosts all the time?",
        MonitorRun.ALL,
        charts());
  }

  private static List<Chart> charts() {
    return List.of(
        new Chart(
            Kind.BARS, "CPU, of one core", MonitorRun.CORE.name(), List.of(), "", "percent", true),
        new Chart(
            Kind.BARS,
            "CPU of a probe",
            MonitorRun.PER_PROBE.name(),
            List.of(),
            "",
            "microseconds",
            true));
  }

  private static List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "All targets answer, in the kernel of the far end. Probes are those that were answered"
            + " there.");
    notes.add(
        "ringtap and smokeping_prober probe each target once a second. SmokePing probes in its own"
            + " way: 20 times a minute each, a second apart, so its CPU of a probe says more than"
            + " its CPU.");
    notes.add(
        "ringtap keeps its history in a store and detects events meanwhile; SmokePing writes a"
            + " round-robin database for each target; smokeping_prober keeps counters only. The"
            + " metrics of the first two are read every 15 s, with Prometheus' patience of 10 s.");
    notes.add(
        "A JVM compiles for some minutes, and that is part of the cost that is measured here; later"
            + " it is less.");
    notes.add(
        "CPU is that of the process and its children. Context switches of children that have ended"
            + " are not known, which are those of SmokePing's fping.");
    notes.addAll(MonitorPeer.missing());
    return notes;
  }
}

package io.ringtap.system.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringtap.lab.experiment.Experiment;
import io.ringtap.lab.experiment.FanoutExperiment;
import io.ringtap.lab.experiment.FloodExperiment;
import io.ringtap.lab.experiment.LabPlan;
import io.ringtap.lab.experiment.MonitorExperiment;
import io.ringtap.lab.peer.PeerTemplate;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import io.ringtap.system.InstalledCommand;
import io.ringtap.system.monitor.RunningMonitor;
import io.ringtap.testing.Exclusive;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The lab's pinging experiments in small: what they count adds up, and nothing is left behind.
@Exclusive("lab") // each lab ends what one that was killed has left
class PingLabTest {
  @TempDir Path directory;

  private final List<String> steps = new ArrayList<>();

  @BeforeEach
  void needRoot() {
    Requirement.root();
  }

  @Test
  @Timeout(180) // fifteen processes and more, one after the other
  void floodAccountsForEveryProbeOfEveryPeerAndTellsWhichHaveFailed() throws Exception {
    Report report = run(new FloodExperiment(), 8_000, "none=false {target} {count} {interval_ms}");

    assertThat(report.samples())
        .extracting(Sample::setting)
        .containsOnly("quiet", "ordinary echo", "look-alikes");
    assertThat(peersOf(report)).contains("ringtap", "synchronous", "none");
    for (Sample sample : report.samples()) {
      if (sample.peer().equals("none")) {
        assertThat(sample.failure()).isEqualTo("no probe was seen on the wire");
        assertThat(sample.values()).isEmpty();
      } else if (!sample.isWarmUp()) {
        assertThat(sample.failure()).as(sample.peer()).isNull();
        assertThat(sample.values()).containsKeys("cpu_ms_per_s", "rtt_excess_p50_us");
        double sent = sample.values().get("sent");
        double lost = sent * sample.values().get("loss_percent") / 100;
        assertThat(sent).isEqualTo(Double.parseDouble(report.flags().get("probes of each run")));
        assertThat(sample.values().get("received") + lost).isCloseTo(sent, within(0.01));
        assertThat(sample.values().containsKey("foreign_packets"))
            .isEqualTo(!sample.setting().equals("quiet"));
      }
    }
    assertThat(warmUps(report)).isEqualTo(3L * (peersOf(report).size() - 1));
    assertThat(steps).last().isEqualTo("done");
  }

  @Test
  void fanoutAccountsForEveryTarget() throws Exception {
    Report report = run(new FanoutExperiment(), 40, "none=true {target} {last}");

    assertThat(peersOf(report)).contains("ringtap", "synchronous, 64 threads", "none");
    for (Sample sample : report.samples()) {
      if (sample.peer().equals("none")) {
        assertThat(sample.failure()).isEqualTo("no probe was answered on the wire");
      } else {
        assertThat(sample.failure()).as(sample.peer()).isNull();
        double targets = sample.values().get("targets");
        double lost = targets * sample.values().get("loss_percent") / 100;
        assertThat(targets).isEqualTo(sample.peer().endsWith("1 thread") ? 15 : 40);
        assertThat(sample.values().get("received") + lost).isCloseTo(targets, within(0.01));
        assertThat(sample.values().get("probing_s")).isGreaterThanOrEqualTo(0.2);
      }
    }
    Sample ringtap = report.samples().getFirst();
    assertThat(ringtap.values()).containsEntry("received", 40.0);
  }

  /// A peer that probes once a minute may not have done so in these seconds.
  @Test
  void monitorMeasuresWhatItCostsToWatch() throws Exception {
    Experiment experiment = new MonitorExperiment(Duration.ofSeconds(6), Duration.ofSeconds(2));

    Report report = run(experiment, 8, "none=true {target}");

    assertThat(report.flags()).containsEntry("targets", "8");
    assertThat(report.samples())
        .extracting(Sample::peer)
        .containsExactlyInAnyOrderElementsOf(peersOf(report));
    for (Sample sample : report.samples()) {
      if (sample.failure() == null) {
        assertThat(sample.values().get("probes_per_s")).isPositive();
        assertThat(sample.values().get("cpu_us_per_probe")).isPositive();
        assertThat(sample.values().get("rss_now_mib")).isPositive();
      } else {
        assertThat(sample.peer()).isNotEqualTo("ringtap");
        assertThat(sample.failure()).startsWith("no probe was answered on the wire");
      }
    }
    Sample ringtap = report.samples().getFirst();
    assertThat(ringtap.peer()).isEqualTo("ringtap");
    assertThat(ringtap.values()).containsEntry("scrapes_failed", 0.0);
  }

  private Report run(Experiment experiment, long packets, String peer) throws Exception {
    Set<Long> before = children();
    LabPlan plan =
        new LabPlan(
            1, packets, List.of(PeerTemplate.parse(peer)), launcher(), false, "ringtap lab");

    Report report = experiment.run(plan, (_, _, what) -> steps.add(what));

    assertThat(children()).isEqualTo(before);
    assertThat(report.experiment()).isEqualTo(experiment.name());
    assertThat(report.machine().ringtap()).matches("\\d.*");
    assertThat(report.machine().memoryBytes()).isPositive();
    return report;
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static Set<String> peersOf(Report report) {
    return report.peers().stream().map(Report.Peer::name).collect(Collectors.toSet());
  }

  private static long warmUps(Report report) {
    return report.samples().stream().filter(Sample::isWarmUp).count();
  }

  /// The command as [InstalledCommand] has it, and the monitor, which that has not.
  private Path launcher() throws IOException {
    String script =
        """
        #!/bin/sh
        [ "$1" = monitor ] || exec '%s' "$@"
        shift
        exec '%s' "$@"
        """
            .formatted(
                String.join("' '", InstalledCommand.java("ping")),
                String.join("' '", RunningMonitor.command()));
    Path launcher = directory.resolve("ringtap");
    Files.writeString(launcher, script);
    return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }
}

package io.ringtap.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.record.Topics;
import io.ringtap.testing.PackageArrows;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheArrowsBetweenThePackages() {
    List<String> violations =
        PackageArrows.in(Topics.class)
            .allow("javax.net..", "org.apache.kafka..", "tools.jackson..")
            .draw("fleet.broker", "fleet.record")
            .draw("fleet.job", "fleet.broker", "fleet.record")
            .draw(
                "fleet.job.call",
                "fleet.broker",
                "fleet.job",
                "fleet.job.message",
                "fleet.record",
                "packet",
                "sweep",
                "sweep.space")
            .draw(
                "fleet.job.message",
                "error",
                "fleet.record",
                "packet",
                "ping",
                "sweep",
                "sweep.space",
                "trace")
            .draw(
                "fleet.job.work",
                "fleet.job",
                "fleet.job.message",
                "fleet.record",
                "packet",
                "ping",
                "send",
                "sweep",
                "sweep.space",
                "trace")
            .draw(
                "fleet.delivery",
                "fleet.broker",
                "fleet.record",
                "monitor.collect",
                "monitor.event",
                "monitor.store",
                "monitor.store.series",
                "monitor.target",
                "monitor.window",
                "packet")
            .draw(
                "fleet.record",
                "monitor.config",
                "monitor.config.yaml",
                "monitor.target",
                "monitor.window",
                "packet",
                "ping")
            .draw(
                "fleet.plan",
                "fleet.broker",
                "fleet.record",
                "monitor.config",
                "monitor.config.yaml",
                "monitor.target",
                "ping")
            .draw("fleet.status", "fleet.broker", "fleet.record")
            .draw("fleet.stream", "fleet.broker")
            .draw("fleet.shard", "fleet.broker", "fleet.record", "monitor.config")
            .draw(
                "fleet.reader",
                "fleet.broker",
                "fleet.record",
                "monitor",
                "monitor.collect",
                "monitor.config",
                "monitor.event",
                "monitor.event.delivery",
                "monitor.metrics",
                "monitor.store",
                "monitor.target",
                "monitor.tui",
                "monitor.window")
            .draw(
                "fleet.agent",
                "fleet.broker",
                "fleet.delivery",
                "fleet.job.message",
                "fleet.job.work",
                "fleet.record",
                "fleet.shard",
                "monitor.event",
                "monitor.probe",
                "monitor.target",
                "monitor.watch",
                "packet",
                "ping")
            .violations();

    assertThat(violations).isEmpty();
  }
}

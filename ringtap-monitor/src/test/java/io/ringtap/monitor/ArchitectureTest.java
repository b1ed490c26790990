package io.ringtap.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.window.Window;
import io.ringtap.testing.PackageArrows;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheArrowsBetweenThePackages() {
    List<String> violations =
        PackageArrows.in(Window.class)
            .allow(
                "at.favre.lib.crypto.bcrypt",
                "com.sun.net.httpserver",
                "dev.tamboui..",
                "io.prometheus.metrics..",
                "javax.net.ssl",
                "javax.crypto..",
                "org.snakeyaml.engine..",
                "org.sqlite..",
                "org.xbill.DNS..",
                "tools.jackson..")
            .draw(
                "monitor",
                "monitor.blackbox",
                "monitor.collect",
                "monitor.config",
                "monitor.event",
                "monitor.event.delivery",
                "monitor.metrics",
                "monitor.page",
                "monitor.probe",
                "monitor.store",
                "monitor.target",
                "monitor.tui",
                "monitor.watch",
                "monitor.web",
                "ping")
            .draw(
                "monitor.blackbox",
                "monitor.config",
                "monitor.metrics",
                "monitor.web",
                "packet",
                "ping")
            .draw("monitor.collect", "monitor.target", "monitor.window", "packet")
            .draw("monitor.config", "monitor.config.yaml", "packet", "ping")
            .draw(
                "monitor.config.migration",
                "monitor.config",
                "monitor.config.yaml",
                "packet",
                "ping")
            .draw("monitor.config.yaml")
            .draw(
                "monitor.event",
                "monitor.collect",
                "monitor.config",
                "monitor.target",
                "monitor.window",
                "packet")
            .draw("monitor.event.delivery", "monitor.config", "monitor.event", "monitor.target")
            .draw(
                "monitor.export",
                "monitor.config",
                "monitor.store",
                "monitor.store.series",
                "monitor.target",
                "monitor.window")
            .draw(
                "monitor.metrics",
                "error",
                "monitor.collect",
                "monitor.config",
                "monitor.target",
                "monitor.web",
                "monitor.window",
                "packet")
            .draw(
                "monitor.page",
                "error",
                "monitor.collect",
                "monitor.config",
                "monitor.event",
                "monitor.store",
                "monitor.target",
                "monitor.web",
                "monitor.window",
                "packet",
                "ping",
                "trace")
            .draw(
                "monitor.probe",
                "error",
                "monitor.collect",
                "monitor.config",
                "monitor.target",
                "monitor.window",
                "packet",
                "ping")
            .draw(
                "monitor.store",
                "monitor.collect",
                "monitor.config",
                "monitor.event",
                "monitor.store.series",
                "monitor.target",
                "monitor.window",
                "packet")
            .draw("monitor.store.series", "monitor.window")
            .draw("monitor.target", "monitor.config", "packet", "target")
            .draw(
                "monitor.tui",
                "monitor.collect",
                "monitor.config",
                "monitor.event",
                "monitor.store",
                "monitor.target",
                "monitor.window",
                "packet")
            .draw(
                "monitor.watch",
                "monitor.collect",
                "monitor.config",
                "monitor.event",
                "monitor.probe",
                "monitor.target",
                "packet")
            .draw("monitor.web", "monitor.config", "monitor.web.security", "packet")
            .draw("monitor.web.security", "monitor.config.yaml")
            .draw("monitor.window")
            .violations();

    assertThat(violations).isEmpty();
  }
}

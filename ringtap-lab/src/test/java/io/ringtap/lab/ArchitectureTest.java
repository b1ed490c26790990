package io.ringtap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.report.Report;
import io.ringtap.testing.PackageArrows;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheArrowsBetweenThePackages() {
    List<String> violations =
        PackageArrows.in(Report.class)
            .allow("com.fasterxml.jackson.annotation", "tools.jackson..", "javax.management..")
            .draw(
                "lab.experiment",
                "ebpf",
                "ebpf.kernel",
                "lab.peer",
                "lab.profile",
                "lab.report",
                "packet",
                "ping",
                "testnet",
                "testnet.host",
                "testnet.load",
                "testnet.responder")
            .draw(
                "lab.experiment.ladder",
                "capture",
                "lab.experiment",
                "lab.peer",
                "lab.profile",
                "lab.report",
                "packet",
                "testnet",
                "testnet.load",
                "top")
            .draw(
                "lab.peer",
                "bpf",
                "capture",
                "error",
                "lab.report",
                "linux",
                "linux.abi",
                "linux.abi.socket",
                "packet",
                "testnet")
            .draw(
                "lab.profile",
                "device",
                "ebpf",
                "ebpf.kernel",
                "error",
                "lab.peer",
                "lab.report",
                "linux",
                "linux.abi.perf")
            .draw("lab.report")
            .violations();

    assertThat(violations).isEmpty();
  }
}

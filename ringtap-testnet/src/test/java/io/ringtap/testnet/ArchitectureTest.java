package io.ringtap.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.PackageArrows;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheArrowsBetweenThePackages() {
    List<String> violations =
        PackageArrows.in(NetworkNamespace.class)
            .draw("testnet", "error", "linux", "linux.abi.netlink", "packet")
            .draw("testnet.host", "error", "linux", "linux.abi", "packet", "testnet")
            .draw(
                "testnet.load",
                "ebpf",
                "ebpf.kernel",
                "error",
                "linux",
                "linux.abi",
                "linux.abi.bpf",
                "packet",
                "testnet")
            .draw("testnet.responder", "ebpf", "ebpf.kernel", "linux.abi.bpf", "packet", "testnet")
            .violations();

    assertThat(violations).isEmpty();
  }
}

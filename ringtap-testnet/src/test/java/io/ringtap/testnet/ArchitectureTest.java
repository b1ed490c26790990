package io.ringtap.testnet;

import io.ringtap.testing.PackageArrows;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheArrowsBetweenThePackages() {
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
        .check();
  }
}

package io.ringtap.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.linux.abi.SyscallNumber;
import org.junit.jupiter.api.Test;

class SystemCallNamesTest {
  @Test
  void knowsTheNumbersThatThisJvmCalls() {
    assertThat(SystemCallNames.of(SyscallNumber.BPF)).isEqualTo("bpf");
    assertThat(SystemCallNames.of(SyscallNumber.PERF_EVENT_OPEN)).isEqualTo("perf_event_open");
    assertThat(SystemCallNames.of(SyscallNumber.MEMBARRIER)).isEqualTo("membarrier");
    assertThat(SystemCallNames.of(100_000)).isEqualTo("syscall 100000");
  }
}

package io.ringtap.linux.abi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.Errno;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CpuSetTest {
  @Test
  void setsABitForEachCpu() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = CpuSet.allocate(arena, 0, 3, 64, 1100);

      assertThat(set.getAtIndex(JAVA_LONG, 0)).isEqualTo(0b1001);
      assertThat(set.getAtIndex(JAVA_LONG, 1)).isEqualTo(1);
      assertThat(set.getAtIndex(JAVA_LONG, 17)).isEqualTo(1L << 12);
      assertThat(set.byteSize()).isEqualTo(18 * 8);
    }
  }

  @Test
  void refusesANegativeCpu() {
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> CpuSet.allocate(arena, -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void pinsTheCallingThreadAlone() throws InterruptedException {
    String before = allowed();
    CompletableFuture<String> pinned = new CompletableFuture<>();

    Thread.ofPlatform()
        .start(() -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = CpuSet.allocate(arena, firstOf(before));
            int rc = Libc.schedSetaffinity(CallState.current(), 0, set.byteSize(), set);
            pinned.complete(rc + " " + allowed());
          }
        })
        .join();

    assertThat(pinned.join()).isEqualTo("0 " + firstOf(before));
    assertThat(allowed()).isEqualTo(before);
  }

  @Test
  void reportsThatNoSuchCpuIsThere() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = CpuSet.allocate(arena, 100_000);

      int rc = Libc.schedSetaffinity(CallState.current(), 0, set.byteSize(), set);

      assertThat(Errno.EINVAL.is(rc)).isTrue();
    }
  }

  private static int firstOf(String list) {
    return Integer.parseInt(list.split("[-,]", 2)[0]);
  }

  /// The CPUs that the calling thread may run on, such as `0-1`.
  private static String allowed() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

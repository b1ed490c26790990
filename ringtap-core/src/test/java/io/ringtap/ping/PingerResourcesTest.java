package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a pinger takes, and that it gives it back.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerResourcesTest {
  private static final PingRequest REQUEST =
      PingRequest.to(IpAddress.parse("127.0.0.1"))
          .with(
              PingOptions.DEFAULT.withInterval(Duration.ZERO).withTimeout(Duration.ofSeconds(20)));

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void leavesNoDescriptorAndNoThreadBehind() throws IOException {
    try (Pinger pinger = Pinger.open()) { // loads what is loaded once
      pinger.ping(REQUEST).join();
    }
    long before = descriptors();

    for (int i = 0; i < 20; i++) {
      try (Pinger pinger = Pinger.open()) {
        assertThat(descriptors()).isGreaterThan(before);
        pinger.ping(REQUEST).join();
        Ping<PingSummary> _ =
            pinger.ping(REQUEST.with(REQUEST.options().withCount(PingOptions.UNLIMITED)));
      }
    }

    assertThat(descriptors()).isEqualTo(before);
    assertThat(EngineThreads.alive()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RAW", "DATAGRAM"})
  void itsThreadsAllocateNothingForAProbe(Transport transport) throws IOException {
    int probes = 100_000;
    PingerOptions options = PingerOptions.DEFAULT.withMaxInFlight(1024).withTransport(transport);
    try (Pinger pinger = open(options)) {
      PingRequest many = REQUEST.with(REQUEST.options().withCount(probes));
      List<Thread> engine = EngineThreads.alive();
      assertThat(engine).hasSize(2);
      warmUpSystemCalls(pinger);

      long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
      // The compiler works on the threads' account until it has seen enough: the best round counts.
      for (int round = 0; round < 4; round++) {
        long first = Allocation.by(engine.get(0));
        long second = Allocation.by(engine.get(1));
        assertThat(pinger.ping(many).join().counts().received()).isEqualTo(probes);
        least[0] = Math.min(least[0], Allocation.by(engine.get(0)) - first);
        least[1] = Math.min(least[1], Allocation.by(engine.get(1)) - second);
      }

      // A request has its statistics and their summary, some 64 kB; the smallest object for each
      // probe would be sixteen bytes.
      assertThat(least[0] / (double) probes).as("bytes a probe of %s", engine.get(0)).isLessThan(1);
      assertThat(least[1] / (double) probes).as("bytes a probe of %s", engine.get(1)).isLessThan(1);
    }
  }

  private static Pinger open(PingerOptions options) throws IOException {
    try {
      return Pinger.open(options);
    } catch (LinuxException e) { // of datagram sockets, where the group may not use them
      assumeThat(e.errno()).as(e.getMessage()).isNotEqualTo(Errno.EACCES);
      throw e;
    }
  }

  /// Until the compiler has seen enough of a system call, each makes an object: a slice, in the
  /// JDK's `SharedUtils.checkCaptureSegment`. Requests that end without a probe make the threads
  /// wake each other, and call, as often as that takes.
  private static void warmUpSystemCalls(Pinger pinger) {
    PingRequest later = REQUEST.with(REQUEST.options().withStartDelay(Duration.ofHours(20)));
    for (int i = 0; i < 40_000; i++) {
      Ping<PingSummary> ping = pinger.ping(later);
      ping.stop();
      ping.join();
    }
  }
}

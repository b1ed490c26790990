package io.ringtap.bench;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Probes per second through the whole engine and the kernel's loopback interface. Needs
/// CAP_NET_RAW.
@BenchmarkMode(Mode.Throughput)
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PingerBenchmark {
  private static final int PROBES = 16_384;
  private static final int FIRST = 0x7f010000; // 127.1.0.0

  private final PingOptions once =
      PingOptions.DEFAULT.withCount(1).withTimeout(Duration.ofMillis(500));
  private final PingOptions flood =
      PingOptions.DEFAULT
          .withCount(PROBES)
          .withInterval(Duration.ZERO)
          .withTimeout(Duration.ofMillis(500));
  private Pinger pinger;

  @Setup(Level.Trial)
  public void open() throws IOException {
    pinger = Pinger.open();
  }

  @TearDown(Level.Trial)
  public void close() {
    pinger.close();
  }

  /// One probe to each of many targets: every probe has its own request.
  @Benchmark
  @OperationsPerInvocation(PROBES)
  public PingTotals sweep() {
    return pinger
        .sweep(
            IntStream.range(0, PROBES)
                .mapToObj(i -> PingRequest.to(IpAddress.ofIpv4(FIRST + i)).with(once))
                .iterator())
        .join();
  }

  /// Many probes to one target: the cost of a probe without its request. Nothing is allocated per
  /// probe.
  @Benchmark
  @OperationsPerInvocation(PROBES)
  public long flood() {
    return pinger
        .ping(PingRequest.to(IpAddress.ofIpv4(FIRST)).with(flood))
        .join()
        .counts()
        .received();
  }
}

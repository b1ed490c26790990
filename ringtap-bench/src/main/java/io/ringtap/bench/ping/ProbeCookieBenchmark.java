package io.ringtap.bench.ping;

import io.ringtap.ping.engine.probe.ProbeCookie;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The keyed hash of each probe, computed once for the request and once to check the reply.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProbeCookieBenchmark {
  private final ProbeCookie cookies = ProbeCookie.random();
  private long probe;

  @Benchmark
  public long cookie() {
    return cookies.of(probe++, 123_456_789_012L);
  }
}

package io.ringtap.bench;

import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.RttStatistics;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of a target's statistics: recording a round trip, and computing quantiles of many.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RttRecorderBenchmark {
  private static final int TIMES = 1 << 14;

  private final long[] rttNanos = new long[TIMES];
  private final RttRecorder recorder = new RttRecorder();
  private int next;

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TIMES; i++) {
      rttNanos[i] = (long) (30_000 / (random.nextDouble() + 1e-4));
      recorder.record(rttNanos[i]);
    }
  }

  @Benchmark
  public void record() {
    next = next + 1 & TIMES - 1;
    recorder.record(rttNanos[next]);
  }

  @Benchmark
  public RttStatistics snapshot() {
    return recorder.snapshot();
  }
}

package io.ringtap.bench.ping;

import io.ringtap.timing.TimingWheel;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The pinger's timing wheel, for answered and for unanswered probes.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimingWheelBenchmark {
  private static final int ENTRIES = 1 << 14;
  private static final int LINKS = 12; // bytes of an entry
  private static final long SECOND = 1_000_000_000;

  private final TimingWheel wheel =
      new TimingWheel(Arena.ofAuto().allocate((long) ENTRIES * LINKS, Integer.BYTES), LINKS, 0, 0);
  private final long[] delays = new long[ENTRIES]; // nanoseconds
  private long now;
  private long expired;

  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ENTRIES; i++) {
      delays[i] = random.nextLong(SECOND);
    }
  }

  /// Answered: added to the wheel and removed.
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public int scheduleAndCancel() {
    for (int i = 0; i < ENTRIES; i++) {
      wheel.schedule(i, now + delays[i]);
    }
    for (int i = 0; i < ENTRIES; i++) {
      wheel.cancel(i);
    }
    return wheel.size();
  }

  /// Unanswered: on the wheel until it expires.
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public long scheduleAndExpire() {
    for (int i = 0; i < ENTRIES; i++) {
      wheel.schedule(i, now + delays[i]);
    }
    now += 2 * SECOND;
    wheel.advance(now, this::onExpired);
    return expired;
  }

  private void onExpired(int entry) {
    expired += entry;
  }
}

package io.ringtap.bench;

import io.ringtap.top.HeavyHitters;
import io.ringtap.top.KeyHash;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of one packet in the sketch of `ringtap top`, including evictions.
///
/// - `DISTINCT`: a million keys in turn, so that each is new; each eviction removes all keys
/// - `MIXED`: the same with different weights, so that evictions must select keys
/// - `ZIPF`: like real traffic, few keys with most of the packets
/// - `FEW`: a hundred keys, all with counters
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SketchBenchmark {
  /// Streams of keys.
  public enum Keys {
    DISTINCT,
    MIXED,
    ZIPF,
    FEW
  }

  private static final int STREAM = 1 << 20;
  private static final int COUNTERS = 4096;

  @Param({"DISTINCT", "MIXED", "ZIPF", "FEW"})
  public Keys keys;

  /// The words of a source key, and of a flow key.
  @Param({"3", "5"})
  public int words;

  private final int[] numbers = new int[STREAM];
  private final int[] weights = new int[STREAM];
  private long[] key = {};
  private HeavyHitters sketch;
  private int next;

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < STREAM; i++) {
      numbers[i] =
          switch (keys) {
            case DISTINCT, MIXED -> i;
            case ZIPF -> (int) (1 / (random.nextDouble() + 1.0 / STREAM));
            case FEW -> i % 100;
          };
      weights[i] = keys == Keys.MIXED ? random.nextInt(60, 1515) : 1;
    }
    key = new long[words];
    sketch = new HeavyHitters(COUNTERS, new KeyHash(words, random));
  }

  @Benchmark
  public long add() {
    next = next + 1 & STREAM - 1;
    key[words - 1] = numbers[next];
    sketch.add(key, weights[next], 60);
    return sketch.total();
  }
}

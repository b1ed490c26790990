package io.ringtap.ping.engine.probe;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs a producer and a consumer in all orders of their steps that a bounded search comes to, on
/// rings that are empty, full, grow and go round.
@Tag("interleavings")
public class IntRingInterleavingsTest {
  private static final int CAPACITY = 2;

  private final IntRing ring = new IntRing(1, CAPACITY);

  /// Called by Lincheck for each order.
  public IntRingInterleavingsTest() {}

  /// Whether there was room.
  @Operation(nonParallelGroup = "producer")
  public boolean add(int value) {
    try {
      ring.add(value);
      return true;
    } catch (IllegalStateException _) {
      return false;
    }
  }

  @Operation(nonParallelGroup = "consumer")
  public @Nullable Integer poll() {
    return ring.isEmpty() ? null : ring.take();
  }

  @Test
  void passesValuesOnInOrderWhateverTheThreadsDo() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(4)
        .sequentialSpecification(Sequential.class)
        .check(getClass());
  }

  /// What the ring is to do.
  public static class Sequential {
    private final Queue<Integer> values = new ArrayDeque<>();

    /// Called by Lincheck.
    public Sequential() {}

    public boolean add(int value) {
      return values.size() < CAPACITY && values.add(value);
    }

    public @Nullable Integer poll() {
      return values.poll();
    }
  }
}

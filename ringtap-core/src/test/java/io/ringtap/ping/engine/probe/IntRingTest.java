package io.ringtap.ping.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntRingTest {
  private static final int MANY = 1_000_000;

  @Test
  void returnsWhatWasAddedInOrder() {
    IntRing ring = new IntRing(4);
    ring.add(7);
    ring.add(-1);
    ring.add(Integer.MIN_VALUE);

    assertThat(ring.size()).isEqualTo(3);
    assertThat(ring.take()).isEqualTo(7);
    assertThat(ring.take()).isEqualTo(-1);
    assertThat(ring.take()).isEqualTo(Integer.MIN_VALUE);
    assertThat(ring.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 4", "4, 4", "5, 8", "1000, 1024"})
  void holdsAtLeastItsCapacityAndRefusesWhatItHasNoRoomFor(int capacity, int size) {
    IntRing ring = new IntRing(capacity);
    for (int i = 0; i < size; i++) {
      ring.add(i);
    }

    assertThatIllegalStateException().isThrownBy(() -> ring.add(size));

    assertThat(ring.take()).isZero();
    ring.add(size);
    for (int i = 1; i <= size; i++) {
      assertThat(ring.take()).isEqualTo(i);
    }
  }

  @Test
  void keepsTheOrderWhenItGrowsWhileItHasGoneRound() {
    IntRing ring = new IntRing(4, 64);
    int added = 0;
    int taken = 0;
    for (int turn = 0; turn < 20; turn++) {
      for (int i = 0; i < 7; i++) {
        ring.add(added++);
      }
      for (int i = 0; i < 4; i++) {
        assertThat(ring.take()).isEqualTo(taken++);
      }
    }
    assertThat(ring.size()).isEqualTo(60);
    while (!ring.isEmpty()) {
      assertThat(ring.take()).isEqualTo(taken++);
    }
    assertThat(taken).isEqualTo(added);
  }

  @Test
  void handsEachOfAMillionValuesOverOnceAndInOrder() throws Exception {
    IntRing ring = new IntRing(2, 64); // it grows on the way
    FutureTask<Integer> consumer =
        new FutureTask<>(() -> {
          for (int expected = 0; expected < MANY; expected++) {
            while (ring.isEmpty()) {
              Thread.onSpinWait();
            }
            if (ring.take() != expected) {
              return expected;
            }
          }
          return MANY;
        });
    Thread thread = Thread.ofPlatform().daemon().start(consumer);

    for (int value = 0; value < MANY && thread.isAlive(); value++) {
      while (ring.size() == 64 && thread.isAlive()) {
        Thread.onSpinWait();
      }
      ring.add(value);
    }

    assertThat(result(consumer)).as("first value out of order").isEqualTo(MANY);
    assertThat(ring.isEmpty()).isTrue();
  }

  private static int result(FutureTask<Integer> task)
      throws InterruptedException, ExecutionException {
    return task.get();
  }
}

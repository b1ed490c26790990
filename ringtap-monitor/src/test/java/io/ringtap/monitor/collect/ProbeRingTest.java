package io.ringtap.monitor.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.monitor.window.Outcome;
import io.ringtap.testing.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProbeRingTest {
  private final LentProbe probe = new LentProbe();

  @Test
  void bringsBackEachFieldAtItsEnds() {
    ProbeRing ring = new ProbeRing(4);
    ring.add(
        ProbeWords.target(Integer.MAX_VALUE, Outcome.DUPLICATE, 255, 255),
        ProbeWords.number((1L << 40) - 1, 255, 4095),
        Long.MAX_VALUE,
        3_600_000_000_000L);
    ring.add(ProbeWords.target(0, Outcome.REPLY, 0, -1), ProbeWords.number(1, -1, 0), 5, 0);

    ring.take(probe);
    assertThat(probe.targetId()).isEqualTo(Integer.MAX_VALUE);
    assertThat(probe.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(probe.hopLimit()).isEqualTo(255);
    assertThat(probe.icmpType()).isEqualTo(255);
    assertThat(probe.icmpCode()).isEqualTo(255);
    assertThat(probe.errno()).isEqualTo(4095);
    assertThat(probe.sequence()).isEqualTo((1L << 40) - 1);
    assertThat(probe.epochNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(probe.rttNanos()).isEqualTo(3_600_000_000_000L);

    ring.take(probe);
    assertThat(probe.targetId()).isZero();
    assertThat(probe.icmpType()).isEqualTo(-1);
    assertThat(probe.sequence()).isEqualTo(1);
    assertThat(probe.errno()).isZero();
  }

  @Test
  void countsWhatFindsItFullAndNothingElse() {
    ProbeRing ring = new ProbeRing(4);
    for (int i = 0; i < 7; i++) {
      ring.add(i, 0, i, 0);
    }

    assertThat(ring.missed()).isEqualTo(3);
    for (int i = 0; i < 4; i++) {
      assertThat(ring.hasNext(ring.limit())).isTrue();
      ring.take(probe);
      assertThat(probe.targetId()).isEqualTo(i);
    }
    assertThat(ring.hasNext(ring.limit())).isFalse();
  }

  @Test
  void refusesASizeThatIsNoPowerOfTwo() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ProbeRing(1000));
  }

  @Test
  void losesNothingBetweenTwoThreads() throws InterruptedException {
    ProbeRing ring = new ProbeRing(64);
    int outcomes = 500_000;
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < outcomes; i++) {
                ring.add(i, i, i, i);
              }
            });
    long taken = 0;
    long before = -1;
    boolean isLast = false;
    while (!isLast) {
      isLast = !writer.isAlive();
      for (long limit = ring.limit(); ring.hasNext(limit); taken++) {
        ring.take(probe);
        assertThat(probe.epochNanos()).isGreaterThan(before).isEqualTo(probe.rttNanos());
        before = probe.epochNanos();
      }
    }
    writer.join();

    assertThat(taken + ring.missed()).isEqualTo(outcomes);
  }

  @Test
  void allocatesNothing() {
    ProbeRing ring = new ProbeRing(256);

    Allocation.assertNone(() -> {
      for (int i = 0; i < 300; i++) { // some of which find it full
        ring.add(ProbeWords.target(i, Outcome.LOST, 0, -1), ProbeWords.number(i, 0, 0), i, 0);
      }
      for (long limit = ring.limit(); ring.hasNext(limit); ) {
        ring.take(probe);
      }
    });
    assertThat(ring.missed()).isPositive();
  }
}

package io.ringtap.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartDelaysTest {
  private static final PingOptions OPTIONS =
      PingOptions.DEFAULT.withInterval(Duration.ofMillis(1024));

  private static List<Long> millis(StartDelays delays, int targets) {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < targets; i++) {
      millis.add(delays.next().startDelay().toMillis());
    }
    return millis;
  }

  @Test
  void spreadsAKnownNumberOfTargetsEvenlyOverOneInterval() {
    StartDelays delays = new StartDelays(OPTIONS, 4, true);

    assertThat(millis(delays, 4)).containsExactly(0L, 256L, 512L, 768L);
  }

  @Test
  void halvesTheWidestGapWhileTheNumberOfTargetsIsUnknown() {
    StartDelays delays = new StartDelays(OPTIONS, 1, false);

    assertThat(millis(delays, 8)).containsExactly(0L, 512L, 256L, 768L, 128L, 640L, 384L, 896L);
  }

  @Test
  void sharesOptionsAmongManyTargetsAndUsesEverySlotAlike() {
    StartDelays delays = new StartDelays(OPTIONS, 1_000_000, true);

    List<Long> millis = millis(delays, 2048);

    Set<Long> distinct = new HashSet<>(millis.subList(0, 1024));
    assertThat(distinct).hasSize(1024);
    assertThat(millis.subList(1024, 2048)).isEqualTo(millis.subList(0, 1024));
    StartDelays again = new StartDelays(OPTIONS, 2, true);
    assertThat(again.next()).isNotSameAs(again.next());
    PingOptions third = again.next();
    again.next();
    assertThat(again.next()).isSameAs(third);
  }

  @Test
  void doesNotDelaySingleProbesOrASingleTarget() {
    assertThat(millis(new StartDelays(OPTIONS.withCount(1), 4, true), 3)).containsOnly(0L);
    assertThat(millis(new StartDelays(OPTIONS, 1, true), 1)).containsExactly(0L);
  }
}

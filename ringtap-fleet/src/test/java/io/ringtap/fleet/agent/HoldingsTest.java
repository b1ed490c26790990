package io.ringtap.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.target.TargetKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldingsTest {
  private final Holdings holdings = new Holdings();

  private static TargetKey key(int number) {
    return new TargetKey("core", "10.0.0." + number, AddressFamily.ANY);
  }

  @Test
  void hasTheShardsThatItWasGivenAndHasNotGivenUp() {
    holdings.hold(Set.of(3, 1, 2), 5);
    holdings.giveUp(Set.of(2, 9));
    holdings.hold(Set.of(1, 3, 7), 6);

    assertThat(holdings.numbers()).containsExactly(1, 3, 7);
    assertThat(holdings.generation()).isEqualTo(6);
  }

  @Test
  void givesATargetThatComesBackTheNumberThatItHad() {
    for (int i = 0; i < 200; i++) { // more than there is room for at first
      assertThat(holdings.idOf(key(i))).isEqualTo(i);
    }

    assertThat(holdings.idOf(key(17))).isEqualTo(17);
    assertThat(holdings.idOf(key(200))).isEqualTo(200);
  }
}

package io.ringtap.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloodSizeTest {
  @Test
  void sharesPacketsAmongAllFloodsAndEndsInTime() {
    FloodSize size = FloodSize.of(4, 3, 20_000_000);

    assertThat(size.packets()).isEqualTo(20_000_000 / (4 * 3 * 2));
    assertThat(size.window()).isEqualTo(Duration.ofMillis(3500));
    assertThat(size.probes()).isEqualTo(225);
    assertThat(size.rate()).isEqualTo(238_095);
    assertThat(size.idealSeconds()).isEqualTo(4.48);
  }

  @Test
  void isShorterWhereMoreTakePart() {
    FloodSize size = FloodSize.of(6, 3, 20_000_000);

    assertThat(size.window()).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2000));
  }

  @Test
  void isShorterWhereThereAreFewerPackets() {
    FloodSize size = FloodSize.of(4, 3, 1);

    assertThat(size.window()).isEqualTo(Duration.ofMillis(500));
    assertThat(size.probes()).isEqualTo(75);
    assertThat(size.packets()).isEqualTo(1);
    assertThat(size.rate()).isEqualTo(2);
  }
}

package io.ringtap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptureCountersTest {
  @Test
  void whatWasOfferedIsTheSumOfWhatBecameOfIt() {
    CaptureCounters counters = new CaptureCounters(1, 20, 300, 4000, 5, 700, 60, 50_000);

    assertThat(counters.received()).isEqualTo(321);
    assertThat(counters.offered()).isEqualTo(4321);
    assertThat(counters.filtered()).isEqualTo(50_000 - 4321);
  }

  @Test
  void nothingIsFilteredWhereInterfacesCountLessThanWasOffered() {
    assertThat(new CaptureCounters(10, 0, 0, 0, 0, 0, 0, 9).filtered()).isZero();
  }
}

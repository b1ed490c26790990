package io.ringtap.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendTallyTest {
  private final SendTally tally = new SendTally();

  @Test
  void isEmptyAtFirst() {
    assertThat(tally.snapshot()).isEqualTo(new SendCounters(0, 0, Map.of(), Map.of(), 0));
  }

  @Test
  void keepsEachFateApartAndAddsThemUp() {
    tally.sent(64, 6400);
    tally.sent(1, 5_000_000_000L);
    tally.refused(Refusal.CUT);
    tally.refused(Refusal.TOO_LONG);
    tally.refused(Refusal.CUT);
    tally.refusedByKernel(-Errno.ENETDOWN.number(), 3);
    tally.refusedByKernel(-4095, 1);
    tally.retried();

    SendCounters counters = tally.snapshot();

    assertThat(counters.sent()).isEqualTo(65);
    assertThat(counters.sentBytes()).isEqualTo(5_000_006_400L);
    assertThat(counters.refusals()).isEqualTo(Map.of(Refusal.CUT, 2L, Refusal.TOO_LONG, 1L));
    assertThat(counters.refused(Refusal.LINK_TYPE)).isZero();
    assertThat(counters.kernelRefusals())
        .isEqualTo(Map.of(Errno.ENETDOWN, 3L, new Errno(4095), 1L));
    assertThat(counters.retries()).isEqualTo(1);
    assertThat(counters.offered()).isEqualTo(65 + 3 + 4);
  }
}

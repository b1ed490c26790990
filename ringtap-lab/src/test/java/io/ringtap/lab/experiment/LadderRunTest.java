package io.ringtap.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LadderRunTest {
  @Test
  void tellsFiguresByThePacketAndOfTheLimit() {
    LadderRun run = new LadderRun(1000, 900, 100, 90_000, 1_000_000, 500_000);

    assertThat(run.contradiction()).isNull();
    assertThat(run.values(2_000_000))
        .containsEntry(LadderRun.CAPTURED_PERCENT, 90.0)
        .containsEntry(LadderRun.CAPTURED_PPS, 900_000.0)
        .containsEntry(LadderRun.LIMIT_PERCENT, 45.0)
        .containsEntry(LadderRun.CPU_NANOS, 100.0)
        .containsEntry(LadderRun.OFFERED_PPS, 1_000_000.0)
        .containsEntry(LadderRun.LOAD_NANOS, 500.0)
        .containsEntry(LadderRun.DROPPED, 100.0);
  }

  @Test
  void saysSoWhenCountsDoNotAddUp() {
    LadderRun run = new LadderRun(1000, 900, 99, 0, 1, 1);

    assertThat(run.contradiction())
        .isEqualTo("900 captured and 99 dropped are not the 1000 offered");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    LadderRun run = new LadderRun(1000, LadderRun.UNKNOWN, 3, 90_000, 1_000_000, 500_000);

    assertThat(run.contradiction()).isNull();
    assertThat(run.values(1))
        .containsOnlyKeys(
            LadderRun.OFFERED, LadderRun.OFFERED_PPS, LadderRun.LOAD_NANOS, LadderRun.DROPPED);
  }
}

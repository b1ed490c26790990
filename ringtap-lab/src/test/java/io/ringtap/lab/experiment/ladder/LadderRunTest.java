package io.ringtap.lab.experiment.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.report.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderRunTest {
  private static CaptureNetwork.Load load(long nanos, long cpuNanos) {
    return new CaptureNetwork.Load(
        1000, nanos, cpuNanos, new Sample.Series(LadderRun.LOAD_PPS, List.of(), List.of()));
  }

  @Test
  void tellsFiguresByThePacketAndOfTheLimit() {
    LadderRun run = new LadderRun(load(1_000_000, 500_000), 900, 100, 90_000);

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
    LadderRun run = new LadderRun(load(1, 1), 900, 99, 0);

    assertThat(run.contradiction())
        .isEqualTo("900 captured and 99 dropped are not the 1000 offered");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    LadderRun run = new LadderRun(load(1_000_000, 500_000), LadderRun.UNKNOWN, 3, 90_000);

    assertThat(run.contradiction()).isNull();
    assertThat(run.values(1))
        .containsOnlyKeys(
            LadderRun.OFFERED, LadderRun.OFFERED_PPS, LadderRun.LOAD_NANOS, LadderRun.DROPPED);
  }
}

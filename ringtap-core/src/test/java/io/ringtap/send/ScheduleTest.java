package io.ringtap.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final long EPOCH = 1_700_000_000_000_000_000L;

  private static Frame frame(int bytes, long epochNanos) {
    return MemoryFrame.of(LinkType.ETHERNET, new byte[bytes]).withStamp(epochNanos);
  }

  private static long[] due(Schedule schedule, long... stamps) {
    return LongStream.of(stamps).map(stamp -> schedule.next(frame(100, stamp))).toArray();
  }

  private static long[] stamps(long... nanos) {
    return Arrays.stream(nanos).map(each -> EPOCH + each).toArray();
  }

  @Test
  void keepsTheDistancesOfStamps() {
    long[] due = due(new Schedule(Pace.asRecorded()), stamps(7, 8, 1_000_007, 1_000_007));

    assertThat(due).containsExactly(0, 1, 1_000_000, 1_000_000);
  }

  @Test
  void dividesTheDistancesByTheSpeedWithoutAddingUpWhatIsRoundedOff() {
    long[] due = due(new Schedule(Pace.speed(3)), stamps(0, 100, 200, 300));

    assertThat(due).containsExactly(0, 33, 66, 100);
    assertThat(due(new Schedule(Pace.speed(0.5)), stamps(0, 100))).containsExactly(0, 200);
  }

  @Test
  void neverGoesBackWithAStampAndDoesNotWaitWithoutOne() {
    long[] due = due(new Schedule(Pace.asRecorded()), EPOCH, EPOCH + 50, EPOCH + 20, 0, EPOCH + 60);

    assertThat(due).containsExactly(0, 50, 50, 50, 60);
  }

  @Test
  void staysWithinTheClockWhenAStampIsDamaged() {
    long[] due = due(new Schedule(Pace.speed(0.001)), 1, Long.MAX_VALUE, 5);

    assertThat(due[1]).isBetween(Long.MAX_VALUE / 8, Long.MAX_VALUE / 2);
    assertThat(due[2]).isEqualTo(due[1]);
  }

  @Test
  void beginsANewRoundWhereTheLastOneEnded() {
    Schedule schedule = new Schedule(Pace.asRecorded());
    long[] stamps = stamps(0, 100, 250);

    long[] first = due(schedule, stamps);
    schedule.nextRound();
    long[] second = due(schedule, stamps);

    assertThat(first).containsExactly(0, 100, 250);
    assertThat(second).containsExactly(250, 350, 500);
  }

  @Test
  void spacesFramesEvenlyAlsoOverRounds() {
    Schedule schedule = new Schedule(Pace.packetsPerSecond(3));

    assertThat(due(schedule, 0, 0, 0)).containsExactly(0, 333_333_333, 666_666_666);
    schedule.nextRound();
    assertThat(due(schedule, 0)).containsExactly(1_000_000_000);
  }

  @Test
  void givesEachFrameTheTimeOfItsBits() {
    Schedule schedule = new Schedule(Pace.bitsPerSecond(8_000_000)); // a byte a microsecond

    assertThat(schedule.next(frame(1500, 0))).isZero();
    assertThat(schedule.next(frame(60, 0))).isEqualTo(1_500_000);
    assertThat(schedule.next(frame(1, 0))).isEqualTo(1_560_000);
  }

  @Test
  void neverWaitsWithoutALimit() {
    assertThat(due(new Schedule(Pace.asFastAsPossible()), stamps(0, 100, 250)))
        .containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoPace(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.speed(value));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.packetsPerSecond(value));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.bitsPerSecond(value));
  }
}

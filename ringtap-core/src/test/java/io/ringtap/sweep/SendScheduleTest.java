package io.ringtap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.send.Pace;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendScheduleTest {
  private static final long MILLI = 1_000_000;

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  private record Run(SendSchedule schedule, AnsweredSet answered) {
    /// Sends all that is due, as `port.attempt`.
    List<String> due(long nowMillis) {
      List<String> sent = new ArrayList<>();
      while (schedule.next()) {
        sent.add(schedule.target().port() + "." + schedule.attempt());
      }
      schedule.update(nowMillis * MILLI, nowMillis * MILLI);
      return sent;
    }
  }

  private Run run(int size, int probes, int retries, long firstPosition) {
    SweepOptions.Schedule options =
        new SweepOptions.Schedule(
            Pace.asFastAsPossible(), Duration.ZERO, probes, retries, Duration.ofSeconds(1));
    AnsweredSet answered = new AnsweredSet(size, options.attempts(), 1 << 16, arena);
    return new Run(
        new SendSchedule(new TestTargets(size), answered, options, firstPosition), answered);
  }

  @Test
  void sendsEachOnceFromTheFirstPositionOn() {
    Run run = run(5, 1, 0, 2);

    assertThat(run.due(1)).containsExactly("2.0", "3.0", "4.0");
    assertThat(run.schedule.isFinished()).isTrue();
    assertThat(run.schedule.position()).isEqualTo(5);
    assertThat(run.schedule.completed()).isEqualTo(2);
    assertThat(run.due(1000)).isEmpty();
    assertThat(run.schedule.completed()).isEqualTo(2);
    assertThat(run.due(1001)).isEmpty();
    assertThat(run.schedule.completed()).isEqualTo(5);
  }

  @Test
  void sendsAgainOnceTheTimeIsOver() {
    Run run = run(3, 2, 2, 0);

    assertThat(run.due(1)).containsExactly("0.0", "0.1", "1.0", "1.1", "2.0", "2.1");
    run.answered.mark(1, 0);
    assertThat(run.due(999)).isEmpty();
    assertThat(run.due(1001)).isEmpty(); // what is due is known from now on
    assertThat(run.due(1002)).containsExactly("0.2", "0.3", "2.2", "2.3");
    run.answered.mark(0, 3);
    assertThat(run.due(2002)).isEmpty();
    assertThat(run.schedule.completed()).isZero();
    assertThat(run.due(2003)).containsExactly("2.4", "2.5");
    assertThat(run.schedule.isFinished()).isTrue();
    assertThat(run.due(3003)).isEmpty();
    assertThat(run.schedule.completed()).isEqualTo(3);
  }

  @Test
  void waitsUntilAnswersHaveBeenShown() {
    Run run = run(3, 1, 1, 0);
    assertThat(run.due(1)).hasSize(3);

    run.schedule.update(5000 * MILLI, 900 * MILLI); // the receiving thread is behind

    assertThat(run.schedule.next()).isFalse();
  }
}

package io.ringtap.timing;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingOutcome.Dropped;
import io.ringtap.ping.PingOutcome.TimedOut;
import io.ringtap.ping.engine.probe.JudgeFixture;
import org.junit.jupiter.api.Test;

class SuspendWatchTest {
  private long monotonic = 5 * SECOND;
  private long sinceBoot = 7 * SECOND;
  private long pause; // between two readings, once
  private final SuspendWatch watch = new SuspendWatch(this::monotonic, () -> sinceBoot);

  private long monotonic() {
    long now = monotonic;
    monotonic += pause;
    sinceBoot += pause;
    pause = 0;
    return now;
  }

  @Test
  void noticesASuspensionOnce() {
    monotonic += SECOND;
    sinceBoot += SECOND;
    assertThat(watch.wasSuspended()).isFalse();

    sinceBoot += 3 * SECOND;

    assertThat(watch.wasSuspended()).isTrue();
    assertThat(watch.wasSuspended()).isFalse();
  }

  @Test
  void takesAPauseOfTheProcessForNone() {
    pause = 3 * SECOND;

    assertThat(watch.wasSuspended()).isFalse();
    assertThat(watch.wasSuspended()).isFalse();
  }

  @Test
  void whatWasInFlightIsNoLossOfTheNetwork() {
    JudgeFixture fixture = new JudgeFixture();
    fixture.sendAndDepart(fixture.start(request()));
    fixture.pass();

    fixture.pass(fixture.judge::onSuspend);
    fixture.advance(1);
    fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(SECOND);
    fixture.pass();

    assertThat(fixture.heard.outcomes).hasExactlyElementsOfTypes(Dropped.class, TimedOut.class);
  }
}

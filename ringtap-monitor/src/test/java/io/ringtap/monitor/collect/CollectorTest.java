package io.ringtap.monitor.collect;

import static io.ringtap.monitor.collect.CollectorFixture.START_SECONDS;
import static io.ringtap.monitor.collect.CollectorFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.ringtap.monitor.collect.CollectorFixture.Closed;
import io.ringtap.monitor.collect.CollectorFixture.Told;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Allocation;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollectorTest {
  private final CollectorFixture fixture = new CollectorFixture();
  private final Collector collector = fixture.collector;

  @Test
  void countsInTheWindowInWhichAnOutcomeWasKnown() {
    collector.add(target(1));
    fixture.pass(9_950);
    fixture.reply(1, 1);
    fixture.pass(100); // over the end of the window, before a round
    fixture.reply(1, 2);
    collector.round(true);
    fixture.pass(10_000);
    collector.round(true);

    assertThat(fixture.windows)
        .extracting(Closed::window)
        .extracting(Window::startSeconds, window -> window.counts().get(Outcome.REPLY))
        .containsExactly(tuple(START_SECONDS, 1L), tuple(START_SECONDS + 10, 1L));
    assertThat(fixture.sum().get(Outcome.REPLY))
        .isEqualTo(collector.board().total().get(Outcome.REPLY))
        .isEqualTo(fixture.probes.size());
  }

  @Test
  void passesWindowsOnByRisingNumbersAndThenSaysSo() {
    collector.add(target(7));
    collector.add(target(3));
    collector.add(target(5)); // which has no outcome
    fixture.reply(7, 1);
    fixture.reply(3, 1);
    fixture.pass(10_000);
    collector.round(true);

    assertThat(fixture.story)
        .containsExactly(
            "added 7",
            "added 3",
            "added 5",
            "REPLY of 7",
            "REPLY of 3",
            "window of 3",
            "window of 7",
            "closed 0");
  }

  @Test
  void neverBeginsAWindowAgainWhenTheClockIsSetBack() {
    collector.add(target(1));
    fixture.pass(25_000);
    fixture.reply(1, 1);
    collector.round(true);
    fixture.wallNanos -= TimeUnit.SECONDS.toNanos(600);
    for (int second = 0; second < 60; second++) {
      fixture.pass(1_000);
      fixture.reply(1, 2 + second);
      collector.round(true);
    }

    // At half the pace: three windows in a minute.
    assertThat(fixture.windows)
        .extracting(closed -> closed.window().startSeconds() - START_SECONDS)
        .containsExactly(20L, 30L, 40L);
    assertThat(fixture.probes)
        .extracting(told -> told.epochNanos() / WindowClock.WINDOW_NANOS)
        .isSorted();
    assertThat(fixture.sum().get(Outcome.REPLY) + running(1)).isEqualTo(61);
  }

  private long running(int id) {
    TargetState state = collector.board().get(id);
    return state == null ? 0 : state.running().get(Outcome.REPLY);
  }

  @Test
  void showsEachOutcomeWithATimeWithinTheWindowThatItCountsIn() {
    collector.add(target(1));
    fixture.pass(15_000);
    collector.round(true);
    fixture.outcome(1, Outcome.LOST, 1, fixture.wallNanos - TimeUnit.SECONDS.toNanos(6));
    fixture.outcome(1, Outcome.LOST, 2, fixture.wallNanos + TimeUnit.SECONDS.toNanos(100));
    collector.round(true);

    long begin = TimeUnit.SECONDS.toNanos(START_SECONDS + 10);
    assertThat(fixture.probes)
        .extracting(Told::epochNanos)
        .containsExactly(begin, begin + TimeUnit.SECONDS.toNanos(10) - 1);
  }

  @Test
  void leavesOutWindowsThatASuspendSwallowed() {
    collector.add(target(1));
    fixture.reply(1, 1);
    fixture.pass(8_000);
    fixture.reply(1, 2); // waits in the ring
    fixture.pass(35_000);
    fixture.reply(1, 3);
    collector.round(true);
    fixture.pass(10_000);
    collector.round(true);

    assertThat(fixture.windows)
        .extracting(
            closed -> closed.window().startSeconds() - START_SECONDS,
            closed -> closed.window().counts().get(Outcome.REPLY))
        .containsExactly(tuple(0L, 2L), tuple(40L, 1L));
  }

  @Test
  void removesATargetAfterItsLastOutcomeAndStillPassesItsWindowOn() {
    collector.add(target(1));
    collector.round(true);
    fixture.reply(1, 1);
    fixture.outcome(1, Outcome.WITHDRAWN, 2, fixture.wallNanos);
    AtomicInteger removed = new AtomicInteger();
    collector.remove(target(1), removed::incrementAndGet);
    collector.round(true);
    collector.round(true);
    assertThat(collector.board().size()).isZero();
    assertThat(collector.board().get(1)).isNull();
    fixture.pass(10_000);
    collector.round(true);

    assertThat(fixture.story)
        .containsExactly(
            "added 1", "REPLY of 1", "WITHDRAWN of 1", "removed 1", "window of 1", "closed 0");
    assertThat(removed).hasValue(1);
  }

  @Test
  void goesOnWithATargetThatComesBackWithinItsWindow() {
    collector.add(target(1));
    fixture.reply(1, 1);
    collector.remove(target(1), () -> {});
    collector.round(true);
    collector.round(true);
    collector.add(target(1));
    fixture.reply(1, 1);
    fixture.pass(10_000);
    collector.round(true);

    assertThat(fixture.windows)
        .singleElement()
        .satisfies(closed -> assertThat(closed.window().counts().get(Outcome.REPLY)).isEqualTo(2));
  }

  @Test
  void knowsTheLastMinuteOfATarget() {
    collector.add(target(1));
    for (int second = 0; second < 120; second++) {
      Outcome outcome = second < 60 ? Outcome.LOST : second % 4 == 0 ? Outcome.LOST : Outcome.REPLY;
      fixture.outcome(1, outcome, second + 1, fixture.wallNanos);
      fixture.pass(1_000);
      collector.round(true);
    }

    TargetState state = Objects.requireNonNull(collector.board().get(1));
    assertThat(state.recentLossRatio()).isEqualTo(0.25);
    assertThat(state.recentMeanNanos()).isEqualTo(1e6);
    assertThat(state.recentMedianNanos()).isEqualTo(1_000_000);
    assertThat(state.total().get(Outcome.LOST)).isEqualTo(75);
    assertThat(state.lastEnd()).isEqualTo(Outcome.REPLY);
    assertThat(state.lastHopLimit()).isEqualTo(64);
  }

  @Test
  void knowsWhereATargetIsAndWhyNot() {
    IpAddress address = IpAddress.parse("192.0.2.1");
    collector.add(target(1));
    collector.unresolved(target(1), "no such name");
    collector.round(true);
    TargetState state = Objects.requireNonNull(collector.board().get(1));
    assertThat(state.unresolved()).isEqualTo("no such name");

    collector.address(target(1), null, address);
    collector.resolved(target(1));
    collector.round(true);

    assertThat(state.address()).isEqualTo(address);
    assertThat(state.unresolved()).isNull();
  }

  @Test
  void tellsAllOthersWhenAListenerThrows() {
    AtomicInteger heard = new AtomicInteger();
    collector.addListener(
        new CollectorListener() {
          @Override
          public void onProbe(ProbeView probe) {
            throw new IllegalArgumentException("no\nway");
          }
        });
    collector.addListener(
        new CollectorListener() {
          @Override
          public void onProbe(ProbeView probe) {
            heard.incrementAndGet();
          }
        });
    collector.add(target(1));
    fixture.reply(1, 1);
    fixture.reply(1, 2);
    collector.round(true);

    assertThat(heard).hasValue(2);
    assertThat(collector.listenerFailures()).isEqualTo(2);
  }

  @Test
  void allocatesNothingForAnOutcome() {
    Collector quiet = new Collector(InstantSource.system(), () -> 0);
    ProbeRing ring = quiet.newRing(1024);
    quiet.addListener(
        new CollectorListener() {
          private long sum;

          @Override
          public void onProbe(ProbeView probe) {
            sum += probe.rttNanos() + probe.sequence() + probe.target().id();
          }
        });
    quiet.add(target(1));
    quiet.round(false);

    Allocation.assertNone(() -> {
      for (int i = 0; i < 1000; i++) {
        ring.add(
            ProbeWords.target(1, Outcome.REPLY, 64, -1), ProbeWords.number(i, 0, 0), i, 1_000_000);
      }
      quiet.drain(ring, ring.limit(), Long.MAX_VALUE);
    });
    assertThat(quiet.missed()).isZero();
  }

  @Test
  void answersQuestionsOnItsThreadWhenAllIsCounted() {
    Collector running = new Collector(InstantSource.system(), System::nanoTime);
    ProbeRing ring = running.newRing(16);
    running.add(target(1));
    running.start();
    try (running) {
      ring.add(ProbeWords.target(1, Outcome.LOST, 0, -1), ProbeWords.number(1, 0, 0), 0, 0);

      List<Object> answer =
          running.call(() ->
              List.of(
                  Thread.currentThread().getName(),
                  running.board().total().get(Outcome.LOST),
                  running.call(() -> "asked within")));

      assertThat(answer).containsExactly("ringtap-collector", 1L, "asked within");
    }
  }

  @Test
  void passesOnWhatThereIsWhenItCloses() {
    Collector running = new Collector(InstantSource.system(), System::nanoTime);
    AtomicInteger windows = new AtomicInteger();
    AtomicInteger removals = new AtomicInteger();
    running.addListener(
        new CollectorListener() {
          @Override
          public void onWindow(Target target, Window window) {
            windows.addAndGet((int) window.counts().get(Outcome.WITHDRAWN));
          }
        });
    ProbeRing ring = running.newRing(16);
    running.add(target(1));
    running.start();
    ring.add(ProbeWords.target(1, Outcome.WITHDRAWN, 0, -1), ProbeWords.number(1, 0, 0), 0, 0);
    running.remove(target(1), removals::incrementAndGet);
    running.close();
    running.close();

    assertThat(windows).hasValue(1);
    assertThat(removals).hasValue(1);
    assertThat(running.<Integer>call(() -> running.board().size())).isZero();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            running.call(() -> {
              throw new UnsupportedOperationException();
            }))
        .withCauseInstanceOf(UnsupportedOperationException.class);
  }
}

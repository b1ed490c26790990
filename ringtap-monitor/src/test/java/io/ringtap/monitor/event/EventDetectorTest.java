package io.ringtap.monitor.event;

import static io.ringtap.monitor.event.Watch.MILLI;
import static io.ringtap.monitor.event.Watch.SECOND;
import static io.ringtap.monitor.event.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventDetectorTest {
  private static final RuleConfig DOWN = rule(EventKind.DOWN, 3, 2);
  private static final RuleConfig LOSS = rule(EventKind.LOSS, 0.1, 0.05);

  @Test
  void tellsOfATargetThatIsDownSinceTheFirstLostProbeWasSent() {
    try (Watch watch = new Watch(DOWN)) {
      watch.probes(5, Outcome.REPLY);
      long sent = watch.now() - SECOND; // what is lost is known after its timeout
      watch.probes(4, Outcome.LOST);

      assertThat(watch.told()).containsExactly("down begin");
      assertThat(watch.events.getFirst().sinceNanos()).isEqualTo(sent);
      assertThat(watch.events.getFirst().detail()).isEqualTo("3 probes in a row without a reply");
      assertThat(watch.detector.open().of(0)).isEqualTo(watch.events);
    }
  }

  @Test
  void tellsThatItIsUpAfterSoManyRepliesInARow() {
    try (Watch watch = new Watch(DOWN)) {
      watch.probes(5, Outcome.LOST);
      watch.probe(Outcome.REPLY);
      watch.probe(Outcome.LOST);
      watch.probe(Outcome.REPLY);
      long up = watch.now();
      watch.probe(Outcome.REPLY);

      assertThat(watch.told()).containsExactly("down begin", "down end");
      Event end = watch.events.getLast();
      assertThat(end.sinceNanos()).isEqualTo(watch.events.getFirst().sinceNanos());
      assertThat(end.epochNanos()).isEqualTo(up);
      assertThat(end.detail()).isEqualTo("2 replies in a row, after 9 s");
      assertThat(watch.detector.open().all()).isEmpty();
    }
  }

  @Test
  void takesWhatThisMachineLostForNothing() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      for (int i = 0; i < 100; i++) {
        watch.probe(Outcome.DROPPED);
        watch.probe(Outcome.WITHDRAWN);
        watch.probe(Outcome.UNSENT);
      }

      assertThat(watch.events).isEmpty();
    }
  }

  @Test
  void countsErrorsAndDamageAsMissingReplies() {
    try (Watch watch = new Watch(DOWN)) {
      watch.probe(Outcome.ERROR);
      watch.probe(Outcome.CORRUPTED);
      watch.probe(Outcome.ELSEWHERE);

      assertThat(watch.told()).containsExactly("down begin");
    }
  }

  /// With ten probes in flight, those that were lost are known one by one among the replies to
  /// later ones.
  @Test
  void goesByTheOrderInWhichProbesWereSent() {
    try (Watch watch = new Watch(DOWN)) {
      watch.tell(Outcome.REPLY, 20, MILLI, 64);
      for (int lost = 10; lost < 20; lost++) {
        watch.tell(Outcome.LOST, lost, 0, 0);
      }
      assertThat(watch.events).isEmpty();

      for (int lost = 21; lost < 24; lost++) {
        watch.tell(Outcome.LOST, lost, 0, 0);
      }
      watch.tell(Outcome.REPLY, 19, MILLI, 64);
      watch.tell(Outcome.REPLY, 22, MILLI, 64);
      assertThat(watch.told()).containsExactly("down begin");
    }
  }

  @Test
  void noticesNumbersOfProbesThatBeginAgain() {
    try (Watch watch = new Watch(DOWN)) {
      watch.tell(Outcome.REPLY, 1_000_000, MILLI, 64);
      for (int lost = 1; lost < 4; lost++) {
        watch.tell(Outcome.LOST, lost, 0, 0);
      }

      assertThat(watch.told()).containsExactly("down begin");
    }
  }

  @Test
  void tellsOfLossOverItsWindowAndOfItsEnd() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      for (int second = 0; second < 120; second++) {
        watch.probe(second >= 60 && second % 5 == 0 ? Outcome.LOST : Outcome.REPLY);
      }
      assertThat(watch.told()).containsExactly("loss begin");
      assertThat(watch.events.getFirst().detail()).isEqualTo("10 % loss in 1 min, limit 10 %");

      watch.probes(70, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("loss begin", "loss end");
    }
  }

  @Test
  void waitsForAWholeWindowBeforeItSpeaksOfLoss() {
    try (Watch watch = new Watch(LOSS)) {
      watch.probe(Outcome.LOST);
      watch.probes(58, Outcome.REPLY);

      assertThat(watch.events).isEmpty();
    }
  }

  @Test
  void tellsOfAnOutageOnlyThatTheTargetIsDown() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      watch.probes(69, Outcome.REPLY);
      watch.probes(2, Outcome.LOST); // a window ends between the first two
      watch.probes(120, Outcome.LOST);
      watch.probes(200, Outcome.REPLY);

      assertThat(watch.told()).containsExactly("down begin", "down end");
    }
  }

  /// With a second of probes in flight, the last of an outage are known to be lost after the first
  /// replies.
  @Test
  void takesNoProbeOfAnOutageForLossAfterIt() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      watch.probes(69, Outcome.REPLY);
      watch.probes(10, Outcome.LOST);
      watch.tell(Outcome.REPLY, 90, MILLI, 64);
      watch.tell(Outcome.REPLY, 91, MILLI, 64); // up, at the end of a window
      watch.pass(SECOND);
      for (int lost = 80; lost < 90; lost++) {
        watch.tell(Outcome.LOST, lost, 0, 0);
      }
      watch.pass(SECOND);
      watch.probes(200, Outcome.REPLY);

      assertThat(watch.told()).containsExactly("down begin", "down end");
    }
  }

  @Test
  void keepsLossOpenWhileTheTargetIsDown() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      for (int second = 0; second < 80; second++) {
        watch.probe(second % 2 == 0 ? Outcome.LOST : Outcome.REPLY);
      }
      watch.probes(60, Outcome.LOST);
      assertThat(watch.told()).containsExactly("loss begin", "down begin");

      watch.probes(80, Outcome.REPLY);
      assertThat(watch.told().subList(2, 4)).containsExactly("down end", "loss end");
    }
  }

  @Test
  void tellsOfTheMedianLatencyOverItsWindow() {
    try (Watch watch = new Watch(rule(EventKind.LATENCY, 50e6, 40e6))) {
      watch.probes(60, Outcome.REPLY);
      for (int second = 0; second < 60; second++) {
        watch.probe(Outcome.REPLY, 60 * MILLI, 64);
      }
      assertThat(watch.told()).containsExactly("latency begin");
      assertThat(watch.events.getFirst().detail()).endsWith("in 1 min, limit 50 ms");

      for (int second = 0; second < 60; second++) { // between clear and limit
        watch.probe(Outcome.REPLY, 45 * MILLI, 64);
      }
      assertThat(watch.told()).containsExactly("latency begin");
      watch.probes(60, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("latency begin", "latency end");
    }
  }

  @Test
  void holdsBackWhatDoesNotLast() {
    RuleConfig rule = rule(EventKind.LATENCY, 50e6, 40e6, Duration.ofSeconds(30));
    try (Watch watch = new Watch(rule)) {
      watch.probes(60, Outcome.REPLY);
      for (int second = 0; second < 35; second++) { // over the limit for 20 s
        watch.probe(Outcome.REPLY, 60 * MILLI, 64);
      }
      watch.probes(60, Outcome.REPLY);
      assertThat(watch.events).isEmpty();

      for (int second = 0; second < 90; second++) {
        watch.probe(Outcome.REPLY, 60 * MILLI, 64);
      }
      assertThat(watch.told()).containsExactly("latency begin");
    }
  }

  @Test
  void letsNoHoldPassBecauseTheClockIsSetOrTheMachineSleeps() {
    RuleConfig rule = rule(EventKind.LATENCY, 50e6, 40e6, Duration.ofMinutes(10));
    try (Watch watch = new Watch(rule)) {
      for (int second = 0; second < 100; second++) {
        watch.probe(Outcome.REPLY, 60 * MILLI, 64);
      }
      watch.pass(3600 * SECOND);
      for (int second = 0; second < 100; second++) {
        watch.probe(Outcome.REPLY, 60 * MILLI, 64);
      }
      watch.pass(-7200 * SECOND);
      for (int second = 0; second < 100; second++) {
        watch.probe(Outcome.REPLY, 60 * MILLI, 64);
      }

      assertThat(watch.events).isEmpty();
    }
  }

  @Test
  void comparesWithTheUsualLatencyOfTheHour() throws Exception {
    try (Watch watch = new Watch(usual(20 * MILLI, 21 * MILLI, 22 * MILLI), baseline())) {
      slow(watch, 120, 60 * MILLI);

      assertThat(watch.told()).containsExactly("baseline begin");
      assertThat(watch.events.getFirst().detail())
          .matches("2\\.[89]\\d* times the usual latency of 21 ms in 1 min, limit 2");
    }
  }

  @Test
  void saysNothingOfAnUnusualLatencyOnTooFewDays() {
    try (Watch watch = new Watch(usual(20 * MILLI, 20 * MILLI), baseline())) {
      slow(watch, 120, 60 * MILLI);

      assertThat(watch.events).isEmpty();
    }
  }

  @Test
  void saysNothingOfALatencyThatIsSmallAnyway() {
    try (Watch watch = new Watch(usual(MILLI / 10, MILLI / 10, MILLI / 10), baseline())) {
      slow(watch, 120, MILLI / 4);

      assertThat(watch.events).isEmpty();
    }
  }

  private static RuleConfig baseline() {
    return rule(EventKind.BASELINE, 2, 1.5);
  }

  private static EventMemory usual(long... medians) {
    return new EventMemory() {
      @Override
      public List<Event> openEvents() {
        return List.of();
      }

      @Override
      public long[] medians(int targetId, long hourStartSeconds, int days) {
        assertThat(hourStartSeconds).isEqualTo(Watch.START);
        return medians.clone();
      }
    };
  }

  /// Waits once until the usual latency of the hour has been looked up.
  private static void slow(Watch watch, int seconds, long rtt) {
    for (int second = 0; second < seconds; second++) {
      watch.probe(Outcome.REPLY, rtt, 64);
      if (second == 65) {
        watch.detector.awaitUsual();
      }
    }
  }

  @Test
  void tellsOfRoutesThatFlap() {
    try (Watch watch = new Watch(rule(EventKind.ROUTE, 4, 1))) {
      for (int second = 0; second < 30; second++) {
        watch.probe(Outcome.REPLY, MILLI, second / 5 % 2 == 0 ? 64 : 60);
      }
      assertThat(watch.told()).containsExactly("route begin");

      watch.probes(70, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("route begin", "route end");
    }
  }

  @Test
  void takesOneChangeOfARouteForNoFlap() {
    try (Watch watch = new Watch(rule(EventKind.ROUTE, 2, 1))) {
      for (int second = 0; second < 200; second++) {
        watch.probe(Outcome.REPLY, MILLI, second < 100 ? 64 : 60);
      }

      assertThat(watch.events).isEmpty();
    }
  }

  @Test
  void tellsOfDuplicates() {
    try (Watch watch = new Watch(rule(EventKind.DUPLICATES, 0.1, 0.01))) {
      for (int second = 0; second < 70; second++) {
        watch.probe(Outcome.REPLY);
        watch.tell(Outcome.DUPLICATE, second + 1, MILLI, 64);
      }

      assertThat(watch.told()).containsExactly("duplicates begin");
      assertThat(watch.events.getFirst().detail())
          .isEqualTo("98.3 % duplicates in 1 min, limit 10 %");
    }
  }

  @Test
  void tellsOnceOfAnotherAddress() {
    try (Watch watch = new Watch(rule(EventKind.ADDRESS, 1, 1))) {
      IpAddress first = IpAddress.parse("10.0.0.1");
      IpAddress second = IpAddress.parse("10.0.0.2");
      watch.detector.onAddress(watch.target(), null, first);
      watch.detector.onAddress(watch.target(), first, second);
      watch.pass(SECOND);

      assertThat(watch.told()).containsExactly("address begin");
      assertThat(watch.events.getFirst().detail()).isEqualTo("from 10.0.0.1 to 10.0.0.2");
      assertThat(watch.detector.open().all()).isEmpty();
    }
  }

  @Test
  void tellsOfANameThatStaysUnresolvedForTheHold() {
    try (Watch watch = new Watch(rule(EventKind.NAME, 1, 1, Duration.ofSeconds(5)))) {
      watch.detector.onUnresolved(watch.target(), "no such name");
      watch.pass(SECOND);
      watch.detector.onResolved(watch.target());
      watch.probes(10, Outcome.REPLY);
      assertThat(watch.events).isEmpty();

      watch.detector.onUnresolved(watch.target(), "no such name");
      watch.probes(10, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("name begin");
      watch.detector.onResolved(watch.target());
      watch.probes(10, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("name begin", "name end");
    }
  }

  @Test
  void keepsItsStatesOverAReloadThatKeepsTheirRules() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      watch.probes(5, Outcome.LOST);
      watch.detector.reload(List.of(Watch.group(rule(EventKind.DOWN, 5, 1))));
      assertThat(watch.told()).containsExactly("down begin");

      watch.probe(Outcome.REPLY);
      assertThat(watch.told()).containsExactly("down begin", "down end");
    }
  }

  @Test
  void endsAStateWhenItsRuleGoes() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      watch.probes(5, Outcome.LOST);
      watch.detector.reload(List.of(Watch.group(LOSS)));

      assertThat(watch.told()).containsExactly("down begin", "down end");
      assertThat(watch.events.getLast().detail()).isEqualTo("no rule looks at it any more");
    }
  }

  @Test
  void endsTheStatesOfATargetThatIsNotWatchedAnyMore() {
    try (Watch watch = new Watch(DOWN)) {
      watch.probes(5, Outcome.LOST);
      watch.detector.onTargetRemoved(watch.target());
      watch.probes(5, Outcome.REPLY);

      assertThat(watch.told()).containsExactly("down begin", "down end");
      assertThat(watch.events.getLast().detail()).isEqualTo("not watched any more");
    }
  }

  @Test
  void goesOnWithWhatWasOpenBeforeARestart() {
    Event before = new Event(Watch.target(0), EventKind.DOWN, true, 17, 20, "it was down");
    try (Watch watch = new Watch(remembering(before), DOWN)) {
      watch.probes(5, Outcome.LOST);
      assertThat(watch.events).isEmpty();
      assertThat(watch.detector.open().has(0, EventKind.DOWN)).isTrue();

      watch.probes(2, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("down end");
      assertThat(watch.events.getFirst().sinceNanos()).isEqualTo(17);
    }
  }

  @Test
  void endsAfterAWhileWhatWasOpenOfATargetThatDoesNotComeBack() {
    Event before = new Event(Watch.target(9), EventKind.DOWN, true, 17, 20, "it was down");
    try (Watch watch = new Watch(remembering(before), DOWN)) {
      watch.probes(599, Outcome.REPLY);
      assertThat(watch.events).isEmpty();

      watch.probes(1, Outcome.REPLY);
      assertThat(watch.told()).containsExactly("down end");
      assertThat(watch.detector.open().all()).isEmpty();
    }
  }

  private static EventMemory remembering(Event... open) {
    return new EventMemory() {
      @Override
      public List<Event> openEvents() {
        return List.of(open);
      }

      @Override
      public long[] medians(int targetId, long hourStartSeconds, int days) {
        return new long[0];
      }
    };
  }

  @Test
  void allocatesNothingForAProbe() {
    try (Watch watch = new Watch(DOWN, LOSS)) {
      watch.probes(60, Outcome.REPLY);

      Allocation.assertNone(() -> {
        for (int sequence = 100; sequence < 200; sequence++) {
          watch.tell(sequence % 3 == 0 ? Outcome.LOST : Outcome.REPLY, sequence, MILLI, 64);
        }
      });
    }
  }

  @Randomized
  @Test
  void beginsAndEndsEachStateInTurn() {
    Property.forAll(
        200,
        random -> {
          RuleConfig[] rules = {
            rule(EventKind.DOWN, random.nextInt(1, 5), random.nextInt(1, 3)),
            LOSS,
            rule(EventKind.LATENCY, 2e6, 1.5e6, Duration.ofSeconds(random.nextInt(0, 20))),
            rule(EventKind.ROUTE, 2, 1),
            rule(EventKind.DUPLICATES, 0.2, 0.1)
          };
          try (Watch watch = new Watch(rules)) {
            double loss = 0;
            for (int i = 0; i < 1000; i++) {
              if (i % 50 == 0) {
                loss = random.nextInt(3) / 2.0;
              }
              if (random.nextInt(300) == 0) {
                watch.pass(random.nextLong(-600, 600) * SECOND);
              }
              Outcome outcome =
                  random.nextDouble() < loss
                      ? Outcome.of(random.nextInt(1, Outcome.COUNT))
                      : Outcome.REPLY;
              watch.probe(outcome, random.nextLong(3 * MILLI), 60 + random.nextInt(2));
            }
            watch.detector.onTargetRemoved(watch.target());

            assertInTurn(watch.events);
            assertThat(watch.detector.open().all()).isEmpty();
          }
        });
  }

  private static void assertInTurn(List<Event> events) {
    Map<EventKind, Event> open = new HashMap<>();
    for (Event event : events) {
      Event begin = open.remove(event.kind());
      if (event.isBegin()) {
        assertThat(begin).isNull();
        open.put(event.kind(), event);
      } else {
        assertThat(event.sinceNanos()).isEqualTo(Objects.requireNonNull(begin).sinceNanos());
      }
    }
    assertThat(open).isEmpty();
  }
}

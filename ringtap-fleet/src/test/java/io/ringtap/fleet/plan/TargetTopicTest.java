package io.ringtap.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.plan.Outcome.State;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.testbroker.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Plans against a real broker, each with topics of its own.
class TargetTopicTest {
  private static final int SHARDS = 3;
  private static final AtomicInteger FLEETS = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // set before anything runs
  private static TestBroker broker;

  private final Topics topics = new Topics("fleet" + FLEETS.incrementAndGet());

  @BeforeAll
  static void start() throws IOException {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void writesOnceWhatAFileSays() throws Exception {
    Plan first = plan(targets(100, 1), false);
    assertThat(first.count(TargetChange.Added.class)).isEqualTo(100);
    assertThat(write(first)).isEqualTo(new Outcome(written(100), null));

    assertThat(plan(targets(100, 1), false)).isEqualTo(new Plan(List.of(), 100, 0));

    Plan changed = plan(targets(60, 2), true);
    assertThat(changed.count(TargetChange.Changed.class)).isEqualTo(60);
    assertThat(changed.count(TargetChange.Removed.class)).isEqualTo(40);
    assertThat(write(changed).why()).isNull();
    assertThat(plan(targets(60, 2), true)).isEqualTo(new Plan(List.of(), 60, 0));
  }

  @Test
  void makesNothingBeforeItWrites() throws Exception {
    Plan _ = plan(targets(5, 1), false);

    try (TargetTopic topic = open()) {
      assertThat(topic.shards()).isZero();
    }
  }

  @Test
  void saysOfEachChangeWhatBecameOfIt() throws Exception {
    Plan plan = plan(targets(10, 1), false);
    AtomicInteger sent = new AtomicInteger();

    Outcome outcome;
    try (TargetTopic topic = open()) {
      outcome = topic.write(plan, SHARDS, () -> sent.getAndIncrement() == 4);
    }

    assertThat(outcome.why()).isEqualTo("interrupted");
    assertThat(outcome.states().subList(0, 4)).containsOnly(State.WRITTEN);
    assertThat(outcome.states().subList(4, 10)).containsOnly(State.NOT_WRITTEN);
    assertThat(plan(targets(10, 1), false).changes()).isEqualTo(plan.changes().subList(4, 10));
  }

  @Test
  void saysWhenNoBrokerAnswers() throws Exception {
    Connection nowhere = Connection.of(List.of("127.0.0.1:1"), null);

    assertThatThrownBy(() -> TargetTopic.open(nowhere, topics))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("connection refused");
  }

  private TargetTopic open() throws Exception {
    return TargetTopic.open(Connection.of(List.of(broker.bootstrap()), null), topics);
  }

  private Plan plan(List<TargetRecord> targets, boolean isPruning) throws Exception {
    try (TargetTopic topic = open()) {
      return topic.plan(targets, SHARDS, isPruning);
    }
  }

  private Outcome write(Plan plan) throws Exception {
    try (TargetTopic topic = open()) {
      return topic.write(plan, SHARDS, () -> false);
    }
  }

  private static List<State> written(int count) {
    return IntStream.range(0, count).mapToObj(_ -> State.WRITTEN).toList();
  }

  private static List<TargetRecord> targets(int count, int intervalSeconds) {
    ProbeSettings settings =
        ProbeSettings.DEFAULT.withInterval(Duration.ofSeconds(intervalSeconds));
    return IntStream.range(0, count)
        .mapToObj(i -> "host-%d.example".formatted(i))
        .map(host ->
            new TargetRecord("g", host, host, Map.of(), List.of("fra1"), settings, List.of()))
        .toList();
  }
}

package io.ringtap.fleet.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.delivery.TopicReader.Entry;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With a real broker that comes and goes.
@Timeout(2 * 60) // on a busy machine it takes its time for that
class DeliveryTest {
  private static final int PARTITIONS = 4;
  private static final int TARGETS = 500;
  private static final long RUN = 1_700_000_000_000L;

  private static TestBroker broker;
  private static Connection connection;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = TestBroker.start();
    connection = Connection.of(List.of(broker.bootstrap()), null);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static Topics topics(String prefix) throws Exception {
    Topics topics = new Topics(prefix);
    try (Admin admin = connection.admin()) {
      var _ =
          admin
              .createTopics(List.of(new NewTopic(topics.results(), PARTITIONS, (short) 1)))
              .all()
              .get();
    }
    return topics;
  }

  private static Delivery open(Topics topics, long run, @Nullable Path spool) throws IOException {
    return Delivery.open(
        new DeliverySetup(
            "fra1",
            "agent-1",
            run,
            topics,
            _ -> 1,
            false,
            spool,
            Delivery.LEAST_SPOOL_BYTES,
            connection));
  }

  /// Hands over a window of each target.
  private static void handOver(Delivery delivery, int round) {
    for (int id = 0; id < TARGETS; id++) {
      TargetKey key = new TargetKey("group", "host" + id, AddressFamily.ANY);
      OutcomeCounts counts = new OutcomeCounts();
      LatencyHistogram rtt = new LatencyHistogram();
      counts.add(Outcome.REPLY);
      rtt.add(1_000_000 + id * 1000);
      delivery.onWindow(
          new Target(id, key, key.host(), Map.of(), ProbeSettings.DEFAULT),
          new Window(10L * round, 10, counts, rtt, 60));
    }
    delivery.onWindowsClosed(10L * round);
  }

  private static void assertSums(Delivery delivery) {
    DeliveryStatus status = delivery.status();
    assertThat(status.delivered() + status.dropped() + status.inMemory() + status.inSpool())
        .isEqualTo(status.handedOver() + status.recovered());
  }

  private static void awaitDelivered(Delivery delivery) {
    Eventually.await(
        "all is delivered",
        () -> {
          DeliveryStatus status = delivery.status();
          return status.delivered() == status.handedOver() + status.recovered();
        });
  }

  private static void awaitTrouble(Delivery delivery, String words) {
    Eventually.await(
        "it says: " + words,
        () -> String.valueOf(delivery.status().brokerTrouble()).contains(words));
  }

  /// That each result up to a number is there once, and in order in each partition.
  private static void assertOnceInOrder(Topics topics, long last) throws IOException {
    List<Entry> entries = TopicReader.read(connection, topics.results());
    assertThat(entries.stream().map(entry -> entry.origin().sequence()).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    Map<Integer, Long> newest = new HashMap<>();
    for (Entry entry : entries) {
      Long before = newest.put(entry.partition(), entry.origin().sequence());
      assertThat(before == null ? 0 : before).isLessThan(entry.origin().sequence());
    }
    assertThat(newest).hasSize(PARTITIONS);
  }

  @Test
  void bringsEverythingOnceWhenTheBrokerWasAway() throws Exception {
    Topics first = topics("spooled");
    Topics second = topics("kept");
    Path spool = folder.resolve("spool");
    try (Delivery spooled = open(first, RUN, spool);
        Delivery kept = open(second, RUN, null)) {
      List<Delivery> both = List.of(spooled, kept);
      both.forEach(each -> handOver(each, 1));
      both.forEach(DeliveryTest::awaitDelivered);
      broker.stop();
      for (int i = 2; i <= 20; i++) {
        int round = i;
        both.forEach(each -> handOver(each, round));
        both.forEach(DeliveryTest::assertSums);
      }
      Eventually.await(
          "all that waits is in the spool",
          () -> both.stream().allMatch(each -> each.status().inSpool() == 19L * TARGETS));
      awaitTrouble(spooled, "cannot reach a broker at 127.0.0.1");
      assertThat(names(spool)).anyMatch(name -> name.endsWith(".spool"));
      broker.startAgain();
      both.forEach(each -> handOver(each, 21));

      both.forEach(DeliveryTest::awaitDelivered);
      both.forEach(DeliveryTest::assertSums);
      Eventually.await("nothing is wrong", () -> spooled.status().brokerTrouble() == null);
      Eventually.await("nothing is kept", () -> names(spool).equals(List.of("lock")));
      assertOnceInOrder(first, 21L * TARGETS);
      assertOnceInOrder(second, 21L * TARGETS);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void keepsTheOrderWhenTheBrokerIsKilledWhileResultsFlow() throws Exception {
    Topics topics = topics("killed");
    try (Delivery delivery = open(topics, RUN, folder)) {
      int round = 0;
      while (delivery.status().delivered() < 5L * TARGETS) {
        handOver(delivery, ++round);
        Thread.sleep(10); // results flow, they do not flood
      }
      broker.kill();
      for (int i = 0; i < 10; i++) {
        handOver(delivery, ++round);
      }
      broker.startAgain();
      for (int i = 0; i < 10; i++) {
        handOver(delivery, ++round);
      }

      awaitDelivered(delivery);
      assertSums(delivery);
      assertOnceInOrder(topics, (long) round * TARGETS);
    }
  }

  @Test
  void bringsWhatEarlierRunsHaveLeftFirst() throws Exception {
    Topics topics = new Topics("left"); // which is not there yet
    try (Delivery delivery = open(topics, RUN, folder)) {
      handOver(delivery, 1);
      handOver(delivery, 2);
      assertThatThrownBy(() -> open(topics, RUN, folder))
          .hasMessageContaining("is in use by another agent, process ");
      Eventually.await(
          "it says what is missing",
          () ->
              String.valueOf(delivery.status().brokerTrouble()).contains("no topic left.results"));
    }
    try (Delivery delivery = open(topics, RUN + 1, folder)) {
      assertThat(delivery.status().recovered()).isEqualTo(2 * TARGETS);
      handOver(delivery, 3);
      Topics _ = topics("left");
      awaitDelivered(delivery);
    }

    List<Entry> entries = TopicReader.read(connection, topics.results());
    assertThat(entries).hasSize(3 * TARGETS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int each = partition;
      List<Long> runs =
          entries.stream()
              .filter(entry -> entry.partition() == each)
              .map(entry -> entry.origin().run())
              .toList();
      assertThat(runs).isSorted();
    }
  }
}

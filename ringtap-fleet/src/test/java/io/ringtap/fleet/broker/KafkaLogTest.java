package io.ringtap.fleet.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaLogTest {
  private final List<String> lines = new ArrayList<>();
  private long now = 17;
  private final KafkaLog log = new KafkaLog(lines::add, () -> now);

  @Test
  void showsOneLineAMinuteOfThoseThatDifferInNumbersOnly() {
    warn(Level.INFO, "ProducerConfig values: \n\tacks = -1", null);
    warn(
        Level.WARNING,
        "[Producer clientId=p-1] Connection to node 3 could not be established.",
        null);
    for (int node = 0; node < 20; node++) {
      warn(
          Level.WARNING,
          "[Producer clientId=p-1] Connection to node %d could not be established.".formatted(node),
          null);
    }
    warn(Level.SEVERE, "Uncaught:\n", new IOException("No space left\non device"));
    now += TimeUnit.MINUTES.toNanos(1);
    warn(
        Level.WARNING,
        "[Producer clientId=p-2] Connection to node 4 could not be established.",
        null);

    assertThat(lines)
        .containsExactly(
            "Kafka: Connection to node 3 could not be established.",
            "Kafka: Uncaught: No space left on device",
            "Kafka: Connection to node 4 could not be established. (and 20 more like this)");
  }

  private void warn(Level level, String text, @Nullable Throwable thrown) {
    LogRecord entry = new LogRecord(level, text);
    entry.setThrown(thrown);
    log.publish(entry);
  }
}

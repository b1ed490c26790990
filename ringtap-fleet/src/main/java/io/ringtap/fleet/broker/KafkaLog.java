package io.ringtap.fleet.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// What Kafka's clients log, in plain lines: warnings and errors only, and of those that differ in
/// nothing but numbers one a minute.
public final class KafkaLog extends Handler {
  /// Kept, for otherwise the JVM may forget its level.
  private static final Logger LOGGER = Logger.getLogger("org.apache.kafka");

  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_KINDS = 500;

  /// `[Producer clientId=ringtap-1] ` and the like.
  private static final Pattern CLIENT = Pattern.compile("^(\\[[^\\]]*\\]\\s*)+");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Consumer<String> lines;
  private final LongSupplier clock;
  private final Map<String, Repetition> kinds = new HashMap<>(); // guarded by this

  /// Lines that differ in nothing but numbers.
  private static final class Repetition {
    private long shownNanos;
    private int hidden;
  }

  KafkaLog(Consumer<String> lines, LongSupplier clock) {
    this.lines = lines;
    this.clock = clock;
    setLevel(Level.WARNING);
  }

  /// From now on, what Kafka's clients of this process log becomes `lines`, unless whoever has
  /// started the JVM has set up logging.
  public static void showIn(Consumer<String> lines) {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    for (Handler handler : LOGGER.getHandlers()) {
      LOGGER.removeHandler(handler);
    }
    LOGGER.setLevel(Level.WARNING);
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(new KafkaLog(lines, System::nanoTime));
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    String line = lineOf(record);
    int hidden;
    synchronized (this) {
      hidden = count(NUMBER.matcher(line).replaceAll("#"));
    }
    if (hidden >= 0) {
      lines.accept(
          "Kafka: " + line + (hidden > 0 ? " (and %d more like this)".formatted(hidden) : ""));
    }
  }

  /// How many of this kind were not shown since one was; negative if this one is not shown either.
  private int count(String kind) {
    long now = clock.getAsLong();
    Repetition repetition = kinds.get(kind);
    if (repetition == null) {
      if (kinds.size() == MOST_KINDS) {
        kinds.clear();
      }
      repetition = new Repetition();
      repetition.shownNanos = now - PAUSE_NANOS;
      kinds.put(kind, repetition);
    }
    if (now - repetition.shownNanos < PAUSE_NANOS) {
      repetition.hidden++;
      return -1;
    }
    int hidden = repetition.hidden;
    repetition.hidden = 0;
    repetition.shownNanos = now;
    return hidden;
  }

  private static String lineOf(LogRecord record) {
    String text = CLIENT.matcher(String.valueOf(record.getMessage())).replaceFirst("");
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      String why = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
      text = text.replaceAll("[.:\\s]+$", "") + ": " + why;
    }
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

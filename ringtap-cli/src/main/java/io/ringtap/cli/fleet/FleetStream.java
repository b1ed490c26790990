package io.ringtap.cli.fleet;

import io.ringtap.fleet.record.Json;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.stream.RecordStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What a command writes to its topic. One thread writes JSON; any thread may write what is made
/// already.
public final class FleetStream implements AutoCloseable {
  private final Origin origin;
  private final byte[] key;
  private final RecordStream records;
  private long written;
  private final AtomicBoolean hasComplained = new AtomicBoolean();

  FleetStream(Origin origin, RecordStream records) {
    this.origin = origin;
    this.records = records;
    key = (origin.site() + "/" + origin.agent()).getBytes(StandardCharsets.UTF_8);
  }

  /// Writes what is made already, or counts that there is no room for it. It does not wait.
  ///
  /// @param value a copy of it is taken
  /// @param weight what it counts for
  public void write(byte[] value, long weight) {
    records.write(key, value, weight);
  }

  /// Writes a record of JSON, or counts that there is no room for it. It does not wait.
  ///
  /// @param kind its kind
  /// @param fields writes what it has beside who writes it
  public void write(String kind, Consumer<JsonGenerator> fields) {
    written++;
    Origin numbered = new Origin(origin.site(), origin.agent(), origin.run(), written);
    byte[] value =
        Json.object(
            kind,
            json -> {
              numbered.write(json);
              fields.accept(json);
            });
    write(value, 1);
  }

  /// What is to be said of records that were not delivered, at the first of them; otherwise null.
  public @Nullable String complaint() {
    RecordStream.Counts counts = records.counts();
    if (counts.noRoom() + counts.unknown() == 0 || hasComplained.getAndSet(true)) {
      return null;
    }
    String why = records.failure();
    return why == null
        ? "the broker is too slow or away: records without room are dropped and counted"
        : "the broker does not take records, which are counted: " + why;
  }

  /// What is known to be on the topic, by weight.
  public long delivered() {
    return records.counts().delivered();
  }

  /// The account in one line.
  ///
  /// @param things what weights count
  public String account(String things) {
    RecordStream.Counts counts = records.counts();
    return "%d %s = %d delivered + %d dropped, no room + %d unknown"
        .formatted(counts.written(), things, counts.delivered(), counts.noRoom(), counts.unknown());
  }

  /// Waits for two seconds at most until all is delivered.
  @Override
  public void close() {
    records.close();
  }
}

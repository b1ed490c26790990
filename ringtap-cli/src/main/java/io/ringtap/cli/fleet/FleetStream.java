package io.ringtap.cli.fleet;

import io.ringtap.fleet.record.Json;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.stream.RecordStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What a command writes to its topic: JSON records with a number each. One thread writes.
public final class FleetStream implements AutoCloseable {
  private final Origin origin;
  private final byte[] key;
  private final RecordStream records;
  private long written;
  private boolean hasComplained;

  FleetStream(Origin origin, RecordStream records) {
    this.origin = origin;
    this.records = records;
    key = (origin.site() + "/" + origin.agent()).getBytes(StandardCharsets.UTF_8);
  }

  /// Writes a record, or counts that there is no room for it. It does not wait.
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
    records.write(key, value, 1);
  }

  /// What is to be said of records that were not delivered, at the first of them; otherwise null.
  public @Nullable String complaint() {
    RecordStream.Counts counts = records.counts();
    if (hasComplained || counts.noRoom() + counts.unknown() == 0) {
      return null;
    }
    hasComplained = true;
    String why = records.failure();
    return why == null
        ? "the broker is too slow or away: records without room are dropped and counted"
        : "the broker does not take records, which are counted: " + why;
  }

  /// The account in one line.
  public String account() {
    RecordStream.Counts counts = records.counts();
    return "%d records = %d delivered + %d dropped, no room + %d unknown"
        .formatted(counts.written(), counts.delivered(), counts.noRoom(), counts.unknown());
  }

  /// Waits for two seconds at most until all is delivered.
  @Override
  public void close() {
    records.close();
  }
}

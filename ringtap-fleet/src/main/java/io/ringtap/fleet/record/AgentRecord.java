package io.ringtap.fleet.record;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent says of itself every few seconds. Counts are those of its run.
///
/// @param origin the sequence number is the last one that it has given; 1 if it has given none yet
/// @param version of the program
/// @param host the machine's name
/// @param epochMillis the agent's clock
/// @param capacity its share of the site's targets, in relation to that of the others
/// @param shards the partitions of the topic of targets that it has
/// @param targets that it probes
/// @param probes that it has sent
/// @param refused targets on its shards that its allow-list excludes
/// @param invalid records on the topics that it could not read
/// @param newer records of a schema that it does not know
/// @param queued records that wait in memory or on disk
/// @param spoolBytes room that those on disk take
/// @param dropped records that found no room
/// @param isLeaving whether it ends in order, and this is the last of it
public record AgentRecord(
    Origin origin,
    String version,
    String host,
    long epochMillis,
    long capacity,
    List<Integer> shards,
    long targets,
    long probes,
    long refused,
    long invalid,
    long newer,
    long queued,
    long spoolBytes,
    long dropped,
    boolean isLeaving) {
  private static final String KIND = "agent";
  private static final int MOST_SHARDS = 100_000;

  /// The largest share.
  public static final long MOST_CAPACITY = 1_000_000;

  /// The key of its record.
  public byte[] key() {
    return Keys.bytes(origin.site() + "/" + origin.agent());
  }

  /// Its JSON.
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          origin.write(json);
          json.writeStringProperty("version", version);
          json.writeStringProperty("host", host);
          json.writeNumberProperty("ts_ms", epochMillis);
          json.writeNumberProperty("capacity", capacity);
          json.writeArrayPropertyStart("shards");
          shards.forEach(json::writeNumber);
          json.writeEndArray();
          json.writeNumberProperty("targets", targets);
          json.writeNumberProperty("probes", probes);
          json.writeNumberProperty("refused", refused);
          json.writeNumberProperty("invalid", invalid);
          json.writeNumberProperty("newer", newer);
          json.writeNumberProperty("queued", queued);
          json.writeNumberProperty("spool_bytes", spoolBytes);
          json.writeNumberProperty("dropped", dropped);
          json.writeBooleanProperty("leaving", isLeaving);
        });
  }

  /// Reads one.
  ///
  /// @param value null if the record has none
  public static Reading<AgentRecord> read(byte @Nullable [] value) {
    return Fields.read(
        value,
        List.of(KIND),
        fields ->
            new AgentRecord(
                Origin.read(fields),
                fields.text("version", 100),
                fields.text("host", Keys.LONGEST_HOST),
                fields.number("ts_ms", 0, Origin.LATEST_MILLIS),
                fields.number("capacity", 1, MOST_CAPACITY),
                Arrays.stream(fields.numbers("shards", MOST_SHARDS, 0, Integer.MAX_VALUE))
                    .mapToObj(shard -> (int) shard)
                    .toList(),
                count(fields, "targets"),
                count(fields, "probes"),
                count(fields, "refused"),
                count(fields, "invalid"),
                count(fields, "newer"),
                count(fields, "queued"),
                count(fields, "spool_bytes"),
                count(fields, "dropped"),
                fields.truth("leaving")));
  }

  private static long count(Fields fields, String name) throws Fields.Malformed {
    return fields.number(name, 0, Long.MAX_VALUE);
  }
}

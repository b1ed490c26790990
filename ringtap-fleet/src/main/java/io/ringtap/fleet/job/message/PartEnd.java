package io.ringtap.fleet.job.message;

import io.ringtap.error.Errno;
import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;
import io.ringtap.sweep.SweepCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// A try at a part has come to its end, so it counts.
///
/// @param records that it has written before: [Answers] or [Path]s, numbered from 0
/// @param counters of a sweep; of a trace all 0
public record PartEnd(String job, Worker from, Part part, int records, SweepCounters counters)
    implements AgentMessage {
  static final String KIND = "part-end";

  /// Of a trace.
  public static final SweepCounters NO_COUNTERS =
      new SweepCounters(0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final long MOST = 1L << 48; // so that sums of them stay in range
  private static final int MOST_ERRNOS = 200;
  private static final int LAST_ERRNO = 4_095;

  private record Refusals(Errno errno, long count) {}

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("job", job);
          from.write(json);
          part.write(json);
          json.writeNumberProperty("records", records);
          write(json);
        });
  }

  private void write(JsonGenerator json) {
    json.writeNumberProperty("sent", counters.sent());
    json.writeNumberProperty("resent", counters.resent());
    json.writeNumberProperty("sent_bytes", counters.sentBytes());
    json.writeArrayPropertyStart("refused");
    counters
        .refusals()
        .forEach((errno, count) -> {
          json.writeStartObject();
          json.writeNumberProperty("errno", errno.number());
          json.writeNumberProperty("count", count);
          json.writeEndObject();
        });
    json.writeEndArray();
    json.writeNumberProperty("waits", counters.waits());
    json.writeNumberProperty("found", counters.found());
    json.writeNumberProperty("open", counters.open());
    json.writeNumberProperty("repeats", counters.repeats());
    json.writeNumberProperty("duplicates", counters.duplicates());
    json.writeNumberProperty("errors", counters.errors());
    json.writeNumberProperty("invalid", counters.invalid());
    json.writeNumberProperty("dropped", counters.dropped());
    json.writeNumberProperty("forgotten", counters.forgotten());
  }

  static PartEnd read(Fields fields) throws Malformed {
    List<Refusals> refusals =
        fields.objects(
            "refused",
            MOST_ERRNOS,
            each ->
                new Refusals(
                    new Errno((int) each.number("errno", 1, LAST_ERRNO)), count(each, "count")));
    Map<Errno, Long> refused =
        refusals.stream()
            .collect(Collectors.toMap(Refusals::errno, Refusals::count, Long::sum, HashMap::new));
    return new PartEnd(
        fields.name("job"),
        Worker.read(fields),
        Part.read(fields),
        (int) fields.number("records", 0, Integer.MAX_VALUE),
        new SweepCounters(
            count(fields, "sent"),
            count(fields, "resent"),
            count(fields, "sent_bytes"),
            refused,
            count(fields, "waits"),
            count(fields, "found"),
            count(fields, "open"),
            count(fields, "repeats"),
            count(fields, "duplicates"),
            count(fields, "errors"),
            count(fields, "invalid"),
            count(fields, "dropped"),
            count(fields, "forgotten")));
  }

  private static long count(Fields fields, String name) throws Malformed {
    return fields.number(name, 0, MOST);
  }
}

package io.ringtap.fleet.record;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.TargetKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something has begun or ended at a target, as one site saw it. The fields are those of
/// [Event][io.ringtap.monitor.event.Event].
public record EventRecord(
    Origin origin,
    TargetKey target,
    EventKind kind,
    boolean isBegin,
    long sinceNanos,
    long epochNanos,
    String detail) {
  private static final String KIND = "event";
  private static final String BEGIN = "begin";
  private static final String END = "end";
  private static final int LONGEST_DETAIL = 1_000;

  /// The key of its record: all of a target's are in one partition, in order.
  public byte[] key() {
    return Keys.bytes(target.toString());
  }

  /// Its JSON.
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          origin.write(json);
          Keys.write(json, target);
          json.writeStringProperty("event", kind.word());
          json.writeStringProperty("state", isBegin ? BEGIN : END);
          json.writeNumberProperty("since_ns", sinceNanos);
          json.writeNumberProperty("ts_ns", epochNanos);
          json.writeStringProperty("detail", detail);
        });
  }

  /// Reads one.
  ///
  /// @param value null if the record has none
  public static Reading<EventRecord> read(byte @Nullable [] value) {
    return Fields.read(
        value,
        List.of(KIND),
        fields ->
            new EventRecord(
                Origin.read(fields),
                Keys.read(fields),
                fields.word("event", EventKind.values(), EventKind::word),
                fields.word("state", new String[] {BEGIN, END}, word -> word).equals(BEGIN),
                fields.number("since_ns", 0, Long.MAX_VALUE),
                fields.number("ts_ns", 0, Long.MAX_VALUE),
                fields.text("detail", LONGEST_DETAIL)));
  }
}

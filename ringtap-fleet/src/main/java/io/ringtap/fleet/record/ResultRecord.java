package io.ringtap.fleet.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in the topic of results.
public sealed interface ResultRecord permits WindowRecord, ProbeRecord, GapRecord {
  /// Who has written it.
  Origin origin();

  /// The key of its record: all of a target's are in one partition, in order.
  byte[] key();

  /// Its JSON.
  byte[] encode();

  /// Reads one.
  ///
  /// @param value null if the record has none
  static Reading<ResultRecord> read(byte @Nullable [] value) {
    return Fields.read(
        value,
        List.of(WindowRecord.KIND, ProbeRecord.KIND, GapRecord.KIND),
        fields ->
            switch (fields.text("kind", 32)) {
              case WindowRecord.KIND -> WindowRecord.read(fields);
              case ProbeRecord.KIND -> ProbeRecord.read(fields);
              default -> GapRecord.read(fields);
            });
  }
}

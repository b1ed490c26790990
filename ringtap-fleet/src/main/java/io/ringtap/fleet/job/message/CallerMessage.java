package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller writes to all agents.
public sealed interface CallerMessage permits JobNotice, Assignment, JobEnd {
  /// The job's name, which is the key of its records too.
  String job();

  /// Its JSON.
  byte[] encode();

  /// The key of its record: all of a job's are in one partition, in order.
  default byte[] key() {
    return job().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads one.
  ///
  /// @param value null if the record has none
  static Reading<CallerMessage> read(byte @Nullable [] value) {
    return Fields.read(
        value,
        List.of(JobNotice.KIND, Assignment.KIND, JobEnd.KIND),
        fields ->
            switch (fields.text("kind", 32)) {
              case JobNotice.KIND -> JobNotice.read(fields);
              case Assignment.KIND -> Assignment.read(fields);
              default -> JobEnd.read(fields);
            });
  }
}

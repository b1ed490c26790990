package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent writes to the caller of a job.
public sealed interface AgentMessage permits WorkerState, Answers, Path, PartEnd, PartFailure {
  /// The job's name, which is the key of its records too.
  String job();

  /// Who writes.
  Worker from();

  /// Its JSON.
  byte[] encode();

  /// The key of its record: all of a job's are in one partition, in order.
  default byte[] key() {
    return job().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads one.
  ///
  /// @param value null if the record has none
  static Reading<AgentMessage> read(byte @Nullable [] value) {
    return Fields.read(
        value,
        List.of(WorkerState.KIND, Answers.KIND, Path.KIND, PartEnd.KIND, PartFailure.KIND),
        fields ->
            switch (fields.text("kind", 32)) {
              case WorkerState.KIND -> WorkerState.read(fields);
              case Answers.KIND -> Answers.read(fields);
              case Path.KIND -> Path.read(fields);
              case PartEnd.KIND -> PartEnd.read(fields);
              default -> PartFailure.read(fields);
            });
  }
}

package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import tools.jackson.core.JsonGenerator;

/// What a job is to do.
public sealed interface Task permits SweepTask, TraceTask {
  /// Writes its fields.
  void write(JsonGenerator json);

  /// The addresses that it sends to, or more.
  RangeSet extent();

  /// Reads the one that is there.
  static Task read(Fields fields) throws Malformed {
    return fields.has("sweep")
        ? SweepTask.read(fields.object("sweep"))
        : TraceTask.read(fields.object("trace"));
  }
}

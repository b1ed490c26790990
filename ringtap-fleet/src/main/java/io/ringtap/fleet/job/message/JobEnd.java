package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;

/// The job is over, or its caller wants no more of it.
public record JobEnd(String job) implements CallerMessage {
  static final String KIND = "job-end";

  @Override
  public byte[] encode() {
    return Json.object(KIND, json -> json.writeStringProperty("job", job));
  }

  static JobEnd read(Fields fields) throws Malformed {
    return new JobEnd(fields.name("job"));
  }
}

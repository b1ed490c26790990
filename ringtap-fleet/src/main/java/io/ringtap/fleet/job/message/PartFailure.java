package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;

/// A try at a part has failed, or the agent does not do it.
///
/// @param why in words
public record PartFailure(String job, Worker from, Part part, String why) implements AgentMessage {
  static final String KIND = "part-failure";

  private static final int LONGEST_REASON = 500;

  /// Cuts a long reason.
  public PartFailure {
    why = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("job", job);
          from.write(json);
          part.write(json);
          json.writeStringProperty("why", why);
        });
  }

  static PartFailure read(Fields fields) throws Malformed {
    return new PartFailure(
        fields.name("job"),
        Worker.read(fields),
        Part.read(fields),
        fields.text("why", LONGEST_REASON));
  }
}

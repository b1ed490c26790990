package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent can do for a job and how far it is, at once when it hears of the job and then once
/// a second.
///
/// @param refusal why it does nothing for the job; null if it does something
/// @param rate probes a second that it sends at the most
/// @param allowed the job's addresses that it may send to, or more
/// @param parts that it has and is not done with
public record WorkerState(
    String job,
    Worker from,
    @Nullable String refusal,
    double rate,
    RangeSet allowed,
    List<Progress> parts)
    implements AgentMessage {
  /// How far a part is.
  ///
  /// @param isSending whether it still has to send, or to begin
  /// @param sent probes
  /// @param found targets that have answered
  public record Progress(Part part, boolean isSending, long sent, long found) {}

  static final String KIND = "worker";

  private static final int MOST_PARTS = 1_000;
  private static final int LONGEST_REFUSAL = 500;

  /// Copies the list.
  public WorkerState {
    parts = List.copyOf(parts);
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("job", job);
          from.write(json);
          if (refusal != null) {
            json.writeStringProperty("refusal", refusal);
          }
          json.writeNumberProperty("rate", rate);
          Space.writeRanges(json, "allowed", allowed.ranges());
          json.writeArrayPropertyStart("parts");
          for (Progress progress : parts) {
            json.writeStartObject();
            progress.part.write(json);
            json.writeBooleanProperty("sending", progress.isSending);
            json.writeNumberProperty("sent", progress.sent);
            json.writeNumberProperty("found", progress.found);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static WorkerState read(Fields fields) throws Malformed {
    return new WorkerState(
        fields.name("job"),
        Worker.read(fields),
        fields.textIfAny("refusal", LONGEST_REFUSAL),
        fields.figure("rate"),
        RangeSet.of(Space.readRanges(fields, "allowed", JobNotice.MOST_RANGES)),
        fields.objects(
            "parts",
            MOST_PARTS,
            part ->
                new Progress(
                    Part.read(part),
                    part.truth("sending"),
                    part.number("sent", 0, Long.MAX_VALUE),
                    part.number("found", 0, Long.MAX_VALUE))));
  }
}

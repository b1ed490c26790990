package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;
import io.ringtap.packet.IpAddress;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The way from an agent to a target of a trace.
///
/// @param number of the record among those of the try, from 0
/// @param isReached whether the target has answered
/// @param hops from the first hop limit to the target, or to the last that was asked for
public record Path(
    String job,
    Worker from,
    Part part,
    int number,
    IpAddress target,
    boolean isReached,
    List<Hop> hops)
    implements AgentMessage {
  /// What a hop limit has shown.
  ///
  /// @param answered probes; with `lost` those that are decided
  /// @param unsent probes that the kernel did not take
  /// @param forwardedLoss the least loss of this hop and of all later ones
  /// @param rtt of the answers
  /// @param responders who has answered, those with most answers first
  public record Hop(
      int hopLimit,
      long answered,
      long lost,
      long unsent,
      double forwardedLoss,
      Rtt rtt,
      List<Responder> responders) {
    /// Copies the list.
    public Hop {
      responders = List.copyOf(responders);
    }

    /// The part of the decided probes that are lost; 0 if none is decided.
    public double lossRatio() {
      return answered + lost == 0 ? 0 : (double) lost / (answered + lost);
    }
  }

  /// Round-trip times in nanoseconds; all 0 without an answer.
  public record Rtt(long min, double mean, long max) {}

  /// Who has answered at a hop.
  public record Responder(IpAddress address, long answers) {}

  static final String KIND = "path";

  private static final int MOST_RESPONDERS = 64;
  private static final int LONGEST_ADDRESS = 50;

  /// Copies the list.
  public Path {
    hops = List.copyOf(hops);
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("job", job);
          from.write(json);
          part.write(json);
          json.writeNumberProperty("number", number);
          json.writeStringProperty("target", target.toString());
          json.writeBooleanProperty("reached", isReached);
          json.writeArrayPropertyStart("hops");
          hops.forEach(hop -> write(json, hop));
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Hop hop) {
    json.writeStartObject();
    json.writeNumberProperty("hop", hop.hopLimit);
    json.writeNumberProperty("answered", hop.answered);
    json.writeNumberProperty("lost", hop.lost);
    json.writeNumberProperty("unsent", hop.unsent);
    json.writeNumberProperty("forwarded_loss_ratio", hop.forwardedLoss);
    json.writeNumberProperty("rtt_min_ns", hop.rtt.min);
    json.writeNumberProperty("rtt_mean_ns", hop.rtt.mean);
    json.writeNumberProperty("rtt_max_ns", hop.rtt.max);
    json.writeArrayPropertyStart("responders");
    for (Responder responder : hop.responders) {
      json.writeStartObject();
      json.writeStringProperty("address", responder.address.toString());
      json.writeNumberProperty("answers", responder.answers);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static Path read(Fields fields) throws Malformed {
    return new Path(
        fields.name("job"),
        Worker.read(fields),
        Part.read(fields),
        (int) fields.number("number", 0, TraceTask.MOST_TARGETS - 1L),
        IpAddress.parse(fields.text("target", LONGEST_ADDRESS)),
        fields.truth("reached"),
        fields.objects("hops", 255, Path::hop));
  }

  private static Hop hop(Fields fields) throws Malformed {
    return new Hop(
        (int) fields.number("hop", 1, 255),
        fields.number("answered", 0, Integer.MAX_VALUE),
        fields.number("lost", 0, Integer.MAX_VALUE),
        fields.number("unsent", 0, Integer.MAX_VALUE),
        Math.min(1, fields.figure("forwarded_loss_ratio")),
        new Rtt(
            fields.number("rtt_min_ns", 0, Long.MAX_VALUE),
            fields.figure("rtt_mean_ns"),
            fields.number("rtt_max_ns", 0, Long.MAX_VALUE)),
        fields.objects(
            "responders",
            MOST_RESPONDERS,
            responder ->
                new Responder(
                    IpAddress.parse(responder.text("address", LONGEST_ADDRESS)),
                    responder.number("answers", 1, Integer.MAX_VALUE))));
  }
}

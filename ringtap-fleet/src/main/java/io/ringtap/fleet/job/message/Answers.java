package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepAnswer.Kind;
import io.ringtap.sweep.SweepAnswer.Novelty;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// Some of the answers that a try at a part of a sweep has had.
///
/// @param number of the record among those of the try, from 0
public record Answers(String job, Worker from, Part part, int number, List<KeptAnswer> answers)
    implements AgentMessage {
  static final String KIND = "answers";

  /// The most of them in a record.
  public static final int MOST = 500;

  private static final int LONGEST_ADDRESS = 50;
  private static final int LONGEST_PACKET = 400; // 256 bytes in Base64
  private static final long LATEST_NANOS = Long.MAX_VALUE;

  /// Copies the list.
  public Answers {
    answers = List.copyOf(answers);
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
          json.writeArrayPropertyStart("answers");
          answers.forEach(answer -> write(json, answer));
          json.writeEndArray();
        });
  }

  /// What is as it is in most answers is left out.
  private static void write(JsonGenerator json, KeptAnswer answer) {
    json.writeStartObject();
    json.writeStringProperty("target", answer.target().toString());
    if (answer.port() != 0) {
      json.writeNumberProperty("port", answer.port());
    }
    json.writeStringProperty("answer", answer.kind().word());
    if (answer.novelty() != Novelty.FIRST) {
      json.writeStringProperty("novelty", word(answer.novelty()));
    }
    if (answer.kind() == Kind.ICMP_ERROR) {
      json.writeStringProperty("responder", answer.from().toString());
      json.writeNumberProperty("code", answer.code());
    }
    if (answer.type() != 0) {
      json.writeNumberProperty("type", answer.type());
    }
    json.writeNumberProperty("ttl", answer.hopLimit());
    if (answer.attempt() != 0) {
      json.writeNumberProperty("probe", answer.attempt());
    }
    if (answer.rttNanos() >= 0) {
      json.writeNumberProperty("rtt_ns", answer.rttNanos());
    }
    json.writeNumberProperty("ts_ns", answer.epochNanos());
    json.writeStringProperty("stamp", answer.stamps().word());
    if (answer.packet().byteSize() > 0) {
      json.writeStringProperty(
          "packet",
          Base64.getEncoder().encodeToString(answer.packet().toArray(ValueLayout.JAVA_BYTE)));
    }
    json.writeEndObject();
  }

  static Answers read(Fields fields) throws Malformed {
    return new Answers(
        fields.name("job"),
        Worker.read(fields),
        Part.read(fields),
        (int) fields.number("number", 0, Integer.MAX_VALUE),
        fields.objects("answers", MOST, Answers::answer));
  }

  private static KeptAnswer answer(Fields fields) throws Malformed {
    IpAddress target = IpAddress.parse(fields.text("target", LONGEST_ADDRESS));
    Kind kind = fields.word("answer", Kind.values(), Kind::word);
    boolean isError = kind == Kind.ICMP_ERROR;
    String packet = fields.textIfAny("packet", LONGEST_PACKET);
    KeptAnswer answer =
        new KeptAnswer(
            kind,
            fields.has("novelty")
                ? fields.word("novelty", Novelty.values(), Answers::word)
                : Novelty.FIRST,
            target,
            (int) fields.number("port", 1, 65_535, 0),
            isError ? IpAddress.parse(fields.text("responder", LONGEST_ADDRESS)) : target,
            (int) fields.number("type", 0, 255, 0),
            isError ? (int) fields.number("code", 0, 255) : 0,
            (int) fields.number("ttl", 0, 255),
            (int) fields.number("probe", 0, 15, 0),
            fields.number("rtt_ns", 0, Long.MAX_VALUE, -1),
            fields.number("ts_ns", 0, LATEST_NANOS),
            fields.word("stamp", StampSource.values(), StampSource::word),
            packet == null
                ? MemorySegment.NULL
                : MemorySegment.ofArray(Base64.getDecoder().decode(packet)).asReadOnly());
    if (packet != null && !AnswerPacket.fits(answer)) {
      throw new Malformed("the packet of the answer from " + target + " is none");
    }
    return answer;
  }

  private static String word(Novelty novelty) {
    return novelty.name().toLowerCase(Locale.ROOT);
  }
}

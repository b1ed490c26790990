package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProbe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// A sweep.
///
/// @param space the addresses
/// @param ports each of which is probed at each address; empty for echo requests
/// @param seed chooses the order
/// @param options what is sent and how often; the pace and the origin are the agent's
/// @param wish which answers are to be sent back
public record SweepTask(
    Space space, List<Integer> ports, long seed, SweepOptions options, Wish wish) implements Task {
  /// Which answers are to be sent back.
  ///
  /// @param isAll all, and not only the first of each target that says that it is there
  /// @param hasPackets with the packets, and not only with what is known of them
  public record Wish(boolean isAll, boolean hasPackets) {}

  /// The most targets of a part: what its agent and its caller keep the answers of.
  public static final long MOST_TARGETS = 1 << 16;

  private static final int MOST_PORTS = 65_535;
  private static final int LONGEST_PAYLOAD = (SweepProbe.MAX_PAYLOAD_BYTES + 2) / 3 * 4;

  /// Copies the list.
  public SweepTask {
    ports = List.copyOf(ports);
  }

  @Override
  public RangeSet extent() {
    return space.extent();
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeObjectPropertyStart("sweep");
    space.write(json);
    json.writeArrayPropertyStart("ports");
    ports.forEach(json::writeNumber);
    json.writeEndArray();
    json.writeNumberProperty("seed", seed);
    json.writeStringProperty("probe", word(options.probe().kind()));
    if (options.probe().kind() == SweepProbe.Kind.UDP && options.probe().payload().length > 0) {
      json.writeStringProperty(
          "payload", Base64.getEncoder().encodeToString(options.probe().payload()));
    }
    json.writeNumberProperty("probes", options.schedule().probes());
    json.writeNumberProperty("retries", options.schedule().retries());
    json.writeNumberProperty("timeout_ms", options.schedule().timeout().toMillis());
    json.writeNumberProperty("hop_limit", options.origin().hopLimit());
    json.writeBooleanProperty("all", wish.isAll);
    json.writeBooleanProperty("packets", wish.hasPackets);
    json.writeEndObject();
  }

  static SweepTask read(Fields fields) throws Malformed {
    SweepProbe.Kind kind = fields.word("probe", SweepProbe.Kind.values(), SweepTask::word);
    List<Integer> ports =
        Arrays.stream(fields.numbers("ports", MOST_PORTS, 1, 65_535))
            .mapToObj(port -> (int) port)
            .toList();
    if (ports.isEmpty() != (kind == SweepProbe.Kind.ECHO)) {
      throw new Malformed("there are " + ports.size() + " ports for " + word(kind));
    }
    SweepProbe probe =
        switch (kind) {
          case ECHO -> SweepProbe.echo();
          case SYN -> SweepProbe.syn();
          case UDP -> SweepProbe.udp(payload(fields));
        };
    SweepOptions.Schedule usual = SweepOptions.DEFAULT.schedule();
    SweepOptions options =
        SweepOptions.DEFAULT
            .withProbe(probe)
            .withSchedule(
                new SweepOptions.Schedule(
                    usual.pace(),
                    Duration.ZERO,
                    (int) fields.number("probes", 1, SweepOptions.MAX_ATTEMPTS),
                    (int) fields.number("retries", 0, SweepOptions.MAX_ATTEMPTS),
                    Duration.ofMillis(
                        fields.number("timeout_ms", 1, SweepOptions.MAX_TIMEOUT.toMillis()))))
            .withHopLimit((int) fields.number("hop_limit", 1, 255));
    return new SweepTask(
        Space.read(fields),
        ports,
        fields.number("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        options,
        new Wish(fields.truth("all"), fields.truth("packets")));
  }

  private static byte[] payload(Fields fields) throws Malformed {
    String text = fields.textIfAny("payload", LONGEST_PAYLOAD);
    return text == null ? new byte[0] : Base64.getDecoder().decode(text);
  }

  private static String word(SweepProbe.Kind kind) {
    return switch (kind) {
      case ECHO -> "echo";
      case SYN -> "syn";
      case UDP -> "udp";
    };
  }
}

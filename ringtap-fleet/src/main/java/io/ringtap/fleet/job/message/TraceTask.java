package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// A trace, which each site makes once.
///
/// @param targets each once
public record TraceTask(List<IpAddress> targets, TraceOptions options) implements Task {
  /// The most targets.
  public static final int MOST_TARGETS = 16;

  /// The most probes to a hop.
  public static final int MOST_ROUNDS = 100;

  /// The longest that a trace may take.
  public static final Duration LONGEST = Duration.ofMinutes(2);

  private static final int MOST_PATHS = 8;
  private static final double MOST_RATE = 5_000;
  private static final int LONGEST_ADDRESS = 50;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if it is more than an agent does; the message says what
  public TraceTask {
    targets = List.copyOf(targets);
    require(
        !targets.isEmpty()
            && targets.size() <= MOST_TARGETS
            && Set.copyOf(targets).size() == targets.size(),
        "a trace by a fleet has 1 to " + MOST_TARGETS + " different hosts");
    TraceOptions.Pacing pacing = options.pacing();
    require(
        pacing.rounds() >= 1 && pacing.rounds() <= MOST_ROUNDS,
        "a trace by a fleet has 1 to " + MOST_ROUNDS + " probes to a hop");
    require(
        options.paths() <= MOST_PATHS, "a trace by a fleet has at most " + MOST_PATHS + " paths");
    require(
        pacing.rate() > 0 && pacing.rate() <= MOST_RATE,
        "a trace by a fleet sends at most 5000 probes a second");
    require(
        duration(options).compareTo(LONGEST) <= 0, "a trace by a fleet takes at most two minutes");
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  /// How long it takes at the most.
  public Duration duration() {
    return duration(options);
  }

  private static Duration duration(TraceOptions options) {
    return options
        .pacing()
        .interval()
        .multipliedBy(options.pacing().rounds())
        .plus(options.pacing().timeout());
  }

  @Override
  public RangeSet extent() {
    return RangeSet.of(targets.stream().map(target -> new IpRange(target, target)).toList());
  }

  @Override
  public void write(JsonGenerator json) {
    TraceOptions.Form form = options.form();
    TraceOptions.Pacing pacing = options.pacing();
    json.writeObjectPropertyStart("trace");
    json.writeArrayPropertyStart("targets");
    targets.forEach(target -> json.writeString(target.toString()));
    json.writeEndArray();
    json.writeStringProperty("protocol", form.protocol().word());
    json.writeNumberProperty("port", form.port());
    json.writeNumberProperty("traffic_class", form.trafficClass());
    json.writeNumberProperty("first_hop", options.firstHop());
    json.writeNumberProperty("last_hop", options.lastHop());
    json.writeNumberProperty("paths", options.paths());
    json.writeNumberProperty("rounds", pacing.rounds());
    json.writeNumberProperty("interval_ms", pacing.interval().toMillis());
    json.writeNumberProperty("timeout_ms", pacing.timeout().toMillis());
    json.writeNumberProperty("rate", pacing.rate());
    json.writeEndObject();
  }

  static TraceTask read(Fields fields) throws Malformed {
    TraceOptions options =
        TraceOptions.DEFAULT
            .withProtocol(fields.word("protocol", TraceProtocol.values(), TraceProtocol::word))
            .withPort((int) fields.number("port", 0, 65_535))
            .withTrafficClass((int) fields.number("traffic_class", 0, 255))
            .withHops(
                (int) fields.number("first_hop", 1, 255), (int) fields.number("last_hop", 1, 255))
            .withPaths((int) fields.number("paths", 1, MOST_PATHS))
            .withRounds((int) fields.number("rounds", 1, MOST_ROUNDS))
            .withInterval(Duration.ofMillis(fields.number("interval_ms", 0, LONGEST.toMillis())))
            .withTimeout(Duration.ofMillis(fields.number("timeout_ms", 1, LONGEST.toMillis())))
            .withRate(fields.figure("rate"));
    return new TraceTask(
        fields.texts("targets", MOST_TARGETS, LONGEST_ADDRESS).stream()
            .map(IpAddress::parse)
            .toList(),
        options);
  }
}

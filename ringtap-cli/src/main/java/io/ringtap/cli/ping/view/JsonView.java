package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.RttStatistics;
import io.ringtap.ping.StampSource;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// An object on a line of its own for each outcome and each summary (NDJSON). Times are
/// nanoseconds.
public final class JsonView implements PingView {
  private final boolean isQuiet;
  private final JsonGenerator json;

  /// @param isQuiet whether to leave out the probes' lines
  public JsonView(Output out, boolean isQuiet) {
    this.isQuiet = isQuiet;
    this.json = JsonLines.generator(out);
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (isQuiet) {
      return;
    }
    begin(type(outcome), request);
    json.writeNumberProperty("seq", outcome.sequence());
    switch (outcome) {
      case PingOutcome.Reply reply -> reply(reply.rttNanos(), reply.hopLimit(), reply.stamp());
      case PingOutcome.ReplyFromElsewhere reply -> {
        json.writeStringProperty("from", reply.from().toString());
        reply(reply.rttNanos(), reply.hopLimit(), reply.stamp());
      }
      case PingOutcome.Corrupted reply -> {
        json.writeStringProperty("damage", reply.damage().name().toLowerCase(Locale.ROOT));
        reply(reply.rttNanos(), reply.hopLimit(), reply.stamp());
      }
      case PingOutcome.LateReply reply -> reply(reply.rttNanos(), reply.hopLimit(), reply.stamp());
      case PingOutcome.Duplicate reply -> {
        json.writeStringProperty("from", reply.from().toString());
        reply(reply.rttNanos(), reply.hopLimit(), reply.stamp());
      }
      case PingOutcome.IcmpError error -> {
        json.writeStringProperty("from", error.by().toString());
        json.writeNumberProperty("icmp_type", error.type());
        json.writeNumberProperty("icmp_code", error.code());
        json.writeStringProperty("reason", ClassicView.description(request.target(), error));
        json.writeNumberProperty("rtt_ns", error.rttNanos());
        json.writeStringProperty("stamp", error.stamp().word());
      }
      case PingOutcome.TimedOut timeout -> {
        json.writeNumberProperty("waited_ns", timeout.waitedNanos());
        json.writeBooleanProperty("departed", timeout.departed());
      }
      case PingOutcome.NotSent unsent -> {
        json.writeNumberProperty("errno", unsent.errno().number());
        json.writeStringProperty("reason", unsent.errno().toString());
      }
      case PingOutcome.Withdrawn _ -> {}
    }
    json.writeNumberProperty("ts_ns", outcome.epochNanos());
    JsonLines.end(json);
  }

  private static String type(PingOutcome outcome) {
    return switch (outcome) {
      case PingOutcome.Reply _ -> "reply";
      case PingOutcome.ReplyFromElsewhere _ -> "elsewhere";
      case PingOutcome.Corrupted _ -> "corrupted";
      case PingOutcome.IcmpError _ -> "error";
      case PingOutcome.TimedOut _ -> "timeout";
      case PingOutcome.NotSent _ -> "unsent";
      case PingOutcome.Withdrawn _ -> "withdrawn";
      case PingOutcome.LateReply _ -> "late";
      case PingOutcome.Duplicate _ -> "duplicate";
    };
  }

  private void reply(long rttNanos, int hopLimit, StampSource stamp) {
    json.writeNumberProperty("rtt_ns", rttNanos);
    if (hopLimit > 0) {
      json.writeNumberProperty("ttl", hopLimit);
    } else {
      json.writeNullProperty("ttl");
    }
    json.writeStringProperty("stamp", stamp.word());
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    PingCounts counts = summary.counts();
    begin("summary", summary.request());
    json.writeNumberProperty("sent", counts.sent());
    json.writeNumberProperty("received", counts.received());
    json.writeNumberProperty("lost", counts.lost());
    if (Double.isNaN(counts.lossRatio())) {
      json.writeNullProperty("loss_ratio");
    } else {
      json.writeNumberProperty("loss_ratio", counts.lossRatio());
    }
    json.writeNumberProperty("late", counts.late());
    json.writeNumberProperty("duplicates", counts.duplicates());
    json.writeNumberProperty("corrupted", counts.corrupted());
    json.writeNumberProperty("errors", counts.errors());
    json.writeNumberProperty("unsent", counts.unsent());
    json.writeNumberProperty("elsewhere", counts.elsewhere());
    json.writeNumberProperty("withdrawn", counts.withdrawn());
    RttStatistics rtt = summary.rtt();
    if (rtt.count() == 0) {
      json.writeNullProperty("rtt_ns");
      json.writeNullProperty("stamp");
    } else {
      json.writeName("rtt_ns").writeStartObject();
      json.writeNumberProperty("min", rtt.min());
      json.writeNumberProperty("mean", Math.round(rtt.mean()));
      json.writeNumberProperty("p50", rtt.median());
      json.writeNumberProperty("p90", rtt.quantile(0.9));
      json.writeNumberProperty("p99", rtt.quantile(0.99));
      json.writeNumberProperty("max", rtt.max());
      json.writeNumberProperty("stddev", Math.round(rtt.stddev()));
      json.writeNumberProperty("jitter", Math.round(rtt.jitter()));
      json.writeEndObject();
      json.writeStringProperty("stamp", summary.stamp().word());
    }
    JsonLines.end(json);
  }

  private void begin(String type, PingRequest request) {
    JsonLines.begin(json, type);
    json.writeStringProperty("target", Target.nameOf(request));
    json.writeStringProperty("address", request.target().toString());
  }
}

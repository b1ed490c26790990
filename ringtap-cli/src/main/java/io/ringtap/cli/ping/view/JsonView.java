package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.HopRecord;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.RecordedHop;
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
    if (isQuiet || Target.hasEnded(request)) {
      return;
    }
    begin(type(outcome), request);
    json.writeNumberProperty("seq", outcome.sequence());
    switch (outcome) {
      case PingOutcome.Reply reply -> {
        if (!reply.from().equals(request.target())) { // a member of the group that was asked
          json.writeStringProperty("from", reply.from().toString());
        }
        reply(request, reply.arrival());
      }
      case PingOutcome.ReplyFromElsewhere reply -> {
        json.writeStringProperty("from", reply.from().toString());
        reply(request, reply.arrival());
      }
      case PingOutcome.Corrupted reply -> {
        json.writeStringProperty("damage", reply.damage().name().toLowerCase(Locale.ROOT));
        reply(request, reply.arrival());
      }
      case PingOutcome.LateReply reply -> reply(request, reply.arrival());
      case PingOutcome.FurtherReply reply -> {
        json.writeStringProperty("from", reply.from().toString());
        reply(request, reply.arrival());
      }
      case PingOutcome.Duplicate reply -> {
        json.writeStringProperty("from", reply.from().toString());
        reply(request, reply.arrival());
      }
      case PingOutcome.Refusal error -> refusal(request.target(), error);
      case PingOutcome.TimedOut timeout -> {
        json.writeNumberProperty("waited_ns", timeout.waitedNanos());
        json.writeBooleanProperty("departed", timeout.departed());
      }
      case PingOutcome.Dropped dropped ->
          json.writeNumberProperty("waited_ns", dropped.waitedNanos());
      case PingOutcome.NotSent unsent -> {
        json.writeNumberProperty("errno", unsent.errno().number());
        json.writeStringProperty("reason", OutcomeText.reason(unsent));
        mtu(unsent.mtu());
      }
      case PingOutcome.Unroutable unroutable -> {
        json.writeNumberProperty("errno", unroutable.errno().number());
        json.writeStringProperty("reason", OutcomeText.reason(unroutable));
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
      case PingOutcome.Dropped _ -> "dropped";
      case PingOutcome.NotSent _ -> "unsent";
      case PingOutcome.Unroutable _ -> "unroutable";
      case PingOutcome.Withdrawn _ -> "withdrawn";
      case PingOutcome.LateReply _ -> "late";
      case PingOutcome.LateError _ -> "late_error";
      case PingOutcome.Notice _ -> "notice";
      case PingOutcome.FurtherReply _ -> "further";
      case PingOutcome.Duplicate _ -> "duplicate";
    };
  }

  private void reply(PingRequest request, PingOutcome.Arrival arrival) {
    json.writeNumberProperty("rtt_ns", arrival.rttNanos());
    if (arrival.hopLimit() > 0) {
      json.writeNumberProperty("ttl", arrival.hopLimit());
    } else {
      json.writeNullProperty("ttl");
    }
    if (arrival.trafficClass() >= 0) {
      json.writeNumberProperty("traffic_class", arrival.trafficClass());
    } else {
      json.writeNullProperty("traffic_class");
    }
    json.writeStringProperty("stamp", arrival.stamp().word());
    if (!arrival.recorded().isEmpty()) {
      recorded(arrival.recorded(), request.options().recording().hasTimes());
    }
  }

  private void recorded(HopRecord recorded, boolean hasTimes) {
    json.writeArrayPropertyStart("recorded");
    for (RecordedHop hop : recorded.hops()) {
      json.writeStartObject();
      if (hop.address() != null) {
        json.writeStringProperty("address", hop.address().toString());
      }
      if (hasTimes) {
        json.writeNumberProperty("time_ms", Integer.toUnsignedLong(hop.millis()));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    if (recorded.unrecorded() > 0) {
      json.writeNumberProperty("unrecorded", recorded.unrecorded());
    }
  }

  private void refusal(IpAddress target, PingOutcome.Refusal error) {
    json.writeStringProperty("from", error.from().toString());
    json.writeNumberProperty("icmp_type", error.type());
    json.writeNumberProperty("icmp_code", error.code());
    json.writeStringProperty("reason", OutcomeText.description(target, error));
    mtu(error.mtu());
    json.writeNumberProperty("rtt_ns", error.rttNanos());
    json.writeStringProperty("stamp", error.stamp().word());
  }

  private void mtu(int bytes) {
    if (bytes > 0) {
      json.writeNumberProperty("mtu", bytes);
    }
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
    json.writeNumberProperty("late_errors", counts.lateErrors());
    json.writeNumberProperty("duplicates", counts.duplicates());
    json.writeNumberProperty("corrupted", counts.corrupted());
    json.writeNumberProperty("errors", counts.errors());
    json.writeNumberProperty("unsent", counts.unsent());
    json.writeNumberProperty("elsewhere", counts.elsewhere());
    json.writeNumberProperty("withdrawn", counts.withdrawn());
    json.writeNumberProperty("departures_unseen", counts.departuresUnseen());
    json.writeNumberProperty("further", counts.further());
    json.writeNumberProperty("dropped", counts.dropped());
    json.writeNumberProperty("notices", counts.notices());
    RttJson.write(json, summary.rtt());
    if (summary.rtt().count() == 0) {
      json.writeNullProperty("stamp");
    } else {
      json.writeStringProperty("stamp", summary.stamp().word());
    }
    JsonLines.end(json);
    Target.end(summary.request());
  }

  private void begin(String type, PingRequest request) {
    JsonLines.begin(json, type);
    json.writeStringProperty("target", Target.nameOf(request));
    json.writeStringProperty("address", Target.addressOf(request));
  }
}

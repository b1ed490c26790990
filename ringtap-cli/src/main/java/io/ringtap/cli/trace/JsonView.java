package io.ringtap.cli.trace;

import io.ringtap.cli.ping.view.RttJson;
import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import tools.jackson.core.JsonGenerator;

/// An object on a line of its own for each hop, and one for each target (NDJSON). Times are
/// nanoseconds.
final class JsonView implements TraceView {
  private final JsonGenerator json;
  private final TraceOptions options;
  private final HostNames names;

  JsonView(Output out, TraceOptions options, HostNames names) {
    json = JsonLines.generator(out);
    this.options = options;
    this.names = names;
  }

  @Override
  public synchronized void onReport(String name, TraceReport report) {
    for (TraceReport.Hop hop : report.hops()) {
      begin("hop", name, report);
      hop(hop);
      JsonLines.end(json);
    }
    begin("target", name, report);
    json.writeBooleanProperty("reached", report.isReached());
    json.writeName("beyond").writeStartObject();
    counts(report.beyond());
    json.writeEndObject();
    JsonLines.end(json);
  }

  private void begin(String type, String name, TraceReport report) {
    JsonLines.begin(json, type);
    json.writeStringProperty("target", name);
    json.writeStringProperty("address", report.target().toString());
    json.writeStringProperty("protocol", options.form().protocol().word());
  }

  private void hop(TraceReport.Hop hop) {
    json.writeNumberProperty("hop", hop.hopLimit());
    counts(hop.counts());
    json.writeNumberProperty("loss_ratio", hop.counts().lossRatio());
    json.writeNumberProperty("forwarded_loss_ratio", hop.forwardedLoss());
    json.writeBooleanProperty("rate_limited", hop.isRateLimited());
    json.writeBooleanProperty("silent", hop.isSilent());
    if (hop.lastNanos() >= 0) {
      json.writeNumberProperty("rtt_last_ns", hop.lastNanos());
    }
    RttJson.write(json, hop.rtt());
    json.writeName("responders").writeStartArray();
    for (TraceReport.Responder responder : hop.responders()) {
      json.writeStartObject();
      json.writeStringProperty("address", responder.address().toString());
      json.writeStringProperty("name", names.nameOf(responder.address()));
      json.writeNumberProperty("answers", responder.answers());
      json.writeStringProperty("stamp", responder.latest().stamp().word());
      json.writeName("paths").writeStartArray();
      responder.paths().forEach(json::writeNumber);
      json.writeEndArray();
      json.writeName("remarks").writeStartArray();
      Remarks.of(responder.latest(), options.form().trafficClass()).forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void counts(TraceReport.Counts counts) {
    json.writeNumberProperty("sent", counts.sent());
    json.writeNumberProperty("answered", counts.answered());
    json.writeNumberProperty("lost", counts.lost());
    json.writeNumberProperty("dropped", counts.dropped());
    json.writeNumberProperty("withdrawn", counts.withdrawn());
    json.writeNumberProperty("unsent", counts.unsent());
  }
}

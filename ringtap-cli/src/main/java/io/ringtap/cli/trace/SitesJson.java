package io.ringtap.cli.trace;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.job.call.SitePath;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceOptions;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// An object on a line of its own for each site and target (NDJSON).
final class SitesJson {
  private final JsonGenerator json;
  private final TraceOptions options;
  private final HostNames names;

  SitesJson(Output out, TraceOptions options, HostNames names) {
    json = JsonLines.generator(out);
    this.options = options;
    this.names = names;
  }

  /// @param targets with the names that the user gave them
  void write(Map<IpAddress, String> targets, List<SitePath> sites) {
    for (SitePath site : sites) {
      if (!site.problem().isEmpty()) {
        begin(site);
        json.writeStringProperty("problem", site.problem());
        JsonLines.end(json);
      }
      for (Path path : site.paths()) {
        begin(site);
        json.writeStringProperty("target", targets.getOrDefault(path.target(), ""));
        json.writeStringProperty("address", path.target().toString());
        json.writeStringProperty("protocol", options.form().protocol().word());
        json.writeBooleanProperty("reached", path.isReached());
        json.writeArrayPropertyStart("hops");
        path.hops().forEach(this::hop);
        json.writeEndArray();
        JsonLines.end(json);
      }
    }
  }

  private void begin(SitePath site) {
    JsonLines.begin(json, "path");
    json.writeStringProperty("site", site.site());
    if (site.agent() != null) {
      json.writeStringProperty("agent", site.agent());
    }
  }

  private void hop(Path.Hop hop) {
    json.writeStartObject();
    json.writeNumberProperty("hop", hop.hopLimit());
    json.writeNumberProperty("answered", hop.answered());
    json.writeNumberProperty("lost", hop.lost());
    json.writeNumberProperty("loss_ratio", hop.lossRatio());
    json.writeNumberProperty("forwarded_loss_ratio", hop.forwardedLoss());
    json.writeNumberProperty("unsent", hop.unsent());
    if (hop.answered() > 0) {
      json.writeObjectPropertyStart("rtt_ns");
      json.writeNumberProperty("min", hop.rtt().min());
      json.writeNumberProperty("mean", Math.round(hop.rtt().mean()));
      json.writeNumberProperty("max", hop.rtt().max());
      json.writeEndObject();
    } else {
      json.writeNullProperty("rtt_ns");
    }
    json.writeArrayPropertyStart("responders");
    for (Path.Responder responder : hop.responders()) {
      json.writeStartObject();
      json.writeStringProperty("address", responder.address().toString());
      json.writeStringProperty("name", names.nameOf(responder.address()));
      json.writeNumberProperty("answers", responder.answers());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}

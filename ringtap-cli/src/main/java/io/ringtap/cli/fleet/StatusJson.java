package io.ringtap.cli.fleet;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.status.AgentStatus;
import io.ringtap.fleet.status.FleetStatus;
import io.ringtap.fleet.status.FleetStatus.Readers;
import io.ringtap.fleet.status.SiteStatus;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// An object for each time (NDJSON).
final class StatusJson implements StatusView {
  private final JsonGenerator json;

  StatusJson(Output out) {
    json = JsonLines.generator(out);
  }

  @Override
  public void onStatus(FleetStatus status) {
    JsonLines.begin(json, "status");
    json.writeNumberProperty("ts_ns", TimeUnit.MILLISECONDS.toNanos(status.epochMillis()));
    json.writeNumberProperty("shards", status.shards());
    json.writeNumberProperty("targets", status.targets());
    json.writeNumberProperty("unwatched", status.unwatched());
    json.writeNumberProperty("invalid", status.invalid());
    json.writeNumberProperty("newer", status.newer());
    json.writeArrayPropertyStart("sites");
    status.sites().forEach(this::site);
    json.writeEndArray();
    json.writeArrayPropertyStart("readers");
    status.readers().forEach(this::readers);
    json.writeEndArray();
    JsonLines.end(json);
  }

  private void site(SiteStatus site) {
    json.writeStartObject();
    json.writeStringProperty("site", site.name());
    json.writeStringProperty("group_state", site.groupState());
    json.writeNumberProperty("generation", site.generation());
    json.writeNumberProperty("targets", site.targets());
    json.writeNumberProperty("unwatched", site.unwatched());
    numbers("unassigned_shards", site.unassigned());
    json.writeArrayPropertyStart("agents");
    site.agents().forEach(this::agent);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void agent(AgentStatus agent) {
    AgentRecord said = agent.said();
    json.writeStartObject();
    json.writeStringProperty("agent", said.origin().agent());
    json.writeStringProperty("state", agent.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("silent_ms", agent.silentMillis());
    number("clock_off_ms", agent.clockOffMillis());
    json.writeStringProperty("version", said.version());
    json.writeStringProperty("host", said.host());
    json.writeNumberProperty("capacity", said.capacity());
    numbers("assigned_shards", agent.shards());
    json.writeNumberProperty("targets", said.targets());
    json.writeNumberProperty("probes", said.probes());
    json.writeNumberProperty("refused", said.refused());
    json.writeNumberProperty("queued", said.queued());
    json.writeNumberProperty("spool_bytes", said.spoolBytes());
    json.writeNumberProperty("dropped", said.dropped());
    json.writeNumberProperty("invalid", said.invalid());
    json.writeNumberProperty("newer", said.newer());
    json.writeEndObject();
  }

  private void readers(Readers readers) {
    json.writeStartObject();
    json.writeStringProperty("group", readers.group());
    json.writeStringProperty("state", readers.state());
    number("results_lag", readers.resultsLag());
    number("events_lag", readers.eventsLag());
    json.writeEndObject();
  }

  private void numbers(String name, List<Integer> numbers) {
    json.writeArrayPropertyStart(name);
    numbers.forEach(json::writeNumber);
    json.writeEndArray();
  }

  private void number(String name, @Nullable Long number) {
    if (number == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, number);
    }
  }
}

package io.ringtap.cli.fleet;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.plan.FieldChange;
import io.ringtap.fleet.plan.Outcome;
import io.ringtap.fleet.plan.Outcome.State;
import io.ringtap.fleet.plan.Plan;
import io.ringtap.fleet.plan.TargetChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// An object for each change with what became of it, and one at the end (NDJSON).
final class ApplyJson implements ApplyReport {
  private final JsonGenerator json;

  ApplyJson(Output out) {
    json = JsonLines.generator(out);
  }

  /// Nothing: each change is shown when it is known what became of it.
  @Override
  public void plan(Plan plan, Place place) {}

  @Override
  public void end(Plan plan, Place place, @Nullable Outcome outcome) {
    for (int i = 0; i < plan.changes().size(); i++) {
      change(plan.changes().get(i), outcome == null ? null : outcome.states().get(i));
    }
    JsonLines.begin(json, "summary");
    json.writeStringProperty("topic", place.topic());
    json.writeNumberProperty("shards", place.shards());
    json.writeBooleanProperty("topic_is_new", place.isNew());
    json.writeNumberProperty("added", plan.count(TargetChange.Added.class));
    json.writeNumberProperty("changed", plan.count(TargetChange.Changed.class));
    json.writeNumberProperty("removed", plan.count(TargetChange.Removed.class));
    json.writeNumberProperty("unchanged", plan.unchanged());
    json.writeNumberProperty("kept", plan.kept());
    json.writeNumberProperty("written", count(outcome, State.WRITTEN));
    json.writeNumberProperty("unconfirmed", count(outcome, State.UNCONFIRMED));
    json.writeNumberProperty("not_written", count(outcome, State.NOT_WRITTEN));
    json.writeStringProperty("error", outcome == null ? null : outcome.why());
    JsonLines.end(json);
  }

  private static long count(@Nullable Outcome outcome, State state) {
    return outcome == null ? 0 : outcome.count(state);
  }

  private void change(TargetChange change, @Nullable State state) {
    JsonLines.begin(json, "change");
    switch (change) {
      case TargetChange.Added added -> head("add", added);
      case TargetChange.Changed changed -> {
        head("change", changed);
        fields(changed.fields());
      }
      case TargetChange.Removed removed -> head("remove", removed);
    }
    json.writeStringProperty("result", state == null ? "planned" : word(state));
    JsonLines.end(json);
  }

  private void head(String action, TargetChange change) {
    json.writeStringProperty("action", action);
    json.writeStringProperty("key", change.key());
    json.writeNumberProperty("shard", change.shard());
  }

  private void fields(List<FieldChange> fields) {
    json.writeArrayPropertyStart("fields");
    for (FieldChange field : fields) {
      json.writeStartObject();
      json.writeStringProperty("field", field.field());
      json.writeStringProperty("before", field.before());
      json.writeStringProperty("after", field.after());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String word(State state) {
    return switch (state) {
      case WRITTEN -> "written";
      case UNCONFIRMED -> "unconfirmed";
      case NOT_WRITTEN -> "not_written";
    };
  }
}

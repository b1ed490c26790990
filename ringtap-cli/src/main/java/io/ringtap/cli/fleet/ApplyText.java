package io.ringtap.cli.fleet;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.fleet.plan.FieldChange;
import io.ringtap.fleet.plan.Outcome;
import io.ringtap.fleet.plan.Outcome.State;
import io.ringtap.fleet.plan.Plan;
import io.ringtap.fleet.plan.TargetChange;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A line for each change, as `+` added, `~` changed, `-` removed, and one for all.
final class ApplyText implements ApplyReport {
  private static final String GREEN = "\u001B[32m";
  private static final String YELLOW = "\u001B[33m";
  private static final String RED = "\u001B[31m";
  private static final String PLAIN = "\u001B[0m";
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// Of those that were not written, so many are named; `--json` names all.
  private static final int MOST_NAMED = 20;

  private final Output out;
  private final Messages messages;
  private final boolean isColoured;
  private final StringBuilder line = new StringBuilder();

  ApplyText(Output out, Messages messages, boolean isColoured) {
    this.out = out;
    this.messages = messages;
    this.isColoured = isColoured;
  }

  @Override
  public void plan(Plan plan, Place place) {
    if (place.isNew()) {
      show("", "", "the topic %s is new: %d shards".formatted(place.topic(), place.shards()));
    }
    plan.changes().forEach(this::show);
    String rest =
        plan.kept() == 0
            ? ""
            : "; %d on the topic and not in the file stay (--prune removes them)"
                .formatted(plan.kept());
    show(
        "",
        "",
        plan.isDone()
            ? "nothing to change: %d targets are as the file has them%s"
                .formatted(plan.unchanged(), rest)
            : "%d to add, %d to change, %d to remove, %d unchanged%s"
                .formatted(
                    plan.count(TargetChange.Added.class),
                    plan.count(TargetChange.Changed.class),
                    plan.count(TargetChange.Removed.class),
                    plan.unchanged(),
                    rest));
  }

  private void show(TargetChange change) {
    switch (change) {
      case TargetChange.Added(String key, _, _) -> show(GREEN, "+ ", key);
      case TargetChange.Changed(String key, _, _, List<FieldChange> fields) ->
          show(YELLOW, "~ ", key + "  " + text(fields));
      case TargetChange.Removed(String key, int shard, boolean isStray) ->
          show(
              RED,
              "- ",
              isStray ? "%s  (in shard %d, where it is not sought)".formatted(key, shard) : key);
    }
  }

  private static String text(List<FieldChange> fields) {
    return fields.isEmpty()
        ? "(what is on the topic cannot be read)"
        : fields.stream()
            .map(each -> each.field() + ": " + word(each.before()) + " -> " + word(each.after()))
            .collect(Collectors.joining(", "));
  }

  private static String word(@Nullable String value) {
    return value == null ? "none" : value;
  }

  private void show(String colour, String sign, String text) {
    line.setLength(0);
    boolean hasColour = isColoured && !colour.isEmpty();
    line.append(hasColour ? colour : "").append(sign).append(Printable.of(text));
    out.line(line.append(hasColour ? PLAIN : ""));
  }

  @Override
  public void end(Plan plan, Place place, @Nullable Outcome outcome) {
    if (outcome == null) {
      return;
    }
    if (outcome.why() == null) {
      show("", "", "all %d are written to %s".formatted(plan.changes().size(), place.topic()));
      return;
    }
    boolean _ = out.drain(DRAIN_NANOS); // on a terminal, the lines above come first
    int named = 0;
    for (int i = 0; i < plan.changes().size() && named < MOST_NAMED; i++) {
      State state = outcome.states().get(i);
      if (state != State.WRITTEN) {
        named++;
        messages.line("  %s: %s".formatted(plan.changes().get(i).key(), word(state)));
      }
    }
    long unconfirmed = outcome.count(State.UNCONFIRMED);
    long notWritten = outcome.count(State.NOT_WRITTEN);
    if (unconfirmed + notWritten > named) {
      messages.line("  ... and %d more".formatted(unconfirmed + notWritten - named));
    }
    messages.print(
        "of %d changes %d are written, %d are not, and of %d it is not known: %s; apply the file again"
            .formatted(
                plan.changes().size(),
                outcome.count(State.WRITTEN),
                notWritten,
                unconfirmed,
                outcome.why()));
  }

  private static String word(State state) {
    return switch (state) {
      case WRITTEN -> "written";
      case UNCONFIRMED -> "not confirmed";
      case NOT_WRITTEN -> "not written";
    };
  }
}

package io.ringtap.cli.sweep;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import io.ringtap.fleet.job.call.SweepStanding;
import io.ringtap.sweep.SweepProgress;
import io.ringtap.sweep.SweepProgress.Phase;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/// What is said of a sweep by a fleet: its account as that of any sweep, and who has done it. Any
/// thread may ask.
final class FleetReport {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SweepPlan plan;
  private final Supplier<SweepStanding> sweep;
  private volatile Interval interval = new Interval(System.nanoTime(), 0, 0);

  /// An interval of the sweep.
  private record Interval(long begin, long sentBefore, double sentPerSecond) {}

  FleetReport(SweepPlan plan, Supplier<SweepStanding> sweep) {
    this.plan = plan;
    this.sweep = sweep;
  }

  /// Ends an interval.
  void tick() {
    long now = System.nanoTime();
    long sent = sweep.get().sent();
    double rate = Figures.perSecond(sent - interval.sentBefore, now - interval.begin);
    interval = new Interval(now, sent, Math.max(0, rate));
  }

  /// How it stands, in a line.
  String status() {
    SweepStanding now = sweep.get();
    if (now.parts() == 0) {
      return "waiting for agents";
    }
    StringBuilder text = new StringBuilder(Times.minutes(now.elapsed()));
    double done = now.targets() == 0 ? 1 : (double) now.completed() / now.targets();
    text.append(String.format(Locale.ROOT, " %.0f%%: ", Math.floor(done * 100)));
    text.append(Figures.si((double) now.sent())).append(" sent, ");
    text.append(Figures.si(interval.sentPerSecond)).append("/s; ");
    text.append(Figures.si((double) now.found())).append(" found; ");
    text.append(now.counters().dropped()).append(" dropped, ");
    text.append(now.counters().refused()).append(" refused");
    if (now.again() > 0) {
      text.append("; ").append(now.again()).append(" parts again");
    }
    if (now.completed() > 0 && now.completed() < now.targets()) {
      double elapsed = now.elapsed().toNanos() / NANOS_PER_SECOND;
      double left = elapsed * (now.targets() - now.completed()) / now.completed();
      text.append("; ").append(Times.words(left)).append(" left");
    }
    return text.toString();
  }

  private SweepReport account() {
    SweepStanding now = sweep.get();
    Tally all = Tally.NONE.plus(now.counters(), now.elapsed());
    SweepProgress progress =
        new SweepProgress(
            Phase.ENDED, plan.targets().size(), now.completed(), now.completed(), now.elapsed());
    return new SweepReport(plan, now.counters(), progress, all);
  }

  /// The account as lines.
  StringBuilder lines() {
    SweepStanding now = sweep.get();
    StringBuilder text = account().lines();
    text.append(now.parts()).append(" parts, ");
    text.append(now.again()).append(" of them begun again; done by");
    new TreeMap<>(now.done())
        .forEach((agent, parts) -> text.append(' ').append(agent).append(' ').append(parts));
    return text.append('\n');
  }

  /// The account as objects.
  void printJson(Output out) {
    account().printJson(out);
    SweepStanding now = sweep.get();
    JsonGenerator json = JsonLines.generator(out);
    JsonLines.begin(json, "fleet");
    json.writeNumberProperty("parts", now.parts());
    json.writeNumberProperty("parts_again", now.again());
    json.writeArrayPropertyStart("agents");
    new TreeMap<>(now.done())
        .forEach((agent, parts) -> {
          int slash = agent.indexOf('/');
          json.writeStartObject();
          json.writeStringProperty("site", agent.substring(0, slash));
          json.writeStringProperty("agent", agent.substring(slash + 1));
          json.writeNumberProperty("parts", parts);
          json.writeEndObject();
        });
    json.writeEndArray();
    json.writeArrayPropertyStart("problems");
    now.problems().forEach(json::writeString);
    json.writeEndArray();
    JsonLines.end(json);
  }
}

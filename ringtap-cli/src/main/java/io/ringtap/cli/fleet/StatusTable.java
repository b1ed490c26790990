package io.ringtap.cli.fleet;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.LiveRegion.Line;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.cli.terminal.Times;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.status.AgentStatus;
import io.ringtap.fleet.status.AgentStatus.State;
import io.ringtap.fleet.status.FleetStatus;
import io.ringtap.fleet.status.FleetStatus.Readers;
import io.ringtap.fleet.status.SiteStatus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A fleet's status as tables: sites, agents, and who reads. Agents that have ended in order are
/// counted only.
final class StatusTable {
  private static final int MOST_RANGES = 8;
  private static final String SILENT = "silent";
  private static final String GAP = "  ";

  /// Clocks that are closer than this are together: records take their time.
  private static final long CLOCK_MILLIS = 1_000;

  private final List<Line> lines = new ArrayList<>();

  private StatusTable() {}

  static List<Line> lines(FleetStatus status) {
    return lines(status, ZoneId.systemDefault());
  }

  static List<Line> lines(FleetStatus status, ZoneId zone) {
    StatusTable table = new StatusTable();
    long nanos = TimeUnit.MILLISECONDS.toNanos(status.epochMillis());
    table.add(
        "%s  %d targets in %d shards%s"
            .formatted(
                Times.timeOfDay(nanos, zone), status.targets(), status.shards(), unread(status)));
    if (status.sites().isEmpty()) {
      table.add("there are no sites: no agent was heard of in the last seven days");
    }
    status.sites().forEach(table::alarm);
    table.sites(status);
    table.agents(status);
    table.readers(status);
    return table.lines;
  }

  private static String unread(FleetStatus status) {
    return status.invalid() + status.newer() == 0
        ? ""
        : "; of records of targets and agents %d are invalid, %d of a newer schema"
            .formatted(status.invalid(), status.newer());
  }

  private void add(String text) {
    lines.add(Line.of(text));
  }

  private void alarm(SiteStatus site) {
    if (site.unwatched() > 0) {
      String text =
          "%s: no agent has %d of %d targets, in shards %s"
              .formatted(site.name(), site.unwatched(), site.targets(), ranges(site.unassigned()));
      lines.add(Line.of(text).withAlarm(0, text.length()));
    }
  }

  /// `0-3,7`.
  private static String ranges(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    int ranges = 0;
    for (int i = 0; i < numbers.size(); ) {
      int end = i;
      while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
        end++;
      }
      if (ranges++ == MOST_RANGES) {
        return text + ",...";
      }
      text.append(text.isEmpty() ? "" : ",").append(numbers.get(i));
      if (end > i) {
        text.append('-').append(numbers.get(end));
      }
      i = end + 1;
    }
    return text.toString();
  }

  private void sites(FleetStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "site",
            "group",
            "generation",
            "alive",
            "silent",
            "left",
            "shards",
            "targets",
            "unwatched"));
    for (SiteStatus site : status.sites()) {
      rows.add(
          List.of(
              site.name(),
              site.groupState(),
              site.generation() == 0 ? "-" : "" + site.generation(),
              "" + site.count(State.ALIVE),
              "" + site.count(State.SILENT),
              "" + site.count(State.LEFT),
              "%d/%d".formatted(status.shards() - site.unassigned().size(), status.shards()),
              "" + site.targets(),
              "" + site.unwatched()));
    }
    columns(rows, 2, -1);
  }

  private void agents(FleetStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "agent",
            "version",
            "host",
            "state",
            "capacity",
            "shards",
            "targets",
            "probes",
            "refused",
            "queued",
            "spool",
            "dropped",
            "invalid",
            "newer",
            "clock"));
    for (SiteStatus site : status.sites()) {
      for (AgentStatus agent : site.agents()) {
        if (agent.state() != State.LEFT) {
          rows.add(row(agent));
        }
      }
    }
    columns(rows, 4, 3);
  }

  private static List<String> row(AgentStatus agent) {
    AgentRecord said = agent.said();
    return List.of(
        said.origin().site() + "/" + said.origin().agent(),
        Printable.of(said.version()),
        Printable.of(said.host()),
        agent.state() == State.ALIVE ? "alive" : SILENT + " " + time(agent.silentMillis()),
        "" + said.capacity(),
        "" + agent.shards().size(),
        "" + said.targets(),
        "" + said.probes(),
        "" + said.refused(),
        "" + said.queued(),
        Figures.si((double) said.spoolBytes()),
        "" + said.dropped(),
        "" + said.invalid(),
        "" + said.newer(),
        clock(agent.clockOffMillis()));
  }

  private static String clock(@Nullable Long offMillis) {
    if (offMillis == null) {
      return "-";
    }
    if (Math.abs(offMillis) < CLOCK_MILLIS) {
      return "0s";
    }
    return (offMillis < 0 ? "-" : "+") + time(Math.abs(offMillis));
  }

  private static String time(long millis) {
    long seconds = millis / 1_000;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 7_200) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh%02dm", seconds / 3_600, seconds / 60 % 60);
  }

  private void readers(FleetStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("readers", "state", "results lag", "events lag"));
    for (Readers each : status.readers()) {
      rows.add(
          List.of(
              Printable.of(each.group()),
              each.state(),
              each.resultsLag() == null ? "-" : each.resultsLag().toString(),
              each.eventsLag() == null ? "-" : each.eventsLag().toString()));
    }
    columns(rows, 2, -1);
  }

  /// Appends rows, of which the first is the heading, with columns as wide as what is in them.
  ///
  /// @param texts how many columns have texts, which are flush left; the others have numbers
  /// @param alarms the column whose word `silent` is an alarm; -1 for none
  private void columns(List<List<String>> rows, int texts, int alarms) {
    if (rows.size() == 1) {
      return;
    }
    add("");
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    lines.add(Line.heading(line(rows.getFirst(), widths, texts)));
    for (List<String> row : rows.subList(1, rows.size())) {
      Line line = Line.of(line(row, widths, texts));
      if (alarms >= 0 && row.get(alarms).startsWith(SILENT)) {
        int begin = Arrays.stream(widths, 0, alarms).map(width -> width + GAP.length()).sum();
        line = line.withAlarm(begin, begin + row.get(alarms).length());
      }
      lines.add(line);
    }
  }

  private static String line(List<String> row, int[] widths, int texts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blank = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(i < texts ? row.get(i) + blank : blank + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}

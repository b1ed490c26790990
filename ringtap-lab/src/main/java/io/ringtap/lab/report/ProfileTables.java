package io.ringtap.lab.report;

import io.ringtap.lab.report.Table.Cell;
import io.ringtap.lab.report.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A report's profiles as tables.
final class ProfileTables {
  static final String TITLE = "Where the time goes";

  static final String LEGEND =
      "All CPUs were sampled while the load came, in a run of its own. Shares are of the samples of"
          + " the peer (for the library its threads) and of the kernel beside it: the threads that"
          + " inject the load with all that becomes of a frame until it lies in a socket, and"
          + " interrupts. What ran with interrupts off counts for the instruction that switched"
          + " them on. The system calls are those of another run, with the time from entry to"
          + " return, waiting included.";

  private static final int FUNCTIONS = 14;
  private static final int SYSTEM_CALLS = 8;

  private ProfileTables() {}

  /// The settings of the profiles, in their order.
  static List<String> settings(List<Profile> profiles) {
    return profiles.stream().map(Profile::setting).distinct().toList();
  }

  /// The profiles of a setting.
  static List<Profile> of(List<Profile> profiles, String setting) {
    return profiles.stream().filter(profile -> profile.setting().equals(setting)).toList();
  }

  /// The shares of groups in one setting, with those of the peer and the kernel beside it together.
  static Table shares(List<Profile> profiles, ProfileGroups groups, String setting) {
    List<String> header =
        new ArrayList<>(List.of("peer", "CPU of both (s)", Profile.Part.PEER.label() + " (%)"));
    groups.shown().forEach(group -> header.add(group + " (%)"));
    List<Row> rows = new ArrayList<>();
    for (Profile profile : of(profiles, setting)) {
      List<Cell> cells = new ArrayList<>();
      String lost = profile.lost() == 0 ? "" : profile.lost() + " records lost";
      String seconds = number(profile.samples() * profile.periodNs() / 1e9, 2);
      cells.add(new Cell(seconds, lost, profile.lost() > 0));
      cells.add(Cell.of(percent(profile, profile.samples(Profile.Part.PEER))));
      for (String group : groups.shown()) {
        double share =
            groups.percent(profile, Profile.Part.PEER, group)
                + groups.percent(profile, Profile.Part.KERNEL, group);
        cells.add(Cell.of(number(share, 1)));
      }
      rows.add(new Row(profile.peer(), profile.peer(), false, cells));
    }
    return new Table(setting, header, rows);
  }

  /// The functions that ran most, of the peer and the kernel beside it.
  static Table functions(Profile profile) {
    List<Row> rows =
        profile.functions().stream()
            .filter(function ->
                function.part() == Profile.Part.PEER || function.part() == Profile.Part.KERNEL)
            .filter(function -> !function.group().isEmpty())
            .sorted((a, b) -> Long.compare(b.samples(), a.samples()))
            .limit(FUNCTIONS)
            .map(function ->
                new Row(
                    function.name(),
                    "",
                    function.part() == Profile.Part.KERNEL,
                    List.of(
                        Cell.of(percent(profile, function.samples())),
                        Cell.of(function.group()),
                        Cell.of(function.part().label()))))
            .toList();
    return new Table("", List.of("function", "share (%)", "group", "of"), rows);
  }

  /// The system calls that took longest in sum.
  static Table systemCalls(Profile profile) {
    List<Row> rows =
        profile.systemCalls().stream()
            .limit(SYSTEM_CALLS)
            .map(call ->
                new Row(
                    call.name(),
                    "",
                    false,
                    List.of(
                        Cell.of(Long.toString(call.calls())),
                        Cell.of(Long.toString(call.errors())),
                        Cell.of(number(call.totalNs() / 1e6, 1)),
                        Cell.of(number(call.totalNs() / 1e3 / Math.max(1, call.calls()), 2)))))
            .toList();
    return new Table("", List.of("system call", "calls", "errors", "time (ms)", "each (µs)"), rows);
  }

  private static String percent(Profile profile, long samples) {
    return number(100.0 * samples / Math.max(1, profile.samples()), 1);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}

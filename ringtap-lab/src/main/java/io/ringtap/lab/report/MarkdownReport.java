package io.ringtap.lab.report;

import java.util.List;

/// A report as `report.md`.
final class MarkdownReport {
  private MarkdownReport() {}

  static String text(Report report) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(Markdown.text(report.title())).append("\n\n");
    out.append(Markdown.text(report.question())).append("\n\n");
    out.append(Markdown.text(ReportText.facts(report)))
        .append(" Repeat it with ")
        .append(Markdown.code(report.command()))
        .append(".\n\n## Results\n\n")
        .append(ReportText.LEGEND)
        .append("\n\n");
    for (Table table : ResultTables.of(report)) {
      if (!table.caption().isEmpty()) {
        out.append("### ").append(Markdown.text(table.caption())).append("\n\n");
      }
      Markdown.table(table, out);
    }
    profiles(report.profiles(), out);
    if (!report.notes().isEmpty()) {
      out.append("## Notes\n\n");
      report.notes().forEach(note -> out.append("- ").append(Markdown.text(note)).append('\n'));
      out.append('\n');
    }
    peers(report.peers(), out);
    if (!report.flags().isEmpty()) {
      out.append("## Flags\n\n");
      report
          .flags()
          .forEach((name, value) ->
              out.append("- ")
                  .append(Markdown.text(name))
                  .append(": ")
                  .append(Markdown.text(value))
                  .append('\n'));
      out.append('\n');
    }
    out.append(ReportText.DATA).append(" The pictures are in report.html.\n");
    return out.toString();
  }

  private static void profiles(List<Profile> profiles, StringBuilder out) {
    if (profiles.isEmpty()) {
      return;
    }
    ProfileGroups groups = new ProfileGroups(profiles);
    out.append("## ").append(ProfileTables.TITLE).append("\n\n");
    out.append(ProfileTables.LEGEND).append("\n\n");
    for (String setting : ProfileTables.settings(profiles)) {
      out.append("### ").append(Markdown.text(setting)).append("\n\n");
      Markdown.table(ProfileTables.shares(profiles, groups, setting), out);
      for (Profile profile : ProfileTables.of(profiles, setting)) {
        String title = profile.peer() + ", " + setting;
        out.append("#### ").append(Markdown.text(title)).append("\n\n");
        Markdown.table(ProfileTables.functions(profile), out);
        if (!profile.systemCalls().isEmpty()) {
          Markdown.table(ProfileTables.systemCalls(profile), out);
        }
      }
    }
  }

  private static void peers(List<Report.Peer> peers, StringBuilder out) {
    if (peers.isEmpty()) {
      return;
    }
    out.append("## Peers\n\n");
    Markdown.row(List.of("peer", "version", "command"), out);
    Markdown.row(List.of("---", "---", "---"), out);
    for (Report.Peer peer : peers) {
      Markdown.row(
          List.of(
              Markdown.text(peer.name()),
              peer.version().isEmpty() ? "–" : Markdown.text(peer.version()),
              // A pipe would end the cell even within a code span.
              peer.command().isEmpty()
                  ? "in this process"
                  : Markdown.code(peer.command()).replace("|", "\\|")),
          out);
    }
    out.append('\n');
  }
}

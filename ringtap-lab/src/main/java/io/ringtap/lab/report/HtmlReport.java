package io.ringtap.lab.report;

import java.util.List;
import java.util.Optional;

/// A report as `report.html`.
final class HtmlReport {
  private HtmlReport() {}

  static String text(Report report) {
    Findings findings = new Findings(report);
    Palette palette = new Palette(findings.peers());
    HtmlPage page = new HtmlPage(report.title(), palette);
    page.paragraph("question", report.question());
    page.paragraph("facts", ReportText.facts(report) + " Repeat it with", report.command());
    for (Chart chart : report.charts()) {
      draw(report, chart, findings, palette).ifPresent(svg -> page.picture(chart.title(), svg));
    }
    page.element("h2", "Figures");
    page.paragraph("legend", ReportText.LEGEND);
    ResultTables.of(report).forEach(page::table);
    profiles(report.profiles(), page);
    if (!report.notes().isEmpty()) {
      page.element("h2", "Notes");
      page.list(report.notes());
    }
    if (!report.peers().isEmpty()) {
      page.element("h2", "Peers");
      page.peers(report.peers());
    }
    if (!report.flags().isEmpty()) {
      page.element("h2", "Flags");
      page.pairs("flag", "value", report.flags().entrySet());
    }
    page.paragraph("legend", ReportText.DATA);
    return page.end();
  }

  private static void profiles(List<Profile> profiles, HtmlPage page) {
    if (profiles.isEmpty()) {
      return;
    }
    ProfileGroups groups = new ProfileGroups(profiles);
    page.element("h2", ProfileTables.TITLE);
    page.paragraph("legend", ProfileTables.LEGEND);
    for (String setting : ProfileTables.settings(profiles)) {
      List<Profile> some = ProfileTables.of(profiles, setting);
      page.picture("Shares of CPU time, " + setting, StackedBars.draw(some, groups));
      page.table(ProfileTables.shares(profiles, groups, setting));
      for (Profile profile : some) {
        page.beginDetails(profile.peer() + ", " + setting);
        page.picture("Who called what", FlameGraph.draw(profile));
        page.table(ProfileTables.functions(profile));
        if (!profile.systemCalls().isEmpty()) {
          page.table(ProfileTables.systemCalls(profile));
        }
        page.endDetails();
      }
    }
  }

  private static Optional<String> draw(
      Report report, Chart chart, Findings findings, Palette palette) {
    return switch (chart.kind()) {
      case LINES -> LineChart.draw(chart, findings, palette);
      case BARS ->
          report.metrics().stream()
              .filter(metric -> metric.name().equals(chart.name()))
              .findFirst()
              .flatMap(metric -> BarChart.draw(chart, metric, findings, palette));
    };
  }
}

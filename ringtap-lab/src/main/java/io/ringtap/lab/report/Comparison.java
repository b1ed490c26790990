package io.ringtap.lab.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Two runs of one experiment side by side: each peer's figures in both, and whether they differ by
/// more than the runs of either do among themselves.
public final class Comparison {
  private final Report a;
  private final Report b;
  private final Findings inA;
  private final Findings inB;

  private Comparison(Report a, Report b) {
    this.a = a;
    this.b = b;
    inA = new Findings(a);
    inB = new Findings(b);
  }

  /// Sets B beside A.
  ///
  /// @throws IllegalArgumentException if they are of different experiments, with a line that says
  ///   of which
  public static Comparison of(Report a, Report b) {
    if (!a.experiment().equals(b.experiment())) {
      throw new IllegalArgumentException(
          "the reports are of different experiments: '"
              + a.experiment()
              + "' and '"
              + b.experiment()
              + "'");
    }
    return new Comparison(a, b);
  }

  /// For a terminal: tables of aligned columns.
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(title()).append('\n');
    differences().forEach(line -> out.append("  ").append(oneLine(line)).append('\n'));
    for (Table table : tables()) {
      out.append('\n').append(oneLine(table.caption())).append('\n');
      aligned(table, out);
    }
    return out.append('\n').append(meaning()).append('\n').toString();
  }

  /// The same as Markdown.
  public String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(Markdown.text(title())).append("\n\n");
    differences().forEach(line -> out.append("- ").append(Markdown.text(line)).append('\n'));
    for (Table table : tables()) {
      out.append("\n## ").append(Markdown.text(table.caption())).append("\n\n");
      Markdown.table(table, out);
    }
    return out.append('\n').append(meaning()).append('\n').toString();
  }

  /// Writes `comparison.md` and `comparison.html` in a directory that is made if it is missing.
  ///
  /// @throws IOException if it cannot, with a line that says why
  public void write(Path directory) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("comparison.md", markdown());
    files.put("comparison.html", html());
    ReportDirectory.replace(directory, files);
  }

  private String html() {
    HtmlPage page = new HtmlPage(title(), new Palette(List.copyOf(both(inA.peers(), inB.peers()))));
    page.paragraph("question", a.question());
    page.list(differences());
    page.paragraph("legend", meaning());
    tables().forEach(page::table);
    return page.end();
  }

  private String title() {
    return "Comparison of two runs of " + a.experiment();
  }

  private static String meaning() {
    return "Figures are medians, with the smallest and the largest, of the runs without first runs."
        + " Spreads that overlap may differ by chance.";
  }

  /// When and on what each was taken, and what was not the same.
  private List<String> differences() {
    List<String> lines = new ArrayList<>();
    lines.add("A: " + ReportText.facts(a));
    lines.add("B: " + ReportText.facts(b));
    Set<String> flags = new TreeSet<>(a.flags().keySet());
    flags.addAll(b.flags().keySet());
    for (String flag : flags) {
      String before = a.flags().getOrDefault(flag, "not set");
      String after = b.flags().getOrDefault(flag, "not set");
      if (!before.equals(after)) {
        lines.add(flag + " differs: A " + before + ", B " + after);
      }
    }
    for (Report.Peer peer : a.peers()) {
      b.peers().stream()
          .filter(other -> other.name().equals(peer.name()))
          .filter(other -> !other.version().equals(peer.version()))
          .forEach(other ->
              lines.add(
                  "the version of "
                      + peer.name()
                      + " differs: A "
                      + peer.version()
                      + ", B "
                      + other.version()));
    }
    return lines;
  }

  private static Set<String> both(List<String> first, List<String> second) {
    Set<String> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return all;
  }

  /// One for each setting and metric that either has a figure of. If there is but one peer, one for
  /// each metric, with the settings in its rows.
  private List<Table> tables() {
    List<Report.Metric> metrics = new ArrayList<>(a.metrics());
    b.metrics().stream()
        .filter(metric -> a.metrics().stream().noneMatch(m -> m.name().equals(metric.name())))
        .forEach(metrics::add);
    Set<String> peers = both(inA.peers(), inB.peers());
    Set<String> settings = both(inA.settings(), inB.settings());
    List<Table> tables = new ArrayList<>();
    if (peers.size() == 1) {
      String peer = peers.iterator().next();
      for (Report.Metric metric : metrics) {
        add(
            ResultTables.title(metric),
            "setting",
            settings.stream().flatMap(setting -> row(setting, peer, setting, metric).stream()),
            tables);
      }
      return tables;
    }
    for (String setting : settings) {
      for (Report.Metric metric : metrics) {
        String colon = setting.isEmpty() ? "" : setting + ": ";
        add(
            colon + ResultTables.title(metric),
            "peer",
            peers.stream().flatMap(peer -> row(peer, peer, setting, metric).stream()),
            tables);
      }
    }
    return tables;
  }

  private static void add(
      String caption, String first, Stream<Table.Row> rows, List<Table> tables) {
    List<Table.Row> list = rows.toList();
    if (!list.isEmpty()) {
      tables.add(new Table(caption, List.of(first, "A", "B", "B / A", "spreads"), list));
    }
  }

  private Optional<Table.Row> row(String name, String peer, String setting, Report.Metric metric) {
    Runs before = inA.runs(peer, setting);
    Runs after = inB.runs(peer, setting);
    Optional<Spread> x = before.steady(metric.name());
    Optional<Spread> y = after.steady(metric.name());
    boolean isFailed = !before.failed().isEmpty() || !after.failed().isEmpty();
    if (x.isEmpty() && y.isEmpty() && !isFailed) {
      return Optional.empty();
    }
    return Optional.of(
        new Table.Row(
            name,
            peer,
            false,
            List.of(
                side(before, x, metric),
                side(after, y, metric),
                Table.Cell.of(ratio(x, y)),
                Table.Cell.of(verdict(x, y, metric.better())))));
  }

  private static Table.Cell side(Runs runs, Optional<Spread> found, Report.Metric metric) {
    if (found.isEmpty()) {
      return runs.failed().isEmpty()
          ? Table.Cell.NOTHING
          : new Table.Cell(runs.failure(), "", true);
    }
    Spread spread = found.get();
    String range = spread.runs() == 1 ? "" : ResultTables.range(spread, metric) + ", ";
    String failure = runs.failed().isEmpty() ? "" : "; " + runs.failure();
    return new Table.Cell(
        NumberText.of(spread.median(), metric),
        range + NumberText.runs(spread.runs()) + failure,
        !runs.failed().isEmpty());
  }

  private static String ratio(Optional<Spread> x, Optional<Spread> y) {
    if (x.isEmpty() || y.isEmpty() || x.get().median() == 0) {
      return "–";
    }
    double ratio = y.get().median() / x.get().median();
    return NumberText.of(ratio, Math.abs(ratio) < 0.1 ? 4 : 2);
  }

  private static String verdict(Optional<Spread> x, Optional<Spread> y, Report.Better better) {
    if (x.isEmpty() || y.isEmpty()) {
      return "–";
    }
    if (x.get().runs() == 1 || y.get().runs() == 1) {
      return "one run has no spread";
    }
    if (x.get().overlaps(y.get())) {
      return "overlap";
    }
    boolean isLower = y.get().median() < x.get().median();
    return switch (better) {
      case NEITHER -> "apart";
      case LOWER -> isLower ? "apart, B better" : "apart, B worse";
      case HIGHER -> isLower ? "apart, B worse" : "apart, B better";
    };
  }

  private static void aligned(Table table, StringBuilder out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.header());
    for (Table.Row row : table.rows()) {
      List<String> line = new ArrayList<>();
      line.add(oneLine(row.name()));
      row.cells()
          .forEach(cell ->
              line.add(
                  oneLine(
                      cell.text() + (cell.detail().isEmpty() ? "" : " (" + cell.detail() + ")"))));
      lines.add(line);
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
        text.append("  ").append(line.get(i)).append(" ".repeat(width - line.get(i).length()));
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
  }

  /// A peer's words must not steer the terminal.
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}

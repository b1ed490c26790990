package io.ringtap.cli.trace;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.fleet.job.call.SitePath;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;

/// The ways from several sites to one target, side by side: a column for each site, a row for each
/// hop.
final class SitesTable {
  private static final String GAP = "  ";

  private final HostNames names;

  SitesTable(HostNames names) {
    this.names = names;
  }

  /// The lines.
  ///
  /// @param title the target as the user knows it
  List<StringBuilder> lines(String title, IpAddress target, List<SitePath> sites) {
    List<List<String>> columns = new ArrayList<>();
    int rows = 0;
    for (SitePath site : sites) {
      List<String> column = column(target, site);
      columns.add(column);
      rows = Math.max(rows, column.size());
    }
    List<StringBuilder> lines = new ArrayList<>();
    lines.add(new StringBuilder("trace to ").append(title));
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder(row == 0 ? "hop" : "%3d".formatted(row));
      for (List<String> column : columns) {
        int width = column.stream().mapToInt(String::length).max().orElse(0);
        String cell = row < column.size() ? column.get(row) : "";
        line.append(GAP).append(cell).repeat(' ', width - cell.length());
      }
      line.setLength(line.toString().stripTrailing().length());
      lines.add(line);
    }
    return lines;
  }

  /// A site's cells: its name, and a cell for each hop from the first one on.
  private List<String> column(IpAddress target, SitePath site) {
    List<String> cells = new ArrayList<>();
    cells.add(site.agent() == null ? site.site() : site.site() + "/" + site.agent());
    if (!site.problem().isEmpty()) {
      cells.add("no answer");
    }
    for (Path path : site.paths()) {
      if (path.target().equals(target)) {
        for (Path.Hop hop : path.hops()) {
          while (cells.size() < hop.hopLimit()) {
            cells.add("");
          }
          cells.add(cell(hop));
        }
        if (!path.isReached()) {
          cells.add("not reached");
        }
      }
    }
    return cells;
  }

  private String cell(Path.Hop hop) {
    if (hop.responders().isEmpty()) {
      return hop.lost() == 0 && hop.unsent() > 0 ? "not sent" : "*";
    }
    StringBuilder cell = new StringBuilder(names.nameOf(hop.responders().getFirst().address()));
    int others = hop.responders().size() - 1;
    if (others > 0) {
      cell.append(" +").append(others);
    }
    cell.append(' ');
    Figures.millis(cell, Math.round(hop.rtt().mean())).append(" ms");
    if (hop.lost() > 0) {
      cell.append(' ').append(Figures.share(hop.lossRatio())).append(" lost");
    }
    return cell.toString();
  }
}

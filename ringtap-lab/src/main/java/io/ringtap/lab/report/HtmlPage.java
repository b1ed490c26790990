package io.ringtap.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A page that needs nothing beside itself: style within, no scripts, nothing fetched.
final class HtmlPage {
  private static final String STYLE = style();

  private final StringBuilder out = new StringBuilder();
  private final Palette palette;

  HtmlPage(String title, Palette palette) {
    this.palette = palette;
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(Html.text(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n");
    element("h1", title);
  }

  private static String style() {
    try (InputStream file = HtmlPage.class.getResourceAsStream("page.css")) {
      if (file == null) {
        throw new IOException("page.css is missing from the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void element(String name, String text) {
    out.append('<').append(name).append('>').append(Html.text(text));
    out.append("</").append(name).append(">\n");
  }

  void paragraph(String style, String text) {
    out.append("<p class=\"").append(style).append("\">").append(Html.text(text)).append("</p>\n");
  }

  /// A paragraph that ends in a command.
  void paragraph(String style, String text, String command) {
    out.append("<p class=\"")
        .append(style)
        .append("\">")
        .append(Html.text(text))
        .append(" <code>")
        .append(Html.text(command))
        .append("</code></p>\n");
  }

  void picture(String title, String svg) {
    out.append("<figure>\n<figcaption>")
        .append(Html.text(title))
        .append("</figcaption>\n")
        .append(svg)
        .append("</figure>\n");
  }

  /// What follows, until [#endDetails], is folded below a line.
  void beginDetails(String summary) {
    out.append("<details>\n<summary>").append(Html.text(summary)).append("</summary>\n");
  }

  void endDetails() {
    out.append("</details>\n");
  }

  void list(List<String> items) {
    out.append("<ul>\n");
    items.forEach(item -> element("li", item));
    out.append("</ul>\n");
  }

  void table(Table table) {
    if (!table.caption().isEmpty()) {
      element("h3", table.caption());
    }
    beginTable("", table.header());
    for (Table.Row row : table.rows()) {
      out.append(row.isAside() ? "<tr class=\"aside\">" : "<tr>");
      name(row.name(), row.peer());
      row.cells().forEach(this::cell);
      out.append("</tr>\n");
    }
    endTable();
  }

  private void name(String name, String peer) {
    out.append("<td>");
    if (!peer.isEmpty()) {
      out.append("<span class=\"dot ").append(palette.style(peer)).append("\"></span>");
    }
    out.append(Html.text(name)).append("</td>");
  }

  private void cell(Table.Cell cell) {
    out.append(cell.isFailure() ? "<td class=\"failed\">" : "<td>").append(Html.text(cell.text()));
    if (!cell.detail().isEmpty()) {
      out.append(" <small>").append(Html.text(cell.detail())).append("</small>");
    }
    out.append("</td>");
  }

  /// Which tool each peer is, and how it was started.
  void peers(List<Report.Peer> peers) {
    beginTable("words", List.of("peer", "version", "command"));
    for (Report.Peer peer : peers) {
      out.append("<tr>");
      name(peer.name(), peer.name());
      out.append("<td>").append(Html.text(peer.version().isEmpty() ? "–" : peer.version()));
      out.append("</td><td>");
      if (peer.command().isEmpty()) {
        out.append("in this process");
      } else {
        out.append("<code>").append(Html.text(peer.command())).append("</code>");
      }
      out.append("</td></tr>\n");
    }
    endTable();
  }

  /// Names and what they stand for.
  void pairs(String name, String value, Iterable<Map.Entry<String, String>> pairs) {
    beginTable("words", List.of(name, value));
    for (Map.Entry<String, String> pair : pairs) {
      out.append("<tr><td>")
          .append(Html.text(pair.getKey()))
          .append("</td><td>")
          .append(Html.text(pair.getValue()))
          .append("</td></tr>\n");
    }
    endTable();
  }

  private void beginTable(String style, List<String> header) {
    out.append("<div class=\"wide\"><table class=\"").append(style).append("\">\n<thead><tr>");
    header.forEach(name -> out.append("<th>").append(Html.text(name)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
  }

  private void endTable() {
    out.append("</tbody>\n</table></div>\n");
  }

  /// The whole page; nothing can be added after it.
  String end() {
    return out.append("</body>\n</html>\n").toString();
  }
}

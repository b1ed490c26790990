package io.ringtap.dist.manual;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/// What a page says that `--help` does not: a Markdown file beside this class, named as the page.
/// Its first heading is `name: what it does in a few words`, those of the second level are sections
/// of the page.
///
/// @param summary for the section NAME
/// @param sections what stands in them, by their names
record Prose(String summary, Map<String, List<Node>> sections) {
  private static final Set<String> SECTIONS =
      Set.of(
          "DESCRIPTION", "EXAMPLES", "JSON FIELDS", "ENVIRONMENT", "FILES", "SECURITY", "SEE ALSO");

  /// Reads that of a page.
  ///
  /// @param page such as `ringtap-ping`
  /// @throws IOException if there is no such file, or it has not this form
  static Prose of(String page) throws IOException {
    String summary = "";
    Map<String, List<Node>> sections = new LinkedHashMap<>();
    List<Node> section = new ArrayList<>();
    for (Node node = parse(page).getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() <= 2) {
        String text = Markdown.textOf(heading);
        if (heading.getLevel() == 1) {
          if (!text.startsWith(page + ": ")) {
            throw new IOException(page + ".md: the title is '" + text + "'");
          }
          summary = text.substring(page.length() + 2);
        } else if (!SECTIONS.contains(text)) {
          throw new IOException(page + ".md: there is no section '" + text + "'");
        } else {
          section = sections.computeIfAbsent(text, _ -> new ArrayList<>());
        }
      } else {
        section.add(node);
      }
    }
    return new Prose(summary, sections);
  }

  private static Node parse(String page) throws IOException {
    try (InputStream file = Prose.class.getResourceAsStream(page + ".md")) {
      if (file == null) {
        throw new IOException(page + ".md is missing");
      }
      return Parser.builder()
          .build()
          .parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  boolean has(String section) {
    return sections.containsKey(section);
  }

  /// What stands in a section; empty if the page lacks it.
  List<Node> section(String name) {
    return sections.getOrDefault(name, List.of());
  }

  /// Writes what stands in a section.
  void write(String section, Roff page) {
    Markdown markdown = new Markdown(page);
    section(section).forEach(node -> node.accept(markdown));
  }
}

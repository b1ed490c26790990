package io.ringtap.dist.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A page in the language of man pages: roff with the macros of man(7). It is ASCII, so that
/// formatters need not be told an encoding.
///
/// Text that methods take is what [#plain], [#bold], [#italic] and [#literal] made, with single
/// spaces between words; they may be put together.
final class Roff {
  /// As long as a line may be; mandoc's linter warns about longer ones.
  private static final int WIDTH = 78;

  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.?!])(?<!e\\.g\\.|i\\.e\\.) (?=[\\\\A-Z])");

  private final StringBuilder page = new StringBuilder();
  private boolean isBelowHeading;

  /// Begins a page of section 1.
  ///
  /// @param name in capital letters
  /// @param date as `2026-11-30`
  /// @param source what the page is a part of, with its version
  Roff(String name, String date, String source) {
    line(".TH " + name + " 1 " + date + " \"" + source + "\" \"Ringtap manual\"");
    line(".nh").line(".ad l"); // no hyphens that are not the text's, no gaps between words
  }

  Roff section(String heading) {
    line(".SH " + plain(heading));
    isBelowHeading = true;
    return this;
  }

  Roff subsection(String heading) {
    line(".SS " + plain(heading));
    isBelowHeading = true;
    return this;
  }

  Roff paragraph(String text) {
    return apart().text(text);
  }

  /// An empty line, except below a heading.
  private Roff apart() {
    return isBelowHeading ? this : line(".PP");
  }

  /// A term with what it means, which stands indented.
  Roff item(String term, String meaning) {
    return line(".TP").line(guarded(term)).text(meaning);
  }

  /// An item without a term.
  Roff bullet(String text) {
    return line(".IP \\(bu 2").text(text);
  }

  /// Lines that stand as they are, indented.
  Roff verbatim(List<String> lines) {
    apart().line(".RS 4").line(".nf");
    lines.forEach(each -> line(each.isEmpty() ? "\\&" : guarded(literal(each))));
    return line(".fi").line(".RE");
  }

  /// Text without a paragraph's beginning.
  Roff text(String text) {
    for (String sentence : SENTENCE_END.split(text, -1)) {
      wrapped(sentence).forEach(this::line);
    }
    return this;
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(guarded(line + (line.toString().endsWith(".") ? "\\&" : "")));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(guarded(line.toString()));
    return lines;
  }

  /// What begins with a dot or a quote would be a request.
  private static String guarded(String line) {
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }

  private Roff line(String line) {
    page.append(line).append('\n');
    isBelowHeading = false;
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }

  /// Prose.
  static String plain(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> escaped.append("\\e");
            case '"' -> escaped.append("\\(dq");
            case '^' -> escaped.append("\\(ha");
            case '~' -> escaped.append("\\(ti");
            case '`' -> escaped.append("\\(ga");
            default -> {
              if (c < 0x80) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append("\\[u%04X]".formatted(c));
              }
            }
          }
        });
    return escaped.toString();
  }

  /// What is typed or printed as it stands: with the hyphens and quotes of a keyboard.
  static String literal(String text) {
    return plain(text).replace("-", "\\-").replace("'", "\\(aq");
  }

  /// What is typed as it stands.
  static String bold(String text) {
    return "\\fB" + literal(text) + "\\fR";
  }

  /// What stands for something else.
  static String italic(String text) {
    return "\\fI" + literal(text) + "\\fR";
  }
}

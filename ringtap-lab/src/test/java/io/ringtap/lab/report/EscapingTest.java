package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/// A peer may call itself, and say, what it likes.
class EscapingTest {
  private static final String HOSTILE =
      "</title></svg><script>alert(1)</script> \" onload='x' | `code` *b* \u0000\ud800 & &amp; \n"
          + "# no";

  @Test
  void escapesEverythingForHtml() {
    assertThat(Html.text("<a href=\"x\">'&'</a>\u0007"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;\ufffd");
  }

  @Test
  void keepsAMarkdownCellInItsCell() {
    assertThat(Markdown.text("a|b\n\n# *c* <d>")).isEqualTo("a\\|b \\# \\*c\\* \\<d\\>");
  }

  @Test
  void fencesCodeWithMoreBackticksThanItHas() {
    assertThat(Markdown.code("a b")).isEqualTo("`a b`");
    assertThat(Markdown.code("a ``b`` c")).isEqualTo("```a ``b`` c```");
    assertThat(Markdown.code("`a`")).isEqualTo("`` `a` ``");
  }

  @Test
  void holdsNoScriptAndNothingToFetchWhateverAPeerSays() {
    String html = HtmlReport.text(hostile());

    assertThat(html).doesNotContain("<script").doesNotContain("<b>");
    assertThat(html).doesNotContain("http:").doesNotContain("https:").doesNotContain("url(");
    assertThat(html).doesNotContain("\u0000").doesNotContain("\ud800");
  }

  /// The pictures hold up to an XML parser, which is stricter than a browser.
  @Test
  void drawsWellFormedPicturesWhateverAPeerSays() throws Exception {
    String html = HtmlReport.text(hostile());
    String[] parts = html.split("(?=<svg )");

    assertThat(parts).hasSize(3);
    for (int i = 1; i < parts.length; i++) {
      String svg = parts[i].substring(0, parts[i].indexOf("</svg>") + 6);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                  .getElementsByTagName("text")
                  .getLength())
          .isGreaterThan(4);
    }
  }

  private static Report hostile() {
    Report.Metric metric = new Report.Metric(HOSTILE, HOSTILE, HOSTILE, 1, Report.Better.NEITHER);
    return new Report(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        Instant.EPOCH,
        Duration.ZERO,
        new Machine(HOSTILE, 1, 1, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        HOSTILE,
        Map.of(HOSTILE, HOSTILE),
        List.of(new Report.Peer(HOSTILE, HOSTILE, HOSTILE)),
        List.of(metric),
        List.of(
            new Sample(
                HOSTILE,
                HOSTILE,
                1,
                false,
                Map.of(HOSTILE, 1.0),
                List.of(new Sample.Series(HOSTILE, List.of(1.0), List.of(1.0))),
                null),
            Sample.failed(HOSTILE, HOSTILE, 2, HOSTILE)),
        List.of(
            new Chart(Chart.Kind.BARS, HOSTILE, HOSTILE, List.of(), HOSTILE, HOSTILE, false),
            new Chart(Chart.Kind.LINES, HOSTILE, HOSTILE, List.of(), HOSTILE, HOSTILE, true)),
        List.of(),
        List.of(HOSTILE));
  }
}

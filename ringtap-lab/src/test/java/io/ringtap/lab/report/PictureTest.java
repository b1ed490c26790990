package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static String picture(Report report, int chart) {
    String html = HtmlReport.text(report);
    String[] figures = html.split("<figure>", -1);
    return figures[chart + 1].substring(0, figures[chart + 1].indexOf("</figure>"));
  }

  private static List<String> texts(String svg, String style) {
    return Pattern.compile("<text class=\"" + style + "\"[^>]*>([^<]*)</text>")
        .matcher(svg)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void writesTheMedianBehindABarForEachPeerAndSetting() {
    String svg = picture(MadeUpReport.ladder(1), 0);

    assertThat(texts(svg, "value"))
        .containsExactly("1,002,000", "402,000", "2,002,000", "802,000", "4,002,000");
    assertThat(texts(svg, "failed")).containsExactly("failed: has no threads, 3 of 3 runs");
    assertThat(texts(svg, "group")).containsExactly("1 thread", "2 threads", "4 threads");
    assertThat(texts(svg, "title")).containsExactly("packets/s", "threads");
  }

  @Test
  void drawsBarsAsLongAsTheirValues() {
    String svg = picture(MadeUpReport.ladder(1), 0);

    List<Double> widths =
        Pattern.compile("<rect class=\"fill r0\"[^>]* width=\"([\\d.]+)\"")
            .matcher(svg)
            .results()
            .map(found -> Double.valueOf(found.group(1)))
            .toList();

    assertThat(widths).hasSize(3);
    assertThat(widths.get(2) / widths.get(0)).isBetween(3.98, 4.01);
  }

  @Test
  void marksFirstRunsWithoutStretchingTheAxisToThem() {
    String near = picture(MadeUpReport.flood(1), 0);
    String far = picture(MadeUpReport.benches(), 0);

    assertThat(near).contains("class=\"warm r0\"");
    assertThat(texts(near, "first")).hasSize(3).allMatch(text -> text.startsWith("first run "));
    assertThat(texts(far, "tick").getLast()).isEqualTo("100");
    assertThat(texts(far, "first")).last().isEqualTo("first run 1,960.8");
  }

  @Test
  void givesAPeerOneColourInAllPicturesAndTables() {
    String html = HtmlReport.text(MadeUpReport.flood(1));

    for (String found :
        List.of(
            "class=\"fill o1\"",
            "class=\"line o1 marked\"",
            "<span class=\"dot o1\"></span>fping<")) {
      assertThat(html).contains(found);
    }
    assertThat(html).doesNotContain("<span class=\"dot o2\"></span>fping<");
  }

  @Test
  void givesKnownToolsTheirColoursAndRingtapItsOwn() {
    Palette one = new Palette(List.of("mine", "ringtap ping", "fping 5.1", "Ringtap, no ring"));
    Palette other = new Palette(List.of("fping", "ping", "ringtap"));

    assertThat(one.style("fping 5.1")).isEqualTo(other.style("fping")).isEqualTo("o1");
    assertThat(one.style("ringtap ping")).isEqualTo(other.style("ringtap")).isEqualTo("r0");
    assertThat(one.style("Ringtap, no ring")).isEqualTo("r1");
    assertThat(one.style("mine")).isEqualTo("o0");
  }

  @Test
  void givesManyPeersColoursOfTheirOwnUntilThereAreNoMore() {
    List<String> peers = IntStream.range(0, 7).mapToObj(i -> "p" + i).toList();

    Palette palette = new Palette(peers);

    assertThat(peers.stream().map(palette::style)).doesNotHaveDuplicates();
  }

  @Test
  void drawsTheMiddleRunAsALineAndTheFirstRunDashed() {
    String svg = picture(MadeUpReport.flood(1), 2);

    assertThat(svg).contains("<title>ringtap ping, first run</title>");
    assertThat(Pattern.compile("<path class=\"line dashed r0 marked\"").matcher(svg).results())
        .hasSize(2);
    assertThat(Pattern.compile("<path class=\"line r0 marked\"").matcher(svg).results()).hasSize(2);
    assertThat(texts(svg, "failed"))
        .contains("old &amp; slow`s ping failed: not there, 3 of 3 runs");
  }

  @Test
  void keepsThePeakAmongMorePointsThanPixels() {
    Sample.Series series =
        new Sample.Series(
            "s",
            IntStream.range(0, 100_000).mapToObj(i -> (double) i).toList(),
            IntStream.range(0, 100_000).mapToObj(i -> i == 77_777 ? 100.0 : 1 + i % 2).toList());
    Trace trace = new Trace(Scale.linear(0, 100_000, 5), Scale.linear(0, 100, 5), 0, 400, 0, 200);

    String data = trace.data(series);

    List<MatchResult> points =
        Pattern.compile("[ML]([\\d.]+) ([\\d.]+)").matcher(data).results().toList();
    assertThat(points).hasSizeBetween(400, 1_604);
    assertThat(points)
        .filteredOn(point -> Double.parseDouble(point.group(2)) == 0)
        .singleElement()
        .satisfies(peak -> assertThat(Double.parseDouble(peak.group(1))).isBetween(311.0, 311.2));
  }

  @Test
  void leavesOutWhatALogarithmicAxisDoesNotHave() {
    Sample.Series series =
        new Sample.Series("s", List.of(0.0, 1.0, 2.0), List.of(10.0, 0.0, 100.0));
    Trace trace = new Trace(Scale.linear(0, 2, 2), Scale.logarithmic(10, 100), 0, 200, 0, 100);

    assertThat(trace.data(series)).isEqualTo("M0 100L200 0");
  }
}

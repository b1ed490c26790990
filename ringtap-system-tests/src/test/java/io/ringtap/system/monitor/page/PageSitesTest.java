package io.ringtap.system.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The page of a fleet: 10 000 targets, each watched from three sites.
class PageSitesTest {
  private static final List<String> SITES = List.of("ams1", "fra1", "zrh1");
  private static final int TARGETS = 10_000;
  private static final long END = 1_700_003_600;
  private static final String LINK = "#t=core/10.0.0.7&from=1700000000&to=1700003600";

  private static Browser browser;
  private static PageLab lab;

  @SuppressWarnings("NullAway.Init") // before each test
  private Tab tab;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    lab = PageLab.ofSites(new MadeHistory(0, 0), TARGETS, SITES);
    for (int site = 0; site < SITES.size(); site++) {
      fail(7, site);
    }
    fail(8, 1);
  }

  @AfterAll
  static void end() throws IOException {
    lab.close();
    browser.close();
  }

  @BeforeEach
  void openTab() {
    tab = browser.open("about:blank", 1_280, 844);
  }

  @AfterEach
  void close() {
    assertThat(tab.complaints()).isEmpty();
    tab.close();
  }

  /// A target goes down as one site sees it, a second later than for the site before.
  private static void fail(int target, int site) {
    for (int i = 0; i < PageLab.DOWN_AFTER; i++) {
      lab.probe(cell(target, site), Outcome.LOST, 0);
    }
    lab.event(cell(target, site), EventKind.DOWN, true, END - 600, END - 597 + site, "3 in a row");
  }

  private static Target cell(int target, int site) {
    return lab.targets.get(target * SITES.size() + site);
  }

  private void open(String hash, int width) {
    tab.resize(width, 844);
    tab.go(lab.uri() + hash);
    tab.await(
        hash.isEmpty()
            ? "document.querySelectorAll('#worst tbody tr').length === 50"
            : "document.querySelectorAll('#statistics tbody tr').length === 3");
  }

  @Test
  void hasARowATargetAndAColumnASite() {
    open("", 1_440);

    assertThat(texts(".site-heads span")).isEqualTo(SITES);
    assertThat(tab.textOf("#grid h3")).contains("10\u202f000 targets");
    assertThat(tab.textOf("[data-kind='']")).isEqualTo("10\u202f000 all");

    tab.eval("document.getElementById('grid').focus()");
    tab.press("Home");
    tab.press("ArrowRight");
    tab.press("ArrowDown");
    assertThat(tab.textOf("#spoken")).startsWith("core-2.example.net from fra1, group core: up");
    assertThat(tab.textOf("#card")).contains("From ams1", "From zrh1");
    tab.press("Enter");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 3");
    assertThat(tab.text("location.hash")).isEqualTo("#t=core%2F10.0.0.1");
    assertThat(texts("#statistics tbody a")).isEqualTo(SITES);
  }

  @Test
  void tellsWhatOneSiteSeesFromWhatAllSee() {
    open("", 1_440);

    assertThat(texts("#worst .from").subList(0, 2)).contains("only fra1", "all 3 sites");
    assertThat(tab.textOf("[data-kind=down]")).isEqualTo("2 down");
    assertThat(tab.textOf("[data-kind=all]")).isEqualTo("1 trouble at all sites");
    tab.await("document.querySelectorAll('#events li').length === 2");
    assertThat(texts("#events .seen")).containsExactly("only fra1", "all 3 sites");

    tab.click("[data-kind=all]");
    tab.await("document.getElementById('shown').textContent.startsWith('1 of')");
    assertThat(texts("#worst a")).containsExactly("core-8.example.net");

    tab.eval("location.hash = '#q=site%3Dfra1+core-9.'");
    tab.await("document.querySelectorAll('.site-heads span').length === 1");
    assertThat(texts("#worst .from")).containsExactly("only fra1");
  }

  @Test
  void laysSitesOverEachOtherAndHidesThem() {
    open(LINK, 1_280);

    assertThat(tab.textOf("#heads")).contains("down: all 3 sites");
    assertThat(texts("#target-events .seen")).containsExactly("all 3 sites");
    assertThat(tab.eval("document.getElementById('trace-button').hidden").asBoolean()).isTrue();
    assertThat(tab.textOf("#readout")).contains("ams1", "fra1", "zrh1");

    tab.press("s");
    tab.press("Enter");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 2");
    assertThat(tab.text("location.hash")).endsWith("&off=ams1");
    assertThat(tab.textOf("#readout")).doesNotContain("ams1");
    tab.click("#plot-legend [data-identity=ams1]");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 3");

    tab.click("#statistics tbody tr:nth-child(2) a");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");
    assertThat(tab.text("location.hash")).isEqualTo("#t=core%2F10.0.0.7%40fra1");
    tab.eval("location.hash = '%s'".formatted(LINK.replace("&from", "@fra1&from")));
    tab.await("document.querySelectorAll('#target-events .seen').length === 1");
    assertThat(tab.textOf("#target-events .seen")).isEqualTo("all 3 sites");
  }

  @Test
  void scrollsOver10000RowsAndDrawsOnlyTheCellsThatChange() throws IOException {
    open("", 1_440);
    tab.await("[...document.querySelectorAll('.cells canvas')].some(canvas => canvas.width > 1)");
    JsonNode frames = tab.eval(PageLooksTest.script("scroll.js"));
    System.out.println("10 000 targets, 3 sites, frames while scrolling, ms: " + frames);
    assertThat(frames.get("drawn").asInt()).isGreaterThan(0);
    assertThat(frames.get("kept").asInt()).isLessThan(frames.get("canvases").asInt());

    tab.eval("scrollTo(0, 0)");
    tab.await("document.querySelector('.cells canvas').width > 1");
    tab.eval(
        "(() => { window.drawn = 0; const fill = CanvasRenderingContext2D.prototype.fillText;"
            + " CanvasRenderingContext2D.prototype.fillText = function(...words) { if"
            + " (this.canvas.closest('.cells')) window.drawn++; fill.apply(this, words); }; })()");
    lab.probe(cell(3, 2), Outcome.LOST, 0);
    tab.await("window.drawn > 0");
    assertThat(tab.eval("window.drawn").asInt()).isLessThanOrEqualTo(3);
    lab.probe(cell(3, 2), Outcome.REPLY, 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({"light,''", "dark,''", "light," + LINK, "dark," + LINK})
  void canBeReadByEverybody(String scheme, String hash) throws IOException {
    open(hash, 390);
    tab.prefer(scheme);
    assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).isEqualTo(390);
    tab.resize(1_280, 844);
    assertThat(tab.eval(PageLooksTest.script("contrast.js"))).as("too little contrast").isEmpty();
    assertThat(tab.eval(PageLooksTest.script("labels.js"))).as("controls without a name").isEmpty();
  }

  private List<String> texts(String selector) {
    return tab.eval(
            "[...document.querySelectorAll(\"%s\")].map(element => element.textContent)"
                .formatted(selector))
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }
}

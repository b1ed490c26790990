package io.ringtap.system.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.window.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The page for everybody: on a phone, in the dark, read out, with 10 000 targets, and when the
/// monitor is gone for a moment.
class PageLooksTest {
  private static final String TARGET =
      "#t=core/10.0.0.0&t=core/10.0.0.1&from=1700000000&to=1700003600";

  private static Browser browser;
  private static PageLab lab;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    Map<String, Integer> groups = new LinkedHashMap<>();
    groups.put("core", 40);
    groups.put("customers with a rather long name of their group", 9_960);
    lab = PageLab.of(new MadeHistory(1_700_001_000, 1_700_002_000), groups);
    for (int i = 0; i < PageLab.DOWN_AFTER; i++) {
      lab.probe(lab.targets.get(3), Outcome.LOST, 0);
      lab.probe(lab.targets.get(4), Outcome.DROPPED, 0);
    }
    lab.probe(lab.targets.get(9), Outcome.LOST, 0);
    lab.event(lab.targets.get(0), EventKind.DOWN, true, 1_700_001_000, 1_700_001_003, "3 in a row");
    lab.event(lab.targets.get(0), EventKind.DOWN, false, 1_700_001_000, 1_700_002_000, "");
    lab.reloadError("ringtap.yml:12: 'intervall' is no setting; interval is");
  }

  @AfterAll
  static void end() throws IOException {
    lab.close();
    browser.close();
  }

  private static Tab open(String hash, int width) {
    Tab tab = browser.open(lab.uri() + hash, width, 844);
    tab.await("document.querySelector('.banner')");
    tab.await(
        hash.isEmpty()
            ? "document.querySelectorAll('#worst tbody tr').length === 50"
            : "document.querySelectorAll('#statistics tbody tr').length === 2");
    return tab;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TARGET})
  void needsNoScrollingSidewaysOnAPhone(String hash) {
    try (Tab tab = open(hash, 390)) {
      JsonNode tooWide =
          tab.eval(
              "[...document.querySelectorAll('body *')].filter(element =>"
                  + " !element.closest('.scroll, .hidden, .skip, [hidden], dialog') &&"
                  + " element.getBoundingClientRect().right > 390.5).map(element => element.tagName"
                  + " + '.' + element.className)");
      assertThat(tooWide).isEmpty();
      assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).isEqualTo(390);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"light,''", "dark,''", "light," + TARGET, "dark," + TARGET})
  void canBeReadByEverybody(String scheme, String hash) throws IOException {
    try (Tab tab = open(hash, 1_280)) {
      tab.prefer(scheme);
      assertThat(tab.eval(script("contrast.js"))).as("too little contrast").isEmpty();
      assertThat(tab.eval(script("labels.js"))).as("controls without a name").isEmpty();
    }
  }

  @Test
  void scrollsOver10000Cells() throws IOException {
    try (Tab tab = open("", 1_440)) {
      tab.await("[...document.querySelectorAll('.cells canvas')].some(canvas => canvas.width > 1)");
      JsonNode frames = tab.eval(script("scroll.js"));
      System.out.println("10 000 cells, frames while scrolling, ms: " + frames);
      assertThat(frames.get("drawn").asInt()).isGreaterThan(0);
      assertThat(frames.get("frames").asInt()).isGreaterThan(20);
      // Canvases out of sight have given their memory back.
      assertThat(frames.get("kept").asInt()).isLessThan(frames.get("canvases").asInt());
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void drawsOnlyTheCellsThatChange() {
    try (Tab tab = open("", 1_440)) {
      tab.await("[...document.querySelectorAll('.cells canvas')].some(canvas => canvas.width > 1)");
      tab.eval(
          "(() => { window.drawn = 0; const fill = CanvasRenderingContext2D.prototype.fillRect;"
              + " CanvasRenderingContext2D.prototype.fillRect = function(...box) { if"
              + " (this.canvas.closest('.cells')) window.drawn++; fill.apply(this, box); }; })()");
      for (int i = 0; i < PageLab.DOWN_AFTER; i++) {
        lab.probe(lab.targets.get(20), Outcome.LOST, 0);
      }
      tab.await("window.drawn > 0");
      // The ground and the colour of a cell, once for each of at most three messages.
      assertThat(tab.eval("window.drawn").asInt()).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void saysThatItIsNotLiveAndGoesOnByItself() throws IOException {
    try (PageLab small = PageLab.of(new MadeHistory(0, 0), Map.of("core", 5));
        Tab tab = browser.open(small.uri(), 1_280, 844)) {
      tab.await("document.getElementById('live').textContent === 'live'");

      Runnable startAgain = small.stopServer();
      tab.await("document.getElementById('live').textContent.startsWith('not live since')");
      assertThat(tab.eval("document.body.classList.contains('stale')").asBoolean()).isTrue();

      startAgain.run();
      tab.await("document.getElementById('live').textContent === 'live'");
      assertThat(tab.eval("document.body.classList.contains('stale')").asBoolean()).isFalse();
      small.probe(small.targets.get(0), Outcome.LOST, 0);
      tab.await("document.querySelector('[data-kind=failing]')");
    }
  }

  @Test
  void blamesItselfForWhatItHasLost() {
    try (Tab tab = open("", 1_280)) {
      assertThat(tab.textOf("#banners"))
          .contains("This machine falls behind")
          .contains("3 outcomes are unknown")
          .contains("They count as no loss of any target");
    }
  }

  static String script(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PageLooksTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package io.ringtap.system.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The page under the hands of somebody who has an outage: keys, mouse, links and the way back.
class PageUseTest {
  private static Browser browser;
  private static PageLab lab;

  private Tab tab;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    Map<String, Integer> groups = new LinkedHashMap<>();
    groups.put("core", 12);
    groups.put("edge", 300);
    lab = PageLab.of(new MadeHistory(0, 0), groups);
  }

  @AfterAll
  static void end() throws IOException {
    lab.close();
    browser.close();
  }

  @BeforeEach
  void open() {
    tab = browser.open(lab.uri(), 1_280, 900);
    tab.await("document.querySelectorAll('#worst tbody tr').length === 50");
  }

  @AfterEach
  void close() {
    assertThat(tab.complaints()).isEmpty();
    tab.close();
  }

  @Test
  void walksOverTheCellsAndOpensOne() {
    tab.eval("document.getElementById('grid').focus()");
    tab.press("Home");
    tab.press("ArrowRight");
    tab.press("ArrowRight");
    tab.await("!document.getElementById('card').hidden");
    assertThat(tab.textOf("#card .name")).isEqualTo("core-3.example.net");
    assertThat(tab.textOf("#spoken")).startsWith("core-3.example.net, group core: up");

    tab.press("ArrowDown"); // into the next group, in the same column
    assertThat(tab.textOf("#card .name")).isEqualTo("edge-3.example.net");
    tab.press("End");
    assertThat(tab.textOf("#card .name")).isEqualTo("edge-300.example.net");
    assertThat(
            tab.eval(
                    "(() => { const box = document.querySelector('.ring').getBoundingClientRect();"
                        + " return box.bottom <= innerHeight; })()")
                .asBoolean())
        .isTrue();

    tab.press("Enter");
    tab.await("!document.getElementById('target').hidden");
    assertThat(tab.textOf("#heads h1")).isEqualTo("edge-300.example.net");
    tab.press("Escape");
    tab.await("!document.getElementById('overview').hidden");
  }

  @Test
  void searchesByNameAndLabelAndKeepsItInTheAddress() {
    tab.press("/");
    tab.type("edge-11 site=fra");

    tab.await("document.getElementById('shown').textContent.startsWith('5 of')");
    assertThat(hash()).isEqualTo("#q=edge-11+site%3Dfra");
    // edge-11, and of edge-110 to edge-119 each third.
    tab.go(lab.uri() + "?again" + hash());
    tab.await("document.getElementById('shown').textContent.startsWith('5 of')");
    assertThat(tab.text("document.getElementById('search').value")).isEqualTo("edge-11 site=fra");

    tab.eval("document.getElementById('search').focus()");
    tab.press("Escape");
    tab.await("document.getElementById('shown').textContent === ''");
  }

  @Test
  void filtersByStateAndGroup() {
    tab.click("[data-kind=lossy]");
    tab.await(
        "document.querySelector('[data-kind=lossy]').getAttribute('aria-pressed') === 'true'");
    assertThat(hash()).isEqualTo("#state=lossy");
    assertThat(tab.textOf("#shown")).startsWith(tab.textOf("[data-kind=lossy] b") + " of");

    tab.eval("location.hash = '#group=core'");
    tab.await("document.querySelectorAll('#grid h3').length === 1");
    assertThat(tab.textOf("#grid h3")).contains("core").contains("12 targets");
  }

  @Test
  void opensTheCellThatIsClicked() {
    JsonNode cell =
        tab.eval(
            "(() => { const box = document.querySelector('.cells').getBoundingClientRect(); return"
                + " [box.x + 3, box.y + 3]; })()");

    tab.moveTo(cell.get(0).asDouble(), cell.get(1).asDouble());
    tab.await("!document.getElementById('card').hidden");
    assertThat(tab.textOf("#card")).contains("core-1.example.net").contains("0 of 61 (0");
    tab.click(cell.get(0).asDouble(), cell.get(1).asDouble());

    tab.await("!document.getElementById('target').hidden");
    assertThat(hash()).isEqualTo("#t=core%2F10.0.0.0");
  }

  @Test
  void zoomsByDraggingAndComesBack() {
    tab.eval("location.hash = '#t=core/10.0.0.0&from=1700000000&to=1700003600'");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");
    JsonNode plot =
        tab.eval(
            "(() => { const box = document.querySelector('.u-over').getBoundingClientRect(); return"
                + " [box.x, box.y, box.width]; })()");
    double left = plot.get(0).asDouble();
    double width = plot.get(2).asDouble();

    tab.drag(left + width * 0.25, left + width * 0.5, plot.get(1).asDouble() + 80);

    tab.await("location.hash.includes('from=17000009') || location.hash.includes('from=17000008')");
    long from =
        tab.eval("Number(new URLSearchParams(location.hash.slice(1)).get('from'))").asLong();
    long to = tab.eval("Number(new URLSearchParams(location.hash.slice(1)).get('to'))").asLong();
    assertThat(from).isBetween(1_700_000_880L, 1_700_000_920L);
    assertThat(to).isBetween(1_700_001_780L, 1_700_001_820L);
    tab.await(
        "document.querySelector('#statistics td.number').textContent.length < 5"); // fewer probes

    tab.eval("history.back()");
    tab.await("location.hash.includes('to=1700003600')");
    tab.press("-");
    tab.await("location.hash.includes('from=1699998200')");
  }

  @Test
  void takesARangeByItsKeyAndLaysTargetsOver() {
    tab.eval("location.hash = '#t=core/10.0.0.0'");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");
    tab.press("7");
    tab.await("location.hash.endsWith('range=365d')");
    tab.await(
        "document.querySelector('[data-range=\"365d\"]').getAttribute('aria-pressed') === 'true'");

    tab.press("o");
    tab.type("edge-3.example.net");
    tab.press("Enter");

    tab.await("document.querySelectorAll('#statistics tbody tr').length === 2");
    assertThat(hash()).isEqualTo("#t=core%2F10.0.0.0&t=edge%2F10.0.0.14&range=365d");
    tab.click("#heads .remove");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");
  }

  @Test
  void keepsTheFocusWhereItIsWhileFiguresChange() {
    Target target = lab.targets.get(5);
    tab.eval("document.querySelector('#worst a[href$=\"10.0.0.5\"]').focus()");
    String before = tab.text("document.activeElement.closest('tr').textContent");

    for (int i = 0; i < 10; i++) {
      lab.probe(target, Outcome.LOST, 0);
    }
    lab.probe(target, Outcome.REPLY, 1_000_000);

    tab.await("document.querySelector('#worst a').textContent === 'core-6.example.net'");
    assertThat(tab.text("document.activeElement.closest('tr').textContent"))
        .startsWith("core-6.example.net")
        .isNotEqualTo(before);
  }

  @Test
  void showsItsKeys() {
    tab.press("?");
    tab.await("document.getElementById('help').open");
    tab.press("Escape");
    tab.await("!document.getElementById('help').open");
  }

  @Test
  void remembersTheTheme() {
    tab.press("d");
    tab.press("d");
    assertThat(tab.text("document.documentElement.dataset.theme")).isEqualTo("dark");
    String dark = tab.text("getComputedStyle(document.body).color");

    tab.go(lab.uri() + "?again");
    assertThat(tab.text("document.documentElement.dataset.theme")).isEqualTo("dark");
    tab.press("d");
    assertThat(tab.text("document.documentElement.dataset.theme")).isEqualTo("auto");
    assertThat(tab.text("getComputedStyle(document.body).color")).isNotEqualTo(dark);
  }

  @Test
  void tellsOfAConfigurationThatIsNotInForce() {
    lab.reloadError("ringtap.yml:12: <i>intervall</i> is no setting");
    tab.go(lab.uri() + "?again");
    tab.await("document.querySelector('.banner')");
    assertThat(tab.textOf(".banner"))
        .contains("Configuration not in force")
        .contains("<i>intervall</i>");
    lab.reloadError(null);
  }

  private String hash() {
    return tab.text("location.hash");
  }
}

package io.ringtap.system.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.page.HistoryView;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page says is what the history and the collector have.
@RequiresRawSockets
class PageValuesTest {
  private static final long HOUR = 3_600;
  private static final String THIN = "\u202f";

  private static Browser browser;

  private final long end = System.currentTimeMillis() / 1_000 / 60 * 60;
  private PageLab lab;
  private Tab tab;

  @BeforeAll
  static void startBrowser() throws IOException {
    browser = Browser.start();
  }

  @AfterAll
  static void endBrowser() throws IOException {
    browser.close();
  }

  @BeforeEach
  void open() throws IOException {
    lab = PageLab.of(new MadeHistory(end - 1_800, end - 1_200), Map.of("core", 30));
    tab = browser.open(lab.uri(), 1_280, 900);
    tab.await("document.querySelectorAll('#worst tbody tr').length === 30");
  }

  @AfterEach
  void close() {
    assertThat(tab.complaints()).isEmpty();
    tab.close();
    lab.close();
  }

  @Test
  void addsUpWhatTheHistoryHas() {
    List<Window> windows = lab.history.windows(0, end - HOUR, end, 500);
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    windows.forEach(window -> {
      counts.add(window.counts());
      rtt.add(window.rtt());
    });
    long lost = counts.get(Outcome.LOST);
    assertThat(lost).isBetween(600L, counts.sent() - 1);

    tab.eval("location.hash = '#t=core/10.0.0.0&from=%d&to=%d'".formatted(end - HOUR, end));
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");

    assertThat(cells("#statistics tbody td"))
        .containsExactly(
            "core-1.example.net",
            grouped(counts.sent()),
            grouped(counts.get(Outcome.REPLY)),
            grouped(lost),
            "%.0f%s%%".formatted(100.0 * lost / counts.decided(), THIN),
            milliseconds(rtt.min()),
            milliseconds(rtt.quantile(0.5)),
            milliseconds(rtt.quantile(0.95)),
            milliseconds(rtt.quantile(0.99)),
            milliseconds(rtt.max()));
  }

  @Test
  void readsAWindowOutWhereThePointerIs() {
    tab.eval("location.hash = '#t=core/10.0.0.1&from=%d&to=%d'".formatted(end - 300, end));
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");
    double x =
        tab.eval(
                "(() => { const box = document.querySelector('.u-over').getBoundingClientRect();"
                    + " return box.x + box.width * 155 / 300; })()")
            .asDouble();
    double y =
        tab.eval("document.querySelector('.u-over').getBoundingClientRect().y + 60").asDouble();

    tab.moveTo(x, y);

    Window window = lab.history.window(1, end - 150, 10);
    tab.await(
        "document.querySelector('#readout time').dateTime === new Date(%d).toISOString()"
            .formatted((end - 150) * 1_000));
    awaitText("#readout", "median " + milliseconds(window.rtt().quantile(0.5)));
    awaitText(
        "#readout",
        "5–95 % "
            + milliseconds(window.rtt().quantile(0.05))
            + " … "
            + milliseconds(window.rtt().quantile(0.95)));
    awaitText("#readout", "loss 0" + THIN + "%");
  }

  @Test
  void listsTheWorstFirstWithWhatTheCollectorCounted() {
    Target target = lab.targets.get(7);
    for (int i = 0; i < 2; i++) {
      lab.probe(target, Outcome.LOST, 0);
    }

    tab.await("document.querySelector('#worst tbody a').textContent === 'core-8.example.net'");

    // 60 probes of six windows, one that the lab begins with, and these two.
    awaitText("#worst tbody tr:first-child td:nth-of-type(2)", "3.2" + THIN + "%");
    awaitText("[data-kind=failing]", "1 no reply");
  }

  @Test
  void seesATargetGoDownAndComeBack() {
    Target target = lab.targets.get(3);
    awaitText("[data-kind=up]", "29 up"); // one of the lab's has loss

    for (int i = 0; i < PageLab.DOWN_AFTER; i++) {
      lab.probe(target, Outcome.LOST, 0);
    }
    tab.await("document.querySelector('[data-kind=down] b')?.textContent === '1'");
    awaitText("#grid h3", "1 down");

    lab.probe(target, Outcome.REPLY, 12_345_678);
    tab.await("!document.querySelector('[data-kind=down]')");
    tab.eval("location.hash = '#t=core/10.0.0.3'");
    tab.await("document.querySelector('#heads .tag')");
    awaitText("#heads", "latest 12.3" + THIN + "ms");
    assertThat(tab.textOf("#heads")).contains("loss");
  }

  @Test
  void hearsOfEventsAsTheyHappen() {
    Target target = lab.targets.get(2);

    lab.event(
        target, EventKind.LATENCY, true, end - 30, end - 20, "<b>median</b> 84 ms, limit 50 ms");
    tab.await("document.querySelector('#events .begin')");
    assertThat(tab.textOf("#events li"))
        .contains("latency", "core-3.example.net", "<b>median</b> 84 ms, limit 50 ms");
    assertThat(tab.eval("document.querySelectorAll('#events b').length").asInt()).isZero();

    lab.event(target, EventKind.LATENCY, false, end - 30, end, "median 20 ms");
    tab.await("document.querySelector('#events .end')");
    assertThat(tab.textOf("#events li")).contains("latency over").contains("after 30" + THIN + "s");
  }

  @Test
  void showsWhatTheStoreKeeps(@TempDir Path folder) throws IOException {
    StoreConfig day =
        new StoreConfig(
            folder.resolve("history"),
            100_000_000,
            Duration.ofHours(6),
            Duration.ofDays(7),
            Duration.ofDays(42),
            Duration.ofDays(365));
    TargetKey key = new TargetKey("core", "192.0.2.7", AddressFamily.ANY);
    try (Store store = Store.open(day, InstantSource.system());
        PageLab stored = new PageLab(lab.history, HistoryView.of(store.history()))) {
      Target target = new Target(store.idOf(key), key, "stored", Map.of(), ProbeSettings.DEFAULT);
      stored.add(target);
      store.onTargetAdded(target);
      long first = end - 1_900; // some of the windows are of the outage
      for (long start = first; start < first + 600; start += Window.BASE_SECONDS) {
        store.onWindow(target, lab.history.window(0, start, Window.BASE_SECONDS));
        store.onWindowsClosed(start);
      }
      Eventually.await(
          "the store has written",
          () -> store.history().windows(target.id(), first, first + 599, 100).size() == 60);
      OutcomeCounts counts = new OutcomeCounts();
      LatencyHistogram rtt = new LatencyHistogram();
      for (long start = first; start < first + 600; start += Window.BASE_SECONDS) {
        Window window = lab.history.window(0, start, Window.BASE_SECONDS);
        counts.add(window.counts());
        rtt.add(window.rtt());
      }

      tab.go("%s#t=core/192.0.2.7&from=%d&to=%d".formatted(stored.uri(), first, first + 599));
      tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");

      assertThat(cells("#statistics tbody td"))
          .startsWith(
              "stored",
              grouped(counts.sent()),
              grouped(counts.get(Outcome.REPLY)),
              grouped(counts.get(Outcome.LOST)))
          .contains(
              milliseconds(rtt.min()), milliseconds(rtt.quantile(0.5)), milliseconds(rtt.max()));
    }
  }

  @Test
  void tracesATargetThatIsNewOnThePage() {
    TargetKey key = new TargetKey("here", "127.0.0.1", AddressFamily.ANY);
    lab.add(new Target(30, key, "loopback", Map.of(), ProbeSettings.DEFAULT));
    tab.await("document.querySelectorAll('#grid h3').length === 2");

    tab.eval("location.hash = '#t=here/127.0.0.1'");
    tab.await("document.querySelectorAll('#statistics tbody tr').length === 1");
    tab.click("#trace-button");

    tab.await("document.getElementById('trace-state').textContent.endsWith('has answered.')");
    assertThat(cells("#hops tbody td")).startsWith("1", "127.0.0.1", "0" + THIN + "%");
  }

  /// The page is drawn in steps, and again when something comes.
  private void awaitText(String selector, String text) {
    Eventually.await(
        selector + " says: " + text,
        () ->
            tab.eval("document.querySelector('%s')?.textContent ?? ''".formatted(selector))
                .asString()
                .contains(text));
  }

  private List<String> cells(String selector) {
    return tab.eval(
            "[...document.querySelectorAll('%s')].map(cell => cell.textContent)"
                .formatted(selector))
        .valueStream()
        .map(cell -> cell.asString())
        .toList();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(",", THIN);
  }

  private static String milliseconds(long nanos) {
    double value = nanos / 1e6;
    int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f", value) + THIN + "ms";
  }
}

package io.ringtap.monitor;

import io.ringtap.monitor.blackbox.ProbeHandler;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.config.TargetSource;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.event.OpenEvents;
import io.ringtap.monitor.event.delivery.EventDelivery;
import io.ringtap.monitor.metrics.Figures;
import io.ringtap.monitor.metrics.MetricNames;
import io.ringtap.monitor.metrics.MetricsHandler;
import io.ringtap.monitor.metrics.MetricsListener;
import io.ringtap.monitor.page.HistoryView;
import io.ringtap.monitor.page.LiveTable;
import io.ringtap.monitor.page.LiveView;
import io.ringtap.monitor.page.Page;
import io.ringtap.monitor.page.PageStatus;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.tui.LatestProbes;
import io.ringtap.monitor.tui.Look;
import io.ringtap.monitor.tui.MonitorView;
import io.ringtap.monitor.tui.Watching;
import io.ringtap.monitor.watch.Watch;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.ping.Transport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The monitor: all its parts, opened and connected, until they are closed.
///
/// A [Watch] probes who is in the configuration. On its collector's thread all listeners hear of
/// what becomes of the probes: what counts for metrics and page, the history, and the rules that
/// make events. The web server asks all of them.
public final class Monitor implements RunningMonitor {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor");
  private static final int FIRST_TARGETS_MILLIS = 5_000;

  private final InstantSource clock = InstantSource.system();
  private final Instant started = clock.instant();
  private final String version;

  private final Parts parts = new Parts();
  private final WebServer web;
  private final Store store;
  private final EventDelivery delivery;
  private final Watch watch;
  private final LatestProbes latest = new LatestProbes();
  private final @Nullable Reloader reloader;
  private volatile MonitorConfig config;

  /// Opens a monitor and starts it.
  ///
  /// @param events called for each event, on the collector's thread
  /// @param onFailure hears of an error in this program after which nothing is probed any more, on
  ///   any thread
  /// @throws IllegalArgumentException if something in the configuration cannot be done; the message
  ///   is one line
  /// @throws IOException if the system refuses what is needed: sockets, the store's folder, the
  ///   port; the message is one line
  public static Monitor open(
      MonitorSetup setup, EventListener events, Consumer<Throwable> onFailure) throws IOException {
    return new Monitor(setup, events, onFailure);
  }

  @SuppressWarnings("this-escape") // to the reloader, which is started last
  private Monitor(MonitorSetup setup, EventListener events, Consumer<Throwable> onFailure)
      throws IOException {
    config = setup.config();
    version = setup.version();
    try {
      MetricsListener counts = new MetricsListener(names(setup.metrics().names()));
      web = parts.opened(WebServer.open(config.web()));
      store = parts.opened(Store.open(config.store(), clock));
      delivery = parts.opened(EventDelivery.start(config.delivery(), store, clock));
      LiveTable live = new LiveTable(this::downAfter, id -> openEvents().of(id));
      watch =
          parts.opened(
              Watch.open(
                  clock,
                  config.groups(),
                  new Watch.Connections(
                      store,
                      _ -> true,
                      store,
                      event ->
                          Stream.of(store, live, delivery, events)
                              .forEach(listener -> listener.onEvent(event)),
                      List.of(counts, live, latest, store),
                      onFailure)));
      watch.start();
      reloader =
          setup.file() == null
              ? null
              : parts.opened(
                  new Reloader(setup.file(), next -> take(setup.adapted().apply(next)), clock));
      serve(setup, counts, live);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
    web.start();
    if (reloader != null) {
      reloader.start();
    }
  }

  private OpenEvents openEvents() {
    return watch.openEvents();
  }

  private static MetricNames names(String word) {
    for (MetricNames names : MetricNames.values()) {
      if (names.word().equals(word)) {
        return names;
      }
    }
    throw new IllegalArgumentException(
        "there are no metrics with the names of '%s', but with those of %s"
            .formatted(word, MetricsForm.allNames()));
  }

  /// How many probes in a row without a reply show a target as down: as many as its group's rule
  /// says, and the usual number without one.
  private int downAfter(Target target) {
    for (GroupConfig group : config.groups()) {
      if (group.name().equals(target.key().group())) {
        for (RuleConfig rule : group.rules()) {
          if (rule.kind() == EventKind.DOWN) {
            return (int) rule.limit();
          }
        }
      }
    }
    return (int) RuleConfig.usual(EventKind.DOWN).limit();
  }

  private void serve(MonitorSetup setup, MetricsListener counts, LiveTable live) {
    Figures metrics = new Figures();
    Health health = new Health(metrics);
    health.add(watch.collector());
    health.add(watch.prober());
    health.add(watch.inventory());
    health.add(store);
    health.add(delivery);
    if (reloader != null) {
      health.addReloads(reloader::status);
    }
    web.route("GET", "/probe", parts.opened(new ProbeHandler(() -> config.web())));
    MetricsHandler handler =
        new MetricsHandler(
            watch.collector(), counts, metrics, version, setup.metrics().classicBuckets());
    Serving.serve(web, handler, reloader);
    Page.serve(
        web,
        new LiveView(live, watch::onCollector),
        HistoryView.of(store.history()),
        this::pageStatus);
  }

  private PageStatus pageStatus() {
    List<String> mistakes = reloader == null ? List.of() : reloader.status().mistakes();
    return new PageStatus(
        version,
        started.getEpochSecond(),
        mistakes.isEmpty() ? null : mistakes.getFirst(),
        watch.collector().missed(),
        store.status());
  }

  /// Does from now on what another configuration says, as far as a running monitor can.
  private void take(MonitorConfig next) {
    watch.update(next.groups());
    MonitorConfig before = config;
    config = next;
    delivery.reload(next.delivery());
    if (!next.store().equals(before.store()) || !next.web().equals(before.web())) {
      LOG.log(Level.WARNING, "what has changed under store and web counts from the next start on");
    }
  }

  @Override
  public void reload() {
    if (reloader != null) {
      ReloadStatus _ = reloader.reload();
    }
  }

  @Override
  public MonitorView view(Look look) {
    Watching watching = new Watching(watch.collector(), store.history(), openEvents(), latest);
    return new MonitorView(watching, clock, look);
  }

  @Override
  public String uri() {
    return web.uri();
  }

  /// How many targets are watched, in words, when those are that stand in the configuration; for
  /// lists that are read it does not wait.
  @Override
  public String extent() throws InterruptedException {
    boolean isWritten =
        config.groups().stream()
            .flatMap(group -> group.sources().stream())
            .anyMatch(TargetSource.Written.class::isInstance);
    int patience = isWritten ? FIRST_TARGETS_MILLIS : 0;
    for (int millis = 0; watch.inventory().size() == 0 && millis < patience; millis += 10) {
      Thread.sleep(10);
    }
    int size = watch.inventory().size();
    return size == 1 ? "1 target" : size + " targets";
  }

  @Override
  public boolean lacksRawSockets() {
    return watch.prober().automatic() == Transport.DATAGRAM;
  }

  /// Ends the monitor in order: no more probes, what is in flight is withdrawn, all outcomes are
  /// counted, the window that runs is passed on, the history is written, and the server ends.
  @Override
  public void close() {
    parts.close();
  }
}

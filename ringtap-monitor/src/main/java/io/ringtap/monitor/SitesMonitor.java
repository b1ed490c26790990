package io.ringtap.monitor;

import io.ringtap.monitor.collect.SiteCounts;
import io.ringtap.monitor.config.ConfigFile;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.event.OpenEvents;
import io.ringtap.monitor.event.UndeliveredEvent;
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
import io.ringtap.monitor.store.Reports;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetIds;
import io.ringtap.monitor.tui.LatestProbes;
import io.ringtap.monitor.tui.Look;
import io.ringtap.monitor.tui.MonitorView;
import io.ringtap.monitor.tui.Watching;
import io.ringtap.monitor.web.WebServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A monitor that probes nothing: it shows what the sites of a fleet have probed. Each site's
/// target is one of its own. Whoever reads what the sites say brings it here; page, metrics,
/// history and deliveries are those of a [Monitor].
public final class SitesMonitor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor");

  /// Which of several monitors delivers an event is agreed on elsewhere, and what is not delivered
  /// when this one ends is left to another.
  private static final EventMemory ELSEWHERE =
      new EventMemory() {
        @Override
        public List<Event> openEvents() {
          return List.of();
        }

        @Override
        public boolean keepUndelivered(List<UndeliveredEvent> events) {
          return true;
        }

        @Override
        public long[] medians(int targetId, long hourStartSeconds, int days) {
          return new long[0];
        }
      };

  /// What whoever brings it says of itself.
  ///
  /// @param downAfter how many probes in a row without a reply make a target down
  /// @param openEvents the states that are open
  /// @param reading what became of what was read, for the page
  public record Source(
      ToIntFunction<Target> downAfter,
      Supplier<OpenEvents> openEvents,
      Supplier<Map<String, Long>> reading) {}

  private final InstantSource clock = InstantSource.system();
  private final Instant started = clock.instant();
  private final Parts parts = new Parts();
  private final String version;
  private final Source source;
  private final EventListener events;
  private final WebServer web;
  private final Store store;
  private final EventDelivery delivery;
  private final SiteCounts counts = new SiteCounts(clock);
  private final LiveTable live;
  private final Figures figures = new Figures();
  private final @Nullable Reloader reloader;
  private volatile MonitorConfig config;

  /// Opens a monitor that knows of nothing yet, and serves nothing before [#start].
  ///
  /// @param events called for each new event
  /// @throws IllegalArgumentException if something in the configuration cannot be done; the message
  ///   is one line
  /// @throws IOException if the system refuses what is needed: the store's folder, the port; the
  ///   message is one line
  public static SitesMonitor open(MonitorSetup setup, Source source, EventListener events)
      throws IOException {
    return new SitesMonitor(setup, source, events);
  }

  @SuppressWarnings("this-escape") // to the reloader, which is started last
  private SitesMonitor(MonitorSetup setup, Source source, EventListener events) throws IOException {
    this.source = source;
    this.events = events;
    config = setup.config();
    version = setup.version();
    live = new LiveTable(source.downAfter, id -> source.openEvents.get().of(id));
    try {
      MetricsListener metrics = new MetricsListener(MetricNames.RINGTAP);
      web = parts.opened(WebServer.open(config.web()));
      store = parts.opened(Store.openOfFleet(config.store(), clock));
      delivery = parts.opened(EventDelivery.start(config.delivery(), ELSEWHERE, clock));
      counts.addListener(metrics);
      counts.addListener(live);
      counts.addListener(store);
      reloader =
          setup.file() == null
              ? null
              : parts.opened(
                  new Reloader(
                      setup.file(),
                      ConfigFile::readForFleet,
                      next -> take(setup.adapted().apply(next)),
                      clock));
      serve(setup, metrics);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void serve(MonitorSetup setup, MetricsListener metrics) {
    Health health = new Health(figures);
    health.add(counts);
    health.add(store);
    health.add(delivery);
    if (reloader != null) {
      health.addReloads(reloader::status);
    }
    Serving.serve(
        web,
        new MetricsHandler(counts, metrics, figures, version, setup.metrics().classicBuckets()),
        reloader);
    Page.serve(
        web, new LiveView(live, this::onCounts), HistoryView.of(store.history()), this::pageStatus);
  }

  private void onCounts(Runnable task) {
    counts.call(() -> {
      task.run();
      return true;
    });
  }

  private PageStatus pageStatus() {
    List<String> mistakes = reloader == null ? List.of() : reloader.status().mistakes();
    return new PageStatus(
        version,
        started.getEpochSecond(),
        mistakes.isEmpty() ? null : mistakes.getFirst(),
        0,
        store.status(),
        source.reading.get());
  }

  private void take(MonitorConfig next) {
    MonitorConfig before = config;
    config = next;
    delivery.reload(next.delivery());
    if (!next.store().equals(before.store()) || !next.web().equals(before.web())) {
      LOG.log(Level.WARNING, "what has changed under store and web counts from the next start on");
    }
  }

  /// Begins to serve.
  public void start() {
    web.start();
    if (reloader != null) {
      reloader.start();
    }
  }

  /// Gives targets their numbers.
  public TargetIds ids() {
    return store;
  }

  /// Which targets there are, and what is counted of them.
  public SiteCounts counts() {
    return counts;
  }

  /// Takes windows into the history.
  public Reports reports() {
    return store.reports();
  }

  /// The states that were open when the last process ended.
  public List<Event> openBefore() {
    return store.openEvents();
  }

  /// Keeps an event and shows it. Whether it is delivered is for another to say.
  ///
  /// @param isNews whether it has happened while this monitor ran
  public void show(Event event, boolean isNews) {
    onCounts(() -> {
      store.onEvent(event);
      live.onEvent(event);
    });
    if (isNews) {
      events.onEvent(event);
    }
  }

  /// Tells those of events that stand in the configuration.
  public EventDelivery delivery() {
    return delivery;
  }

  /// Whether there is anybody to be told.
  public boolean delivers() {
    DeliveryConfig to = config.delivery();
    return !(to.alertmanagers().isEmpty() && to.webhooks().isEmpty() && to.commands().isEmpty());
  }

  /// Where whoever brings what is shown registers figures of itself.
  public Figures figures() {
    return figures;
  }

  /// See [RunningMonitor#reload].
  public void reload() {
    if (reloader != null) {
      ReloadStatus _ = reloader.reload();
    }
  }

  /// See [RunningMonitor#view].
  public MonitorView view(Look look) {
    Watching watching =
        new Watching(counts, store.history(), source.openEvents.get(), new LatestProbes());
    return new MonitorView(watching, clock, look);
  }

  /// See [RunningMonitor#uri].
  public String uri() {
    return web.uri();
  }

  /// Ends it; whoever brings something is to have ended before.
  @Override
  public void close() {
    parts.close();
  }
}

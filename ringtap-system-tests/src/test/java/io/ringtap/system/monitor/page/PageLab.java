package io.ringtap.system.monitor.page;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.page.HistoryView;
import io.ringtap.monitor.page.LiveTable;
import io.ringtap.monitor.page.LiveView;
import io.ringtap.monitor.page.Page;
import io.ringtap.monitor.page.PageStatus;
import io.ringtap.monitor.store.StoreStatus;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A page over targets that are not there: the lab says what becomes of their probes.
final class PageLab implements AutoCloseable {
  static final int DOWN_AFTER = 3;

  final MadeHistory history;
  final List<Target> targets = new ArrayList<>();

  private final HistoryView shown;

  private final List<Event> open = new CopyOnWriteArrayList<>();
  private final LiveTable table;
  private final ExecutorService collector = Executors.newSingleThreadExecutor();
  private final LiveView view;
  private WebServer web;
  private volatile @Nullable String reloadError;
  private long eventNumber;

  PageLab(MadeHistory history) throws IOException {
    this(history, history);
  }

  /// @param shown what the page is told to have happened
  PageLab(MadeHistory history, HistoryView shown) throws IOException {
    this.history = history;
    this.shown = shown;
    this.table =
        new LiveTable(
            _ -> DOWN_AFTER,
            id -> open.stream().filter(event -> event.target().id() == id).toList());
    this.view = new LiveView(table, collector);
    this.web = serve("127.0.0.1:0");
  }

  private WebServer serve(String listen) throws IOException {
    WebServer server = WebServer.open(new WebConfig(listen, null, List.of(), Map.of()));
    StoreStatus store = new StoreStatus(123_456_789, 1, 0, 1, 0, 0, null);
    Page.serve(server, view, shown, () -> new PageStatus("1.2.3", 0, reloadError, 0, store));
    server.start();
    return server;
  }

  /// A lab with so many targets in each group, all of which have answered for a minute.
  static PageLab of(MadeHistory history, Map<String, Integer> groups) throws IOException {
    PageLab lab = new PageLab(history);
    groups.forEach(lab::add);
    lab.liveAMinute();
    return lab;
  }

  /// A lab in which each of so many targets is watched from several sites. They come one site of a
  /// target after the other.
  static PageLab ofSites(MadeHistory history, int number, List<String> sites) throws IOException {
    PageLab lab = new PageLab(history);
    for (int id = 0; id < number * sites.size(); id++) {
      int place = id / sites.size();
      String site = sites.get(id % sites.size());
      String host = "10." + place / 65_536 + "." + place / 256 % 256 + "." + place % 256;
      lab.add(
          new Target(
              id,
              new TargetKey("core", host, AddressFamily.ANY, site),
              "core-" + (place + 1) + ".example.net",
              new TreeMap<>(Map.of("site", site)),
              ProbeSettings.DEFAULT));
    }
    lab.liveAMinute();
    return lab;
  }

  String uri() {
    return web.uri();
  }

  /// Ends the server and lets another one listen where it did, when told to.
  Runnable stopServer() {
    String listen = "127.0.0.1:" + web.address().getPort();
    web.close();
    return () -> {
      try {
        web = serve(listen);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    };
  }

  void reloadError(@Nullable String why) {
    reloadError = why;
  }

  private void add(String group, int number) {
    for (int i = 0; i < number; i++) {
      int id = targets.size();
      Map<String, String> labels =
          new TreeMap<>(Map.of("site", List.of("ams", "fra", "zrh").get(i % 3)));
      String host = "10." + id / 65_536 + "." + id / 256 % 256 + "." + id % 256;
      String name = group + "-" + (i + 1) + ".example.net";
      add(
          new Target(
              id,
              new TargetKey(group, host, AddressFamily.ANY),
              name,
              labels,
              ProbeSettings.DEFAULT));
    }
  }

  void add(Target target) {
    targets.add(target);
    run(() -> {
      table.onTargetAdded(target);
      table.onAddress(target, null, IpAddress.parse(target.key().host()));
    });
  }

  /// Takes in what the history has of the last minute.
  void liveAMinute() {
    long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    long first = now - now % Window.BASE_SECONDS - 60;
    for (long start = first; start < first + 60; start += Window.BASE_SECONDS) {
      closeWindow(start);
    }
    for (Target target : targets) {
      Window last = history.window(target.id(), first + 50, Window.BASE_SECONDS);
      boolean isUp = last.rtt().count() > 0;
      probe(target, isUp ? Outcome.REPLY : Outcome.LOST, isUp ? last.rtt().min() : 0);
    }
  }

  /// All targets' windows that began then are over.
  void closeWindow(long start) {
    run(() -> {
      for (Target target : targets) {
        table.onWindow(target, history.window(target.id(), start, Window.BASE_SECONDS));
      }
      table.onWindowsClosed(start);
    });
  }

  /// A probe has ended.
  void probe(Target target, Outcome outcome, long rttNanos) {
    run(() -> table.onProbe(new MadeProbe(target, outcome, rttNanos)));
  }

  /// An event begins or ends now.
  void event(
      Target target,
      EventKind kind,
      boolean isBegin,
      long sinceSeconds,
      long atSeconds,
      String detail) {
    Event event =
        new Event(
            target,
            kind,
            isBegin,
            TimeUnit.SECONDS.toNanos(sinceSeconds),
            TimeUnit.SECONDS.toNanos(atSeconds),
            detail);
    open.removeIf(other -> other.target().equals(target) && other.kind() == kind);
    if (isBegin) {
      open.add(event);
    }
    eventNumber++;
    history.add(
        new StoredEvent(
            eventNumber,
            target.id(),
            kind,
            isBegin,
            event.sinceNanos(),
            event.epochNanos(),
            detail));
    run(() -> table.onEvent(event));
  }

  private void run(Runnable task) {
    try {
      collector.submit(task).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    web.close();
    collector.shutdownNow();
  }
}

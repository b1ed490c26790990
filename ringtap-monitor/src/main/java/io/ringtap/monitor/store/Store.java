package io.ringtap.monitor.store;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.event.UndeliveredEvent;
import io.ringtap.monitor.store.Handover.Batch;
import io.ringtap.monitor.store.Ledger.StoredDelivery;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetIds;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Keeps the history. Without a folder it keeps the newest part of it in memory, in 48 MB.
///
/// As a listener it runs on the collector's thread, where it only hands over; its own thread
/// encodes, writes and deletes. Whatever cannot be written is counted in [#status], and the store
/// goes on by itself as soon as it can.
public final class Store
    implements CollectorListener, EventListener, EventMemory, TargetIds, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.store");
  private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final InstantSource clock;
  private final Inventory inventory = new Inventory();
  private final ProbePool pool = new ProbePool();
  private final StoreWriter writer;
  private final History history;
  private final AtomicLong lastEvent;
  private final boolean keepsProbes;
  private final @Nullable Reports reports;
  private Batch batch = new Batch(); // of the window that runs
  private @Nullable ProbeChunk chunk; // the batch's last

  private Store(StoreConfig config, StoreKind kind, InstantSource clock, StoreParts parts)
      throws IOException {
    this.clock = clock;
    Map<String, byte[]> marks = Map.of();
    try {
      if (kind == StoreKind.FLEET) {
        marks = parts.ledger().marks();
        parts.cutTo(marks.get(Reports.OWN));
      }
      inventory.load(parts.ledger().targets(), parts.series().reader().endSeconds());
      lastEvent = new AtomicLong(parts.ledger().lastNumber());
    } catch (IOException e) {
      parts.close();
      throw e;
    }
    if (parts.series().torn() > 0) {
      LOG.log(
          Level.INFO,
          "history: cut off what a crash had left half written in %d files"
              .formatted(parts.series().torn()));
    }
    keepsProbes = config.raw().isPositive();
    writer = new StoreWriter(config, kind, clock, parts, inventory, pool);
    reports = kind == StoreKind.FLEET ? new Reports(writer, marks) : null;
    history = new History(writer::parts, inventory::all, () -> {});
  }

  /// Opens the store of a folder, which is made if it is not there, and repairs what a crash left.
  ///
  /// @param clock for ages
  /// @throws IOException with one clear line if the folder cannot be used: it is no store, a newer
  ///   one, or in use
  public static Store open(StoreConfig config, InstantSource clock) throws IOException {
    return open(config, clock, StoreParts.open(config, StoreKind.MONITOR, null));
  }

  /// Opens the store of a folder for what the sites of a fleet have probed, which [#reports] takes
  /// in. What came after the last marks is taken back.
  ///
  /// @param clock for ages
  /// @throws IOException with one clear line if the folder cannot be used: it is no store, one of a
  ///   monitor that probes by itself, a newer one, or in use
  public static Store openOfFleet(StoreConfig config, InstantSource clock) throws IOException {
    return open(config, StoreKind.FLEET, clock, StoreParts.open(config, StoreKind.FLEET, null));
  }

  /// Opens one of parts that are open, which it closes.
  static Store open(StoreConfig config, InstantSource clock, StoreParts parts) throws IOException {
    return open(config, StoreKind.MONITOR, clock, parts);
  }

  private static Store open(
      StoreConfig config, StoreKind kind, InstantSource clock, StoreParts parts)
      throws IOException {
    Store store = new Store(config, kind, clock, parts);
    store.writer.start();
    return store;
  }

  /// Reads the store of a folder, which another process may be writing, and changes nothing in it.
  /// It shows what was written up to now.
  ///
  /// @throws IOException with one clear line if it is no store that can be read
  public static History read(Path folder) throws IOException {
    StoreParts parts = StoreParts.read(folder);
    Inventory inventory = new Inventory();
    try {
      inventory.load(parts.ledger().targets(), parts.series().reader().endSeconds());
    } catch (IOException e) {
      parts.close();
      throw e;
    }
    return new History(() -> parts, inventory::all, parts::close);
  }

  /// What it holds.
  public History history() {
    return history;
  }

  /// Takes in what the sites of a fleet have probed.
  ///
  /// @throws IllegalStateException if it is no store [of a fleet][#openOfFleet]
  public Reports reports() {
    if (reports == null) {
      throw new IllegalStateException("not the history of a fleet");
    }
    return reports;
  }

  /// How it does. For any thread.
  public StoreStatus status() {
    return writer.status();
  }

  @Override
  public int idOf(TargetKey key) {
    return inventory.idOf(key, nowSeconds());
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  @Override
  public void onProbe(ProbeView probe) {
    if (!keepsProbes) {
      return;
    }
    ProbeChunk last = chunk;
    if (last == null || last.count() == ProbeChunk.ROOM) {
      last = pool.take();
      if (last == null) {
        writer.lostProbe();
        return;
      }
      chunk = last;
      batch.probes.add(last);
    }
    last.add(probe);
  }

  @Override
  public void onWindow(Target target, Window window) {
    batch.add(target.id(), window);
  }

  @Override
  public void onWindowsClosed(long startSeconds) {
    Batch full = batch;
    batch = new Batch();
    chunk = null;
    full.startSeconds = startSeconds;
    writer.put(full);
  }

  @Override
  public void onTargetAdded(Target target) {
    inventory.watched(target, nowSeconds());
  }

  @Override
  public void onTargetChanged(Target before, Target now) {
    inventory.watched(now, nowSeconds());
  }

  @Override
  public void onTargetRemoved(Target target) {
    inventory.removed(target, nowSeconds());
  }

  @Override
  public void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {
    inventory.address(target, now.toString());
  }

  @Override
  public void onEvent(Event event) {
    writer.put(stored(lastEvent.incrementAndGet(), event));
  }

  @Override
  public List<Event> openEvents() {
    List<Event> open = new ArrayList<>();
    try {
      for (StoredEvent event : writer.parts().ledger().openEvents()) {
        StoredTarget target = inventory.find(event.targetId());
        if (target != null) {
          open.add(event(event, target));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open;
  }

  @Override
  public List<UndeliveredEvent> undelivered() {
    List<UndeliveredEvent> undelivered = new ArrayList<>();
    try {
      for (StoredDelivery delivery : writer.parts().ledger().undelivered()) {
        StoredTarget target = inventory.find(delivery.event().targetId());
        if (target != null) {
          undelivered.add(
              new UndeliveredEvent(delivery.destination(), event(delivery.event(), target)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return undelivered;
  }

  @Override
  public boolean keepUndelivered(List<UndeliveredEvent> events) {
    List<StoredDelivery> deliveries = new ArrayList<>();
    for (UndeliveredEvent each : events) {
      deliveries.add(
          new StoredDelivery(each.destination(), stored(deliveries.size(), each.event())));
    }
    try {
      return writer.parts().ledger().keepUndelivered(deliveries);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "history: " + e.getMessage());
      return false;
    }
  }

  private static StoredEvent stored(long number, Event event) {
    return new StoredEvent(
        number,
        event.target().id(),
        event.kind(),
        event.isBegin(),
        event.sinceNanos(),
        event.epochNanos(),
        event.detail(),
        event.seenBy() == null ? null : event.seenBy().text());
  }

  private static Event event(StoredEvent event, StoredTarget target) {
    return new Event(
        new Target(
            target.id(), target.key(), target.name(), target.labels(), ProbeSettings.DEFAULT),
        event.kind(),
        event.isBegin(),
        event.sinceNanos(),
        event.epochNanos(),
        event.detail());
  }

  @Override
  public long[] medians(int targetId, long hourStartSeconds, int days) {
    LongStream.Builder found = LongStream.builder();
    long hour = Math.floorDiv(hourStartSeconds, HOUR_SECONDS) * HOUR_SECONDS;
    try {
      for (int day = 1; day <= days; day++) {
        long median = writer.parts().series().reader().median(targetId, hour - day * DAY_SECONDS);
        if (median >= 0) {
          found.add(median);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.build().toArray();
  }

  /// Waits until all that was heard before is written, or has failed to be: up to the last
  /// [#onWindowsClosed].
  public void flush() {
    writer.flush();
  }

  /// Writes what was handed over and closes.
  @Override
  public void close() {
    writer.close();
  }
}

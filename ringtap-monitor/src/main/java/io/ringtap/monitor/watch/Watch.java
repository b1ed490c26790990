package io.ringtap.monitor.watch;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.event.EventDetector;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.event.OpenEvents;
import io.ringtap.monitor.probe.Prober;
import io.ringtap.monitor.target.Inventory;
import io.ringtap.monitor.target.TargetIds;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Watches targets: the parts that find out who they are, probe them, count what becomes of it and
/// make events of that. Where targets come from and where results go is for its owner to say.
///
/// Outcomes go from the pingers through the rings of the [Prober] to the [Collector], on whose
/// thread all listeners hear of them, the [EventDetector] last. The [Inventory] says who is to be
/// probed.
public final class Watch implements AutoCloseable {
  /// What a watch is connected to.
  ///
  /// @param ids gives targets their numbers, on the inventory's thread
  /// @param allowed which addresses may be probed, whatever targets say; asked on any thread
  /// @param memory what is known from before this process
  /// @param events called for each event, on the collector's thread
  /// @param listeners hear on the collector's thread, in this order, before the rules do
  /// @param onFailure hears of an error in this program after which something is not probed any
  ///   more, on any thread
  public record Connections(
      TargetIds ids,
      Predicate<IpAddress> allowed,
      EventMemory memory,
      EventListener events,
      List<CollectorListener> listeners,
      Consumer<Throwable> onFailure) {}

  private final Collector collector;
  private final Prober prober;
  private final EventDetector detector;
  private final Inventory inventory;
  private final List<GroupConfig> first;

  private Watch(
      InstantSource clock,
      Collector collector,
      Prober prober,
      List<GroupConfig> groups,
      Connections to) {
    this.collector = collector;
    this.prober = prober;
    first = groups;
    Instant now = clock.instant();
    long epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    detector = new EventDetector(epochNanos, groups, to.memory, to.events);
    to.listeners.forEach(collector::addListener);
    collector.addListener(detector);
    inventory = new Inventory(to.ids, prober);
  }

  /// Opens the sockets that these groups need. Nothing is probed before [#start].
  ///
  /// @throws IOException if the kernel refuses them; it names the call, the error and what to grant
  public static Watch open(InstantSource clock, List<GroupConfig> groups, Connections connections)
      throws IOException {
    Collector collector = new Collector(clock, System::nanoTime);
    Prober prober = new Prober(collector, clock, connections.allowed, connections.onFailure);
    try {
      for (GroupConfig group : groups) {
        prober.open(group.settings().transport());
      }
    } catch (IOException | RuntimeException e) {
      prober.close();
      throw e;
    }
    return new Watch(clock, collector, prober, groups, connections);
  }

  /// Begins with the groups that it was opened with.
  ///
  /// @throws IllegalArgumentException if something in them is no target, or they have too many. The
  ///   message is one line
  public void start() {
    inventory.update(first);
    collector.start();
  }

  /// Watches what these groups say from now on, by their rules, instead of what was said before.
  /// Returns before all of that is done.
  ///
  /// @throws IllegalArgumentException if something in them is no target, or they have too many;
  ///   nothing is changed then. The message is one line
  public void update(List<GroupConfig> groups) {
    inventory.update(groups);
    onCollector(() -> detector.reload(groups));
  }

  /// Waits until who was not to be watched any more, by the updates before this call, is sent
  /// nothing more.
  ///
  /// @return whether that was so within `patience`
  public boolean awaitEnds(Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    return inventory.awaitUpdates(patience)
        && prober.awaitEnds(patience.minusNanos(System.nanoTime() - start));
  }

  /// Runs something on the collector's thread, between two batches, and waits for it.
  public void onCollector(Runnable task) {
    collector.call(() -> {
      task.run();
      return true;
    });
  }

  /// The thread that owns all counts.
  public Collector collector() {
    return collector;
  }

  /// Who sends.
  public Prober prober() {
    return prober;
  }

  /// Who is watched.
  public Inventory inventory() {
    return inventory;
  }

  /// The states that are open now; any thread may read them.
  public OpenEvents openEvents() {
    return detector.open();
  }

  /// Ends in order: no more probes, what is in flight is withdrawn, all outcomes are counted, and
  /// the window that runs is passed on.
  @Override
  public void close() {
    inventory.close();
    detector.close();
    prober.close();
    collector.close();
  }
}

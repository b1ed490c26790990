package io.ringtap.monitor.probe;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.target.InventoryListener;
import io.ringtap.monitor.target.Target;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingerCounters;
import io.ringtap.ping.Transport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Probes who is to be watched, and tells the collector of who that is.
///
/// There is a pinger for each kind of sockets in use, opened when the first target needs it, and a
/// further one when it has no room. A target that is to be probed in another way, or has another
/// address, is begun again: its probes in flight are withdrawn, and its numbers begin at 1. One
/// that is only labelled or shown in another way goes on.
public final class Prober implements InventoryListener, AutoCloseable {
  /// How targets are probed.
  private record Way(ProbeSettings settings, int interfaceIndex) {}

  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.probe");
  private static final int FIRST_ROOM = 64;
  private static final long REMOVAL_PATIENCE_SECONDS = 10;

  private final Collector collector;
  private final InstantSource wall;
  private final Predicate<IpAddress> allowed;
  private final Consumer<Throwable> onFailure;

  // The inventory's thread and that which looks at interfaces use these, guarded by this.
  private final Map<Transport, List<Lane>> lanes = new EnumMap<>(Transport.class);
  private final Map<Way, PingOptions> options = new HashMap<>();
  private final Interfaces interfaces = new Interfaces(this::onInterface);
  private @Nullable Watched[] watched = new @Nullable Watched[FIRST_ROOM]; // by number
  private @Nullable Transport automatic; // what sockets there are
  private boolean isClosed;
  private long refusals; // so far

  /// Requests that are withdrawn and have not had their last outcome. Any thread.
  private final Set<CompletableFuture<?>> ending = ConcurrentHashMap.newKeySet();

  /// Those of which the collector has not said the last. Any thread.
  private final Map<Integer, CompletableFuture<Void>> removals = new ConcurrentHashMap<>();

  /// @param wall by which probes have their phase
  /// @param allowed which addresses may be probed; a target that is elsewhere is known, but sent
  ///   nothing
  /// @param onFailure hears if a pinger has failed by an error in this program, on any thread: then
  ///   its targets are not probed any more
  public Prober(
      Collector collector,
      InstantSource wall,
      Predicate<IpAddress> allowed,
      Consumer<Throwable> onFailure) {
    this.collector = collector;
    this.wall = wall;
    this.allowed = allowed;
    this.onFailure = onFailure;
  }

  /// Opens the sockets for targets to come, so that it is known whether there are any.
  ///
  /// @throws IOException if the kernel refuses them; it names the call, the error and what to grant
  public synchronized void open(Transport transport) throws IOException {
    Transport actual = actual(transport);
    if (lanes(actual).isEmpty()) {
      lanes(actual).add(Lane.open(actual, collector));
    }
  }

  /// The kind of sockets that is meant.
  private Transport actual(Transport transport) throws IOException {
    if (transport != Transport.AUTO) {
      return transport;
    }
    Transport known = automatic;
    if (known == null) {
      Lane lane = Lane.open(Transport.AUTO, collector);
      known = lane.pinger.transport();
      automatic = known;
      lanes(known).add(lane);
    }
    return known;
  }

  private List<Lane> lanes(Transport transport) {
    return lanes.computeIfAbsent(transport, _ -> new ArrayList<>());
  }

  /// What is used for [Transport#AUTO]; null if that has not been asked for yet.
  public synchronized @Nullable Transport automatic() {
    return automatic;
  }

  /// What each pinger has counted. Any thread.
  public synchronized List<PingerCounters> counters() {
    return lanes.values().stream().flatMap(List::stream).map(l -> l.pinger.counters()).toList();
  }

  /// How many targets are watched that are not probed, for they are where nothing may be probed.
  /// Any thread.
  public synchronized int refused() {
    int refused = 0;
    for (Watched one : watched) {
      refused += one != null && one.isRefused ? 1 : 0;
    }
    return refused;
  }

  /// Waits until those that have been removed, or are probed elsewhere, are sent nothing more, and
  /// what was in flight has been withdrawn.
  ///
  /// @return whether that was so within `patience`
  public boolean awaitEnds(Duration patience) throws InterruptedException {
    CompletableFuture<?> all = CompletableFuture.allOf(ending.toArray(CompletableFuture<?>[]::new));
    try {
      all.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true; // a pinger that has failed sends nothing
    }
  }

  @Override
  public void onAdded(Target target) {
    awaitRemoval(target.id());
    synchronized (this) {
      if (target.id() >= watched.length) {
        watched = Arrays.copyOf(watched, Math.max(target.id() + 1, 2 * watched.length));
      }
      watched[target.id()] = new Watched(target);
    }
    collector.add(target);
  }

  /// One that was removed a moment ago, and is watched again.
  private void awaitRemoval(int id) {
    CompletableFuture<Void> removal = removals.get(id);
    if (removal == null) {
      return;
    }
    try {
      removal.get(REMOVAL_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.WARNING, "target " + id + " is watched again before its end was counted");
    }
  }

  @Override
  public synchronized void onChanged(Target before, Target now) {
    collector.change(before, now);
    Watched one = watched[now.id()];
    if (one == null) {
      return;
    }
    if (before.settings().equals(now.settings())) {
      one.target = now;
    } else {
      end(one);
      one.target = now;
      begin(one);
    }
  }

  @Override
  public synchronized void onRemoved(Target target) {
    Watched one = watched[target.id()];
    if (one == null) {
      return;
    }
    watched[target.id()] = null;
    end(one);
    CompletableFuture<Void> removal = new CompletableFuture<>();
    removals.put(target.id(), removal);
    CompletableFuture<?> _ =
        one.ended.whenComplete((_, _) ->
            collector.remove(
                target,
                () -> {
                  removals.remove(target.id(), removal);
                  removal.complete(null);
                }));
  }

  @Override
  public synchronized void onAddress(
      Target target, @Nullable IpAddress before, IpAddress now, int scopeId) {
    collector.address(target, before, now);
    Watched one = watched[target.id()];
    if (one != null) {
      end(one);
      one.address = now;
      one.scopeId = scopeId;
      begin(one);
    }
  }

  @Override
  public void onUnresolved(Target target, String why) {
    collector.unresolved(target, why);
  }

  @Override
  public void onResolved(Target target) {
    collector.resolved(target);
  }

  /// Begins to probe a target if it has an address.
  private void begin(Watched one) {
    IpAddress address = one.address;
    if (address == null || isClosed) {
      return;
    }
    one.isRefused = !allowed.test(address);
    if (one.isRefused) {
      tellRefused(one.target, address);
      return;
    }
    Target target = one.target;
    ProbeSettings settings = target.settings();
    Way way = new Way(settings, interfaces.index(settings.interfaceName()));
    try {
      Lane lane = lane(settings.transport(), one.inFlight());
      Instant now = wall.instant();
      long epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
      PingOptions timed =
          options(way)
              .withStartDelay(Phase.delay(target.key(), settings.interval().toNanos(), epochNanos));
      Ping<Long> ping =
          lane.pinger.watch(
              new PingRequest(address, one.scopeId, timed, null),
              new RingWriter(target.id(), lane.ring));
      one.lane = lane;
      one.ping = ping;
      CompletableFuture<?> _ =
          ping.whenComplete((_, failure) -> {
            if (failure != null) {
              onFailure.accept(failure);
            }
          });
    } catch (IOException | IllegalStateException | RejectedExecutionException e) {
      LOG.log(Level.ERROR, target.key() + " is not probed: " + e.getMessage());
    }
  }

  private void tellRefused(Target target, IpAddress address) {
    refusals++;
    if (Long.bitCount(refusals) == 1) { // not a line for each of many
      String where = address.toString().equals(target.key().host()) ? "" : " (" + address + ")";
      LOG.log(
          Level.WARNING,
          "%s%s is not probed, for this machine is not allowed to (so often so far: %d)"
              .formatted(target.key(), where, refusals));
    }
  }

  /// Withdraws what is in flight to a target, and sends it no more.
  private void end(Watched one) {
    Ping<Long> ping = one.ping;
    Lane lane = one.lane;
    if (ping == null || lane == null) {
      return;
    }
    ending.add(ping);
    ping.withdraw();
    forgetWhenEnded(ping);
    lane.giveBack(one.inFlight());
    CompletableFuture<?> before = one.ended;
    one.ended = before.isDone() ? ping : CompletableFuture.allOf(before, ping);
    one.ping = null;
    one.lane = null;
  }

  // A future is equal to itself only.
  @SuppressWarnings("CollectionUndefinedEquality")
  private void forgetWhenEnded(CompletableFuture<?> ping) {
    CompletableFuture<?> _ = ping.whenComplete((_, _) -> ending.remove(ping));
  }

  /// A pinger that has room.
  private Lane lane(Transport transport, long inFlight) throws IOException {
    Transport actual = actual(transport);
    for (Lane lane : lanes(actual)) {
      if (lane.take(inFlight)) {
        return lane;
      }
    }
    Lane another = Lane.open(actual, collector);
    lanes(actual).add(another);
    if (!another.take(inFlight)) {
      throw new IllegalStateException(inFlight + " probes in flight are too many");
    }
    return another;
  }

  /// The options of all targets that are probed in a way: they share one form, which the pinger
  /// lays out once.
  private PingOptions options(Way way) {
    return options.computeIfAbsent(way, Prober::made);
  }

  private static PingOptions made(Way way) {
    ProbeSettings settings = way.settings();
    String source = settings.source();
    return PingOptions.DEFAULT
        .withCount(PingOptions.UNLIMITED)
        .withInterval(settings.interval())
        .withTimeout(settings.timeout())
        .withPayloadBytes(settings.payloadBytes())
        .withTrafficClass(settings.trafficClass())
        .withHopLimit(settings.hopLimit())
        .withSource(source == null ? null : IpAddress.parse(source))
        .withInterfaceIndex(way.interfaceIndex());
  }

  /// An interface has come, gone, or come again as another: who is probed through it begins again.
  private synchronized void onInterface(String name) {
    options.keySet().removeIf(way -> name.equals(way.settings().interfaceName()));
    for (Watched one : watched) {
      if (one != null && name.equals(one.target.settings().interfaceName())) {
        end(one);
        begin(one);
      }
    }
  }

  /// Withdraws all probes, ends all pingers and waits for them: what became of each probe is in the
  /// rings when this returns. The inventory is to be closed before.
  @Override
  public void close() {
    interfaces.close();
    List<Lane> all;
    synchronized (this) {
      isClosed = true;
      all = lanes.values().stream().flatMap(List::stream).toList();
    }
    all.forEach(Lane::close);
  }
}

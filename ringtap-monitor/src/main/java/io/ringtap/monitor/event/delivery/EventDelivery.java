package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.event.UndeliveredEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Tells all destinations of events. Events are taken in at once; a thread of its own decides what
/// is sent, and each destination has its own queue and thread, so none waits for another.
///
/// - Alertmanagers get each state as it begins, again every `repeat` while it goes on, and of its
///   end for a quarter of an hour, so one that was down or has started again knows too.
/// - Webhooks and commands get each event once.
/// - In a maintenance no begin is sent. A state that still goes on when it is over is sent then;
///   one that has ended is not sent at all. The end of a state that was sent before is sent at
///   once, as somebody waits for it.
/// - States from before the monitor's start count as sent, except those that began in a maintenance
///   that is not over yet. What a destination had not taken when the monitor ended in order is sent
///   to it by the next one, unless it has grown too old.
public final class EventDelivery implements EventListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.event");
  private static final long ENDED_NANOS = TimeUnit.MINUTES.toNanos(15);
  private static final int MOST_ENDED = 100_000;
  private static final long TICK_MILLIS = 250;
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /// The end of a state, and when it was sent first, by [System#nanoTime].
  private record Ended(Event event, long toldNanos) {}

  private final Destinations destinations;
  private final InstantSource clock;
  private final EventMemory memory;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("event delivery").factory());

  // The thread's. Each state is in at most one of them.
  private final Map<EventKey, Event> sent = new HashMap<>();
  private final Map<EventKey, Event> withheld = new LinkedHashMap<>();
  private final LinkedHashMap<EventKey, Ended> ended = new LinkedHashMap<>();
  private DeliveryConfig config;
  private long repeatedNanos;

  private EventDelivery(
      DeliveryConfig config, Destinations destinations, EventMemory memory, InstantSource clock) {
    this.config = config;
    this.destinations = destinations;
    this.memory = memory;
    this.clock = clock;
  }

  /// Begins to deliver.
  ///
  /// @param memory what the last process left
  /// @param clock for maintenances and the ends of alerts
  public static EventDelivery start(
      DeliveryConfig config, EventMemory memory, InstantSource clock) {
    return start(config, memory, clock, new Destinations(clock));
  }

  static EventDelivery start(
      DeliveryConfig config, EventMemory memory, InstantSource clock, Destinations destinations) {
    EventDelivery delivery = new EventDelivery(config, destinations, memory, clock);
    delivery.begin();
    return delivery;
  }

  private void begin() {
    destinations.use(config);
    Instant now = clock.instant();
    long nowNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    destinations.goOn(memory.undelivered(), nowNanos);
    memory.openEvents().forEach(this::begun);
    repeat();
    var _ =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// A state is open of which it was told before.
  private void begun(Event event) {
    // Withheld then, and still: it is to be sent when its maintenance is over.
    boolean isWithheld = isMaintained(event) && isMaintained(event, knownAt(event));
    (isWithheld ? withheld : sent).put(EventKey.of(event), event);
  }

  /// Whether the state that an event begins can end.
  static boolean hasEnd(Event event) {
    return event.kind() != EventKind.ADDRESS;
  }

  @Override
  public void onEvent(Event event) {
    thread.execute(() -> take(event));
  }

  /// Tells of these states from now on, which somebody else has told the begin of; to those who
  /// want it again at once. Any thread.
  public void takeOver(List<Event> open) {
    thread.execute(() -> {
      open.forEach(this::begun);
      open.forEach(event -> {
        if (sent.containsKey(EventKey.of(event))) {
          destinations.repeat(event);
        }
      });
    });
  }

  /// Says no more of what somebody else tells of from now on. What waits for a destination is sent
  /// nevertheless. Any thread.
  public void leave(Predicate<Event> those) {
    thread.execute(() -> {
      sent.values().removeIf(those);
      withheld.values().removeIf(those);
      ended.values().removeIf(end -> those.test(end.event));
    });
  }

  /// A state that was told of goes on, and other words are to be said of it. Any thread.
  public void change(Event event) {
    thread.execute(() -> {
      EventKey key = EventKey.of(event);
      if (sent.replace(key, event) != null) {
        destinations.repeat(event);
      } else {
        withheld.replace(key, event);
      }
    });
  }

  /// Whether all that was told before has come to all destinations, or to an end there.
  public boolean isDone() {
    Future<Boolean> isTaken = thread.submit(() -> true);
    try {
      return isTaken.get() && status().stream().allMatch(each -> each.pending() == 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Goes on with other destinations or maintenances. Destinations that stay keep their queues. Any
  /// thread.
  public void reload(DeliveryConfig next) {
    thread.execute(() -> {
      config = next;
      destinations.use(next);
      repeat();
    });
  }

  /// How each destination does. Any thread.
  public List<DeliveryStatus> status() {
    return destinations.status();
  }

  private void take(Event event) {
    EventKey key = EventKey.of(event);
    if (!event.isBegin()) {
      if (withheld.remove(key) == null) { // who has not heard of its begin does not of its end
        sent.remove(key);
        ended.put(key, new Ended(event, System.nanoTime()));
        destinations.send(event);
      }
    } else if (!isMaintained(event)) {
      tellBegin(key, event);
    } else if (hasEnd(event)) {
      withheld.put(key, event);
    }
  }

  private void tellBegin(EventKey key, Event event) {
    if (hasEnd(event)) {
      sent.put(key, event);
    }
    destinations.send(event);
  }

  private static Instant knownAt(Event event) {
    return Instant.EPOCH.plusNanos(event.epochNanos());
  }

  private boolean isMaintained(Event event) {
    return isMaintained(event, clock.instant());
  }

  private boolean isMaintained(Event event, Instant when) {
    return Maintenances.cover(config.maintenance(), event.target(), when);
  }

  private void tick() {
    try {
      release();
      if (System.nanoTime() - repeatedNanos >= config.repeat().toNanos()) {
        repeat();
      }
    } catch (RuntimeException e) { // it would be the last tick
      LOG.log(Level.ERROR, "event delivery: " + OneLine.of(e.toString()));
    }
  }

  /// Tells what goes on after its maintenance.
  private void release() {
    List<Event> free = new ArrayList<>();
    withheld.values().removeIf(event -> !isMaintained(event) && free.add(event));
    free.forEach(event -> tellBegin(EventKey.of(event), event));
  }

  private void repeat() {
    repeatedNanos = System.nanoTime();
    sent.values().forEach(destinations::repeat);
    ended.values().removeIf(end -> repeatedNanos - end.toldNanos > ENDED_NANOS);
    while (ended.size() > MOST_ENDED) {
      ended.pollFirstEntry();
    }
    ended.values().forEach(end -> destinations.repeat(end.event));
  }

  /// Gives destinations that work two seconds to take what waits, and ends. What they have not
  /// taken then is kept for the next process.
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean _ = thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    List<UndeliveredEvent> left = destinations.close(FAREWELL);
    boolean isKept = memory.keepUndelivered(left);
    if (!left.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "%d events not delivered when the monitor ended; %s"
              .formatted(
                  left.size(), isKept ? "the next start goes on with them" : "they are lost"));
    }
  }
}

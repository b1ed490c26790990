package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.packet.IpAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one thread that owns all counts. About ten times a second it takes what has come through the
/// rings, counts it, and passes it on to the listeners; and when a window has ended, that.
///
/// A probe counts in the window in which its outcome was known: sums over windows are what has been
/// counted in all. What is read from a ring after its window has closed, or has a time beyond the
/// running one because a clock was set, counts in the running window, and is shown with a time
/// within it.
///
/// The methods by which targets come and go may be called by one thread at a time, in the order in
/// which things happen; they return at once. The others any thread may call.
public final class Collector implements Counting, AutoCloseable {
  /// Something to do between two batches.
  private sealed interface Task {
    /// At once.
    record Change(Runnable change) implements Task {}

    /// When all has been counted that was in the rings before.
    record Removal(Target target, Runnable onRemoved) implements Task {}

    /// After all else.
    record Question(FutureTask<?> question) implements Task {}
  }

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final InstantSource wall;
  private final LongSupplier monotonic;
  private final WindowClock clock;
  private final Board board;
  private final Listeners listeners = new Listeners();
  private final List<ProbeRing> rings = new CopyOnWriteArrayList<>();
  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final LentProbe probe = new LentProbe();
  private final Thread thread;
  private List<Task.Removal> removals = new ArrayList<>(); // that the next round carries out
  private volatile boolean isRunning;
  private volatile boolean isClosing;

  /// A collector that has not begun.
  ///
  /// @param wall the clock by which windows begin and end
  /// @param monotonic nanoseconds that no one sets
  public Collector(InstantSource wall, LongSupplier monotonic) {
    this.wall = wall;
    this.monotonic = monotonic;
    clock = new WindowClock(wallNanos(), monotonic.getAsLong());
    board = new Board(clock);
    thread = Thread.ofPlatform().name("ringtap-collector").daemon().unstarted(this::run);
  }

  private long wallNanos() {
    Instant now = wall.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// Has a listener hear of everything from the beginning. To be called before [#start]; listeners
  /// hear in the order in which they were added.
  public void addListener(CollectorListener listener) {
    listeners.add(listener);
  }

  /// A ring to write outcomes into, for one writing thread at a time.
  ///
  /// @param outcomes how many it has room for, a power of two
  public ProbeRing newRing(int outcomes) {
    ProbeRing ring = new ProbeRing(outcomes);
    rings.add(ring);
    return ring;
  }

  /// Outcomes that found a ring full: they are in no other count.
  public long missed() {
    long sum = 0;
    for (ProbeRing ring : rings) {
      sum += ring.missed();
    }
    return sum;
  }

  /// What listeners have thrown so far, how often.
  public long listenerFailures() {
    return listeners.failures();
  }

  /// How things stand; for the collector's thread.
  @Override
  public Board board() {
    return board;
  }

  /// Starts the thread.
  public void start() {
    isRunning = true;
    thread.start();
  }

  /// One more is watched. To be called before there are outcomes of it, and not before one with the
  /// same number has been [removed][#remove].
  public void add(Target target) {
    change(() -> {
      board.add(target);
      listeners.onTargetAdded(target);
    });
  }

  /// A target is labelled, shown or probed in another way.
  public void change(Target before, Target now) {
    change(() -> {
      TargetState state = board.get(now.id());
      if (state != null) {
        state.target(now);
        listeners.onTargetChanged(before, now);
      }
    });
  }

  /// A target has an address, or another one.
  ///
  /// @param before null if it had none
  public void address(Target target, @Nullable IpAddress before, IpAddress now) {
    change(() -> {
      TargetState state = board.get(target.id());
      if (state != null) {
        state.address(now);
        listeners.onAddress(target, before, now);
      }
    });
  }

  /// A target's name cannot be resolved.
  ///
  /// @param why in words
  public void unresolved(Target target, String why) {
    change(() -> {
      TargetState state = board.get(target.id());
      if (state != null) {
        state.unresolved(why);
        listeners.onUnresolved(target, why);
      }
    });
  }

  /// A target's name can be resolved again.
  public void resolved(Target target) {
    change(() -> {
      TargetState state = board.get(target.id());
      if (state != null) {
        state.unresolved(null);
        listeners.onResolved(target);
      }
    });
  }

  private void change(Runnable change) {
    put(new Task.Change(change));
  }

  /// A target is not watched any more, and its last outcome is in its ring.
  ///
  /// @param onRemoved runs on the collector's thread when the listeners know
  public void remove(Target target, Runnable onRemoved) {
    put(new Task.Removal(target, onRemoved));
  }

  /// Runs something on the collector's thread, between two batches, when all that is in the rings
  /// has been counted, and waits for it. Once the collector has ended, or before it begins, it runs
  /// on the calling thread, as there is no other.
  ///
  /// @return what it gives
  @Override
  public <T extends @Nullable Object> T call(Supplier<T> question) {
    if (Thread.currentThread().equals(thread)) {
      return question.get();
    }
    FutureTask<T> task = new FutureTask<>(question::get);
    put(new Task.Question(task));
    if (!isRunning) {
      synchronized (this) {
        task.run(); // unless the thread has, as its last
      }
    }
    return result(task);
  }

  private static <T extends @Nullable Object> T result(FutureTask<T> task) {
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void put(Task task) {
    tasks.add(task);
    LockSupport.unpark(thread);
  }

  private void run() {
    try {
      collect();
      finish();
    } finally {
      synchronized (this) { // from here on, who asks runs the question
        isRunning = false;
        takeTasks().forEach(FutureTask::run);
      }
    }
  }

  private void collect() {
    long due = monotonic.getAsLong();
    while (!isClosing) {
      long now = monotonic.getAsLong();
      if (now < due && tasks.isEmpty()) {
        LockSupport.parkNanos(this, due - now);
      } else {
        boolean isTick = now >= due;
        round(isTick);
        // On time again after a tick that came late; ticks that a stall swallowed do not follow.
        due = isTick ? Math.max(due + TICK_NANOS, monotonic.getAsLong() + TICK_NANOS / 2) : due;
      }
    }
  }

  /// Takes what there is.
  ///
  /// @param isTick whether listeners are to know of the time
  void round(boolean isTick) {
    // In this order: whoever is known by what the rings hold up to here has been added before, and
    // the last outcomes of who is removed were in them before the round in which that was said.
    long[] limits = limits();
    List<Task.Removal> ending = removals;
    removals = new ArrayList<>();
    List<FutureTask<?>> questions = takeTasks();
    clock.advance(wallNanos(), monotonic.getAsLong());
    drain(limits);
    ending.forEach(this::end);
    if (isTick) {
      listeners.onTick(clock.epochNanos());
    }
    questions.forEach(FutureTask::run);
  }

  private long[] limits() {
    long[] limits = new long[rings.size()];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = rings.get(i).limit();
    }
    return limits;
  }

  private List<FutureTask<?>> takeTasks() {
    List<FutureTask<?>> questions = new ArrayList<>();
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      switch (task) {
        case Task.Change(Runnable change) -> change.run();
        case Task.Removal removal -> removals.add(removal);
        case Task.Question(FutureTask<?> question) -> questions.add(question);
      }
    }
    return questions;
  }

  private void end(Task.Removal removal) {
    TargetState state = board.get(removal.target().id());
    if (state != null) {
      board.remove(state);
      listeners.onTargetRemoved(state.target());
    }
    removal.onRemoved().run();
  }

  private void drain(long[] limits) {
    while (clock.hasEnded()) {
      long next = Long.MAX_VALUE;
      for (int i = 0; i < limits.length; i++) {
        next = Math.min(next, drain(rings.get(i), limits[i], clock.endNanos()));
      }
      closeWindow();
      clock.begin(next);
    }
    for (int i = 0; i < limits.length; i++) {
      drain(rings.get(i), limits[i], Long.MAX_VALUE);
    }
  }

  /// Takes what a ring holds, up to the first that was known at `endNanos` or later.
  ///
  /// @return when that one was known; `Long.MAX_VALUE` if there is none
  long drain(ProbeRing ring, long limit, long endNanos) {
    while (ring.hasNext(limit)) {
      long epochNanos = ring.nextEpochNanos();
      if (epochNanos >= endNanos) {
        return epochNanos;
      }
      ring.take(probe);
      if (board.count(probe)) {
        listeners.onProbe(probe);
      }
    }
    return Long.MAX_VALUE;
  }

  private void closeWindow() {
    board.close(listeners::onWindow);
    listeners.onWindowsClosed(clock.startSeconds());
  }

  /// The last rounds: what is in the rings is counted, removals included, and the window that runs
  /// ends before its time.
  private void finish() {
    round(false);
    round(false);
    closeWindow();
  }

  /// Ends the thread, when all that is in the rings has been counted and passed on, with the window
  /// that runs. The pingers are to be closed before. Closing twice is harmless.
  @Override
  public void close() {
    isClosing = true;
    LockSupport.unpark(thread);
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

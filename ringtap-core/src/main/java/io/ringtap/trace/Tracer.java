package io.ringtap.trace;

import io.ringtap.linux.EventFd;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.engine.ProbeIdentity;
import io.ringtap.trace.engine.TraceSockets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Finds the routers on the way to any number of targets, all hop limits of all targets at once, on
/// one thread.
///
/// ```java
/// try (Tracer tracer = Tracer.open(TraceOptions.DEFAULT)) {
///   tracer.trace(List.of(target), _ -> {}).join().getFirst().hops().forEach(IO::println);
/// }
/// ```
///
/// It needs raw sockets. They belong to the network namespace of the thread that opens it. One
/// trace runs at a time.
public final class Tracer implements AutoCloseable {
  private final TraceOptions options;
  private final ProbeIdentity identity;
  private final TraceSockets sockets;
  private final EventFd wakeUp;
  private @Nullable TraceRun running; // guarded by this
  private @Nullable Thread thread; // guarded by this

  private Tracer(
      TraceOptions options, ProbeIdentity identity, TraceSockets sockets, EventFd wakeUp) {
    this.options = options;
    this.identity = identity;
    this.sockets = sockets;
    this.wakeUp = wakeUp;
  }

  /// Opens a tracer.
  ///
  /// @throws IOException a LinuxException if the kernel refuses the sockets: `EPERM` without
  ///   CAP_NET_RAW
  public static Tracer open(TraceOptions options) throws IOException {
    ProbeIdentity identity =
        ProbeIdentity.random(options.protocol().number(), options.destinationPort());
    EventFd wakeUp = EventFd.open();
    try {
      TraceSockets sockets = TraceSockets.open(identity, options.interfaceIndex());
      return new Tracer(options, identity, sockets, wakeUp);
    } catch (IOException | RuntimeException e) {
      wakeUp.close();
      throw e;
    }
  }

  /// Traces targets.
  ///
  /// @param listener hears of each probe; what it throws ends the trace and fails the future
  /// @return their reports, in the order of the targets
  /// @throws IllegalStateException while another trace runs
  /// @throws IllegalArgumentException if there is no target or a target twice
  public synchronized CompletableFuture<List<TraceReport>> trace(
      List<IpAddress> targets, TraceListener listener) {
    if (thread != null && thread.isAlive()) {
      throw new IllegalStateException("a trace is running");
    }
    Map<IpAddress, TraceTally> tallies = new LinkedHashMap<>();
    targets.forEach(target -> tallies.put(target, new TraceTally(target)));
    if (tallies.isEmpty() || tallies.size() < targets.size()) {
      throw new IllegalArgumentException("targets must be one or more, and different");
    }
    TraceListener both =
        outcome -> {
          TraceTally tally = tallies.get(outcome.probe().target());
          if (tally != null) {
            tally.add(outcome);
          }
          listener.onOutcome(outcome);
        };
    TraceRun run = new TraceRun(options, List.copyOf(targets), both, identity, sockets, wakeUp);
    CompletableFuture<List<TraceReport>> future = new CompletableFuture<>();
    running = run;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("ringtap-trace")
            .start(() -> {
              try {
                run.run();
                future.complete(tallies.values().stream().map(TraceTally::report).toList());
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  /// Ends the running trace: its probes in flight are withdrawn, and its future has its result.
  public synchronized void stop() {
    if (running != null) {
      running.stop();
    }
  }

  /// Ends the running trace and gives everything back. Not to be called from a listener.
  @Override
  public void close() {
    stop();
    Thread ending;
    synchronized (this) {
      ending = thread;
    }
    boolean wasInterrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    sockets.close();
    wakeUp.close();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

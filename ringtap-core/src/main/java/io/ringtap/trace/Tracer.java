package io.ringtap.trace;

import io.ringtap.linux.EventFd;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.engine.ProbeIdentity;
import io.ringtap.trace.engine.TraceSockets;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Finds the routers on the way to any number of targets, all hop limits of all targets at once, on
/// one thread.
///
/// ```java
/// try (Tracer tracer = Tracer.open(TraceOptions.DEFAULT)) {
///   tracer.trace(List.of(target)).join().getFirst().hops().forEach(IO::println);
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
  private @Nullable TraceRun latest; // guarded by this
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
        ProbeIdentity.random(options.form().protocol().number(), options.form().destinationPort());
    EventFd wakeUp = EventFd.open();
    try {
      TraceSockets sockets = TraceSockets.open(identity, options.interfaceIndex());
      return new Tracer(options, identity, sockets, wakeUp);
    } catch (IOException | RuntimeException e) {
      wakeUp.close();
      throw e;
    }
  }

  /// Traces targets. For a probe or an answer it makes no object.
  ///
  /// @return their reports, in the order of the targets
  /// @throws IllegalStateException while another trace runs
  /// @throws IllegalArgumentException if there is no target or a target twice
  public CompletableFuture<List<TraceReport>> trace(List<IpAddress> targets) {
    return start(targets, null);
  }

  /// The same, and shows what becomes of each probe.
  ///
  /// @param listener what it throws ends the trace and fails the future
  public CompletableFuture<List<TraceReport>> trace(
      List<IpAddress> targets, TraceListener listener) {
    return start(targets, listener);
  }

  private synchronized CompletableFuture<List<TraceReport>> start(
      List<IpAddress> targets, @Nullable TraceListener listener) {
    if (thread != null && thread.isAlive()) {
      throw new IllegalStateException("a trace is running");
    }
    if (targets.isEmpty() || Set.copyOf(targets).size() < targets.size()) {
      throw new IllegalArgumentException("targets must be one or more, and different");
    }
    TraceRun run = new TraceRun(options, List.copyOf(targets), listener, identity, sockets, wakeUp);
    CompletableFuture<List<TraceReport>> future = new CompletableFuture<>();
    latest = run;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("ringtap-trace")
            .start(() -> {
              try {
                run.run();
                future.complete(run.reports());
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  /// What the latest trace has shown so far, in the order of its targets; empty before the first.
  public List<TraceReport> reports() {
    TraceRun run = latest();
    return run == null ? List.of() : run.reports();
  }

  /// Forgets what the running trace has counted, and goes on.
  public void clear() {
    TraceRun run = latest();
    if (run != null) {
      run.clear();
    }
  }

  /// Sends nothing until [#resume]. What is in flight is still waited for.
  public void pause() {
    pause(true);
  }

  /// Goes on after [#pause], with no more probes than if it had not been.
  public void resume() {
    pause(false);
  }

  private void pause(boolean isWanted) {
    TraceRun run = latest();
    if (run != null) {
      run.pause(isWanted);
    }
  }

  private synchronized @Nullable TraceRun latest() {
    return latest;
  }

  /// Ends the running trace: its probes in flight are withdrawn, and its future has its result.
  public void stop() {
    TraceRun run = latest();
    if (run != null) {
      run.stop();
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

package io.ringtap.capture;

import io.ringtap.device.InterfaceMonitor;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Clock;
import io.ringtap.linux.EventFd;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.CpuSet;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.packet.PacketHandler;
import io.ringtap.socket.PacketSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One thread of a capture: drains its sources, one on each interface, and sleeps until there is
/// more.
final class CaptureThread implements Runnable {
  private static final long TELL_NANOS = 100_000_000; // how often the handler hears how far it is
  // How often the kernel's counters are read, whoever asks: they are 32 bits wide.
  private static final long COUNT_NANOS = 10_000_000_000L;

  private static final int WAIT_MILLIS = 100;
  private static final int ENDING_WAIT_MILLIS = 5;

  // A packet reaches the socket this much after its stamp at the latest: it may wait in a CPU's
  // backlog in between.
  private static final long STAMP_TO_SOCKET_NANOS = 10_000_000;

  private final Capture capture;
  private final List<FilteredSource> sources;
  private final PacketHandler handler;
  private final int cpu;
  private final @Nullable InterfaceMonitor monitor;
  private final EventFd wakeUp;
  private final AtomicLong captured = new AtomicLong(); // written only by this thread
  private final AtomicLong screenedOut = new AtomicLong(); // written only by this thread
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private final Clock clock = new Clock(arena);
  private final MemorySegment pollFds;
  private final int[] took; // the last drain of each source
  private volatile @Nullable Errand errand;
  private boolean isOver; // guarded by this
  private long toldNanos;
  private long countedNanos;

  /// @param cpu the one CPU to run on; -1 runs anywhere
  /// @param monitor watched by this thread; null if another does
  CaptureThread(
      Capture capture,
      List<FilteredSource> sources,
      PacketHandler handler,
      int cpu,
      @Nullable InterfaceMonitor monitor)
      throws LinuxException {
    this.capture = capture;
    this.sources = sources;
    this.handler = handler;
    this.cpu = cpu;
    this.monitor = monitor;
    pollFds = arena.allocate(PollFd.LAYOUT, sources.size() + 2L);
    took = new int[sources.size()];
    try {
      wakeUp = EventFd.open();
    } catch (LinuxException e) {
      arena.close();
      throw e;
    }
  }

  /// Packets that the handler was shown. Any thread may ask.
  long captured() {
    return captured.getAcquire();
  }

  /// Packets that did not pass the filter here. Any thread may ask.
  long screenedOut() {
    return screenedOut.getAcquire();
  }

  /// What another thread wants this one to do.
  private record Errand(Runnable task, CountDownLatch done) {
    void run() {
      task.run();
      done.countDown();
    }
  }

  /// Runs `task` on this thread before it drains again, or on the calling thread if this one has
  /// ended, and returns when it has been run. One other thread at a time may call it.
  void run(Runnable task) {
    Errand newErrand = new Errand(task, new CountDownLatch(1));
    synchronized (this) {
      if (isOver) {
        newErrand.run();
        return;
      }
      errand = newErrand;
    }
    wakeUp();
    boolean wasInterrupted = false;
    while (newErrand.done.getCount() > 0) {
      try {
        newErrand.done.await();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runErrand() {
    Errand wanted = errand;
    if (wanted != null) {
      errand = null;
      wanted.run();
    }
  }

  private synchronized void end() {
    isOver = true;
    runErrand();
  }

  /// Lets the thread look at what the capture wants. Any thread may call it.
  void wakeUp() {
    wakeUp.signal();
  }

  /// Shows no further packet. For the thread itself, in the handler.
  void abandon() {
    sources.forEach(each -> each.source().abandon());
  }

  @Override
  public void run() {
    try {
      if (cpu >= 0) {
        pin();
      }
      work();
      handler.onDrained(Long.MAX_VALUE);
    } catch (Throwable t) {
      capture.fail(t);
    } finally {
      end();
    }
  }

  private void pin() throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment set = CpuSet.allocate(setUp, cpu);
      int rc = Libc.schedSetaffinity(callState, 0, set.byteSize(), set);
      LinuxException.check(
          rc, "sched_setaffinity", "CPU " + cpu, Errno.EINVAL.is(rc) ? "is there such a CPU?" : "");
    }
  }

  private void work() throws IOException {
    int quietPasses = 0;
    while (!capture.isAborted()) {
      runErrand();
      boolean isEnding = capture.isStopping(); // before the drain, which then shows all
      long before = clock.epochNanos();
      boolean isBusy = drain();
      if (!isBusy || before - toldNanos >= TELL_NANOS) {
        tell(before);
      }
      if (isBusy) {
        quietPasses = 0;
        continue;
      }
      // Twice, because the kernel may have been handling a packet when the filter changed.
      if (isEnding && !hasMore()) {
        if (++quietPasses > 1) {
          return;
        }
        wakeUp.drain(); // what it announced is known, and the wait is to be one
      }
      await(isEnding ? ENDING_WAIT_MILLIS : WAIT_MILLIS);
    }
  }

  /// Takes a block or batch of each source; false if there was none.
  private boolean drain() {
    boolean isBusy = false;
    for (int i = 0; i < sources.size(); i++) {
      PacketSource source = sources.get(i).source();
      try {
        int _ = source.drain(handler);
      } finally {
        captured.setRelease(captured.getPlain() + source.shown());
        screenedOut.setRelease(screenedOut.getPlain() + source.screenedOut());
        took[i] = sources.get(i).took();
        sources.get(i).countTaken();
      }
      isBusy |= took[i] > 0;
    }
    return isBusy;
  }

  private boolean hasMore() {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).source().hasMore()) {
        return true;
      }
    }
    return false;
  }

  private void tell(long beforeNanos) {
    toldNanos = beforeNanos;
    if (beforeNanos - countedNanos >= COUNT_NANOS) {
      countedNanos = beforeNanos;
      sources.forEach(source -> source.socket().counters());
    }
    long complete = Long.MAX_VALUE;
    for (int i = 0; i < sources.size(); i++) {
      complete = Math.min(complete, completeUntil(sources.get(i).source(), took[i], beforeNanos));
    }
    handler.onDrained(complete);
  }

  private static long completeUntil(PacketSource source, int taken, long beforeNanos) {
    // After packets more may wait, which are younger; several CPUs may have filled a block, and are
    // not in step.
    return (taken > 0 ? source.shownNanos() : source.completeUntil(beforeNanos))
        - STAMP_TO_SOCKET_NANOS;
  }

  private void await(int millis) throws IOException {
    int count = sources.size();
    for (int i = 0; i < count; i++) {
      PollFd.set(pollFds, i, sources.get(i).socket().number(), PollFd.POLLIN);
    }
    PollFd.set(pollFds, count, wakeUp.number(), PollFd.POLLIN);
    PollFd.set(pollFds, count + 1, monitor == null ? -1 : monitor.number(), PollFd.POLLIN);
    int ready = Libc.poll(callState, pollFds, count + 2L, millis);
    if (ready <= 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if ((PollFd.revents(pollFds, i) & PollFd.POLLERR) != 0) {
        // An interface went down, which the monitor reports; the socket hears when it comes up.
        sources.get(i).socket().clearError();
      }
    }
    if (PollFd.revents(pollFds, count) != 0) {
      wakeUp.drain();
    }
    if (monitor != null && PollFd.revents(pollFds, count + 1) != 0) {
      monitor.drain(capture::onInterfaceEvent);
    }
  }

  /// Gives back what the thread needed. It must have ended, or never begun.
  void release() {
    wakeUp.close();
    arena.close();
  }
}

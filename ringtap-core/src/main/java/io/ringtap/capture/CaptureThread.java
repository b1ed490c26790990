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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One thread of a capture: drains its sources, one for each interface, and sleeps until there are
/// more packets.
final class CaptureThread implements Runnable {
  private static final long DRAINED_INTERVAL_NANOS = 100_000_000; // how often onDrained is called
  // How often the kernel's counters are read at least, because they have 32 bits.
  private static final long COUNT_NANOS = 10_000_000_000L;

  private static final int WAIT_MILLIS = 100;
  private static final int ENDING_WAIT_MILLIS = 5;

  // The longest time from a packet's stamp until it reaches the socket: it may wait in a CPU's
  // backlog in between.
  private static final long STAMP_TO_SOCKET_NANOS = 10_000_000;

  private final Capture capture;
  private final List<FilteredSource> sources;
  private final PacketHandler handler;
  private final int cpu; // the one to run on; -1 for any
  private final boolean isPolling; // all the time, instead of sleeping
  private final @Nullable InterfaceMonitor monitor; // null if another thread watches
  private final EventFd wakeUp;
  private final AtomicLong captured = new AtomicLong(); // written only by this thread
  private final AtomicLong rejectedInUserSpace = new AtomicLong(); // written only by this thread
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private final Clock clock = new Clock(arena);
  private final MemorySegment pollFds;
  private final int[] lastDrained; // packets of the last drain of each source
  private volatile @Nullable Task pending;
  private boolean isOver; // guarded by this
  private long toldNanos;
  private long countedNanos;

  /// The thread with this number, from 0. The first one watches the interfaces.
  CaptureThread(Capture capture, CaptureSockets sockets, int number, PacketHandler handler) {
    this.capture = capture;
    this.handler = handler;
    sources = sockets.sourcesOf(number);
    cpu = capture.options().cpuOf(number);
    isPolling = capture.options().isPolling();
    monitor = number == 0 ? sockets.monitor() : null;
    wakeUp = sockets.wakeUpOf(number);
    pollFds = arena.allocate(PollFd.LAYOUT, sources.size() + 2L);
    lastDrained = new int[sources.size()];
  }

  /// Packets shown to the handler. Any thread may ask.
  long captured() {
    return captured.getAcquire();
  }

  /// Packets that the filter rejected on this thread. Any thread may ask.
  long rejectedInUserSpace() {
    return rejectedInUserSpace.getAcquire();
  }

  /// A task that another thread wants this one to run.
  private record Task(Runnable task, CountDownLatch done) {
    void run() {
      task.run();
      done.countDown();
    }
  }

  /// Runs `task` on this thread before it drains again, or on the calling thread if this one has
  /// ended, and returns when the task is done. One other thread at a time may call this.
  void run(Runnable task) {
    Task newTask = new Task(task, new CountDownLatch(1));
    synchronized (this) {
      if (isOver) {
        newTask.run();
        return;
      }
      pending = newTask;
    }
    wakeUp();
    boolean wasInterrupted = false;
    while (newTask.done.getCount() > 0) {
      try {
        newTask.done.await();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runTask() {
    Task wanted = pending;
    if (wanted != null) {
      pending = null;
      wanted.run();
    }
  }

  private synchronized void end() {
    isOver = true;
    runTask();
  }

  /// Wakes the thread so that it looks at the state of the capture. Any thread may call this.
  void wakeUp() {
    wakeUp.signal();
  }

  /// Stops showing packets. Called by the thread itself, in the handler.
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
      runTask();
      boolean isEnding =
          capture.isStopping(); // read before the drain, which then shows all packets
      long before = clock.epochNanos();
      boolean isBusy = drain();
      if ((!isBusy && !isPolling) || before - toldNanos >= DRAINED_INTERVAL_NANOS) {
        reportDrained(before);
      }
      if (isBusy) {
        quietPasses = 0;
        rest();
        continue;
      }
      // Twice, because the kernel may have been processing a packet when the filter changed.
      if (isEnding && !hasMore()) {
        if (++quietPasses > 1) {
          return;
        }
        wakeUp.drain(); // its cause has been handled, and the next wait must block
      }
      await(isEnding ? ENDING_WAIT_MILLIS : isPolling ? 0 : WAIT_MILLIS);
    }
  }

  /// Takes a block or batch from each source; false if there was none.
  private boolean drain() {
    boolean isBusy = false;
    for (int i = 0; i < sources.size(); i++) {
      PacketSource source = sources.get(i).source();
      try {
        int _ = source.drain(handler);
      } finally {
        captured.setRelease(captured.getPlain() + source.shown());
        rejectedInUserSpace.setRelease(rejectedInUserSpace.getPlain() + source.rejected());
        lastDrained[i] = sources.get(i).lastDrained();
        sources.get(i).countTaken();
      }
      isBusy |= lastDrained[i] > 0;
    }
    return isBusy;
  }

  /// Rests while sources fill, as far as all of them want it.
  private void rest() {
    long nanos = Long.MAX_VALUE;
    for (int i = 0; i < sources.size(); i++) {
      nanos = Math.min(nanos, sources.get(i).source().restNanos());
    }
    if (nanos > 0 && nanos < Long.MAX_VALUE) {
      LockSupport.parkNanos(nanos);
    }
  }

  private boolean hasMore() {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).source().hasMore()) {
        return true;
      }
    }
    return false;
  }

  private void reportDrained(long beforeNanos) {
    toldNanos = beforeNanos;
    if (beforeNanos - countedNanos >= COUNT_NANOS) {
      countedNanos = beforeNanos;
      sources.forEach(each -> each.source().counters());
    }
    // A thread without a source, as when there are fewer queues than threads, delays no other.
    long complete = sources.isEmpty() ? beforeNanos : Long.MAX_VALUE;
    for (int i = 0; i < sources.size(); i++) {
      complete =
          Math.min(complete, completeUntil(sources.get(i).source(), lastDrained[i], beforeNanos));
    }
    handler.onDrained(complete);
  }

  private static long completeUntil(PacketSource source, int taken, long beforeNanos) {
    // After packets, more may be waiting, which are younger. Several CPUs may have filled a block,
    // slightly out of order.
    return (taken > 0 ? source.shownNanos() : source.completeUntil(beforeNanos))
        - STAMP_TO_SOCKET_NANOS;
  }

  private void await(int millis) throws IOException {
    int count = sources.size();
    for (int i = 0; i < count; i++) {
      PollFd.set(pollFds, i, sources.get(i).source().number(), PollFd.POLLIN);
    }
    PollFd.set(pollFds, count, wakeUp.number(), PollFd.POLLIN);
    PollFd.set(pollFds, count + 1, monitor == null ? -1 : monitor.number(), PollFd.POLLIN);
    int ready = Libc.poll(callState, pollFds, count + 2L, millis);
    if (ready <= 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if ((PollFd.revents(pollFds, i) & PollFd.POLLERR) != 0) {
        // The interface went down, which the monitor reports; the socket receives again when it
        // comes up.
        sources.get(i).source().clearError();
      }
    }
    if (PollFd.revents(pollFds, count) != 0) {
      wakeUp.drain();
    }
    if (monitor != null && PollFd.revents(pollFds, count + 1) != 0) {
      monitor.drain(capture::onInterfaceEvent);
    }
  }

  /// Releases the thread's memory. It must have ended.
  void release() {
    arena.close();
  }
}

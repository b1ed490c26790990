package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A live capture: threads, each with its own packet socket on every interface, that pass packets
/// to handlers.
///
/// ```java
/// try (Capture capture = Capture.open(CaptureOptions.on("eth0"))) {
///   capture.start(packet -> count(packet.origlen()));
///   capture.await();
/// }
/// ```
///
/// Any thread may call any method. Handlers are called on the capture's own threads.
public final class Capture implements FrameSource {
  private final CaptureOptions options;
  private final CaptureSockets sockets;
  private volatile List<CaptureThread> workers = List.of();
  private volatile List<Thread> threads = List.of();
  private volatile boolean isStopping;
  private volatile boolean isAborted;
  private volatile boolean isClosed;
  private final Object changes = new Object(); // one change at a time; locked before this
  private List<SocketFilter> filters; // guarded by changes
  private boolean isReleased; // guarded by this
  private int present; // interfaces that have not vanished; used by the watching thread
  private CaptureListener listener = _ -> {};
  private @Nullable Throwable failure; // guarded by this

  private Capture(CaptureOptions options, CaptureSockets sockets) {
    this.options = options;
    this.sockets = sockets;
    this.filters = sockets.filters();
    this.present = sockets.interfaces().size();
  }

  /// Opens the sockets. From now on the kernel queues packets, until the buffers are full.
  ///
  /// @throws io.ringtap.filter.FilterException if the filter's expression does not compile for one
  ///   of the interfaces; no packet socket has been opened then
  /// @throws IOException a [LinuxException] if CAP_NET_RAW, the interface, memory for the buffers,
  ///   or a descriptor is missing
  public static Capture open(CaptureOptions options) throws IOException {
    return new Capture(options, CaptureSockets.open(options));
  }

  /// The filter programs that [#open] would use for each interface, without the checks of direction
  /// and snaplen. Opens no packet socket and needs no privilege.
  ///
  /// @throws io.ringtap.filter.FilterException if the filter's expression does not compile for one
  ///   of the interfaces
  /// @throws IOException a [LinuxException] if an interface does not exist
  public static List<BpfProgram> programs(CaptureOptions options) throws IOException {
    return CaptureSockets.programs(options);
  }

  /// The interfaces; [io.ringtap.packet.Frame#interfaceId] is an index into this list.
  @Override
  public List<CaptureInterface> interfaces() {
    return sockets.interfaces();
  }

  /// The options that the capture was opened with.
  public CaptureOptions options() {
    return options;
  }

  /// Starts a capture that has only one thread, which is the default.
  ///
  /// @throws IllegalStateException if there are several threads, which need a handler each; or if
  ///   the capture was started before, or is closed
  @Override
  public void start(PacketHandler handler) {
    if (options.threads() > 1) {
      throw new IllegalStateException(
          options.threads() + " threads need a handler each: start(thread -> handler, listener)");
    }
    start(_ -> handler, _ -> {});
  }

  /// Starts the threads.
  ///
  /// @param handlers the handler of each thread, by its number from 0
  /// @throws IllegalStateException if they were started before, or the capture is closed
  @Override
  public void start(IntFunction<PacketHandler> handlers, CaptureListener newListener) {
    synchronized (changes) {
      startAll(handlers, newListener);
    }
  }

  private synchronized void startAll(
      IntFunction<PacketHandler> handlers, CaptureListener newListener) {
    requireNotStarted();
    listener = newListener;
    List<CaptureThread> newWorkers = new ArrayList<>();
    try {
      for (int i = 0; i < options.threads(); i++) {
        newWorkers.add(new CaptureThread(this, sockets, i, handlers.apply(i)));
      }
    } catch (RuntimeException | Error e) {
      newWorkers.forEach(CaptureThread::release);
      throw e;
    }
    List<Thread> newThreads = new ArrayList<>();
    for (int i = 0; i < newWorkers.size(); i++) {
      String name = "ringtap-capture-" + i;
      newThreads.add(Thread.ofPlatform().daemon().name(name).unstarted(newWorkers.get(i)));
    }
    workers = List.copyOf(newWorkers);
    threads = List.copyOf(newThreads);
    threads.forEach(Thread::start);
  }

  /// Checks that [#start] would not be refused.
  ///
  /// @throws IllegalStateException if the capture was started before, or is closed
  public void requireNotStarted() {
    if (isClosed || !threads.isEmpty()) {
      throw new IllegalStateException(
          "the capture is " + (isClosed ? "closed" : "started already"));
    }
  }

  boolean isStopping() {
    return isStopping;
  }

  boolean isAborted() {
    return isAborted;
  }

  /// Passes a change of an interface on. Called by one of the threads.
  void onInterfaceEvent(InterfaceEvent event) {
    List<CaptureInterface> interfaces = sockets.interfaces();
    boolean isOfAll = interfaces.getFirst().index() == 0;
    if (!isOfAll && interfaces.stream().noneMatch(one -> one.index() == event.index())) {
      return;
    }
    listener.onInterfaceEvent(event);
    if (!isOfAll && event instanceof InterfaceEvent.Vanished && --present == 0) {
      stop();
    }
  }

  /// Records why a thread ended, and ends the others.
  void fail(Throwable thrown) {
    synchronized (this) {
      if (failure == null) {
        failure = thrown;
      }
    }
    abort();
  }

  /// Stops taking packets, shows those that have arrived, and lets the threads end. Returns at
  /// once; a handler may call it.
  @Override
  public void stop() {
    try {
      sockets.shut();
    } catch (LinuxException e) {
      fail(e);
    }
    isStopping = true;
    wakeUp();
  }

  /// Lets the threads end without showing more packets, except that other threads finish their
  /// current block. Returns at once; a handler may call it, and is not called again on its thread.
  @Override
  public void abort() {
    isAborted = true;
    Thread current = Thread.currentThread();
    int own = threads.indexOf(current);
    if (own >= 0) {
      workers.get(own).abandon();
    }
    wakeUp();
  }

  private void wakeUp() {
    workers.forEach(CaptureThread::wakeUp);
  }

  /// Waits until all threads have ended.
  ///
  /// @throws IOException if reading failed
  /// @throws InterruptedException if the calling thread is interrupted; the capture goes on
  /// @throws IllegalStateException with its cause, if a handler threw; or if a handler calls it
  @Override
  public void await() throws IOException, InterruptedException {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException("a handler cannot wait for the end of its own capture");
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable thrown;
    synchronized (this) {
      thrown = failure;
    }
    switch (thrown) {
      case null -> {}
      case IOException e -> throw e;
      default -> throw new IllegalStateException("a packet handler failed: " + thrown, thrown);
    }
  }

  /// Replaces the filter, that of the options or of an earlier call; null passes all packets.
  ///
  /// Once this returns, handlers see only packets that pass `filter`, also among those that were
  /// already waiting. A packet that passes both the old filter and the new one is not lost. A
  /// waiting packet does not pass if the snaplen cut off what the new filter reads. The call waits
  /// for running handlers and for the kernel, some hundredths of a second in all: a handler must
  /// not wait for the calling thread, so the calling thread must not be the consumer of a full
  /// [PacketStream].
  ///
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for one of the
  ///   interfaces; the old filter stays
  /// @throws IOException a [LinuxException] if the kernel rejects the program; the old filter stays
  /// @throws IllegalStateException if the capture is closed, or a handler calls this
  public void replaceFilter(@Nullable CaptureFilter filter) throws IOException {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException(
          "a handler cannot change the filter of its capture: it would wait for itself");
    }
    synchronized (changes) {
      if (isClosed) {
        throw new IllegalStateException("the capture is closed");
      }
      if (options.mode() == CaptureMode.XDP) {
        sockets.taps().replace(filter, this::runOn);
        return;
      }
      List<SocketFilter> wanted = sockets.compile(filter);
      FilterChange change = new FilterChange(sockets.sources(), this::runOn);
      try {
        change.to(wanted);
        filters = wanted;
      } catch (LinuxException e) {
        change.to(filters);
        throw e;
      }
    }
  }

  private void runOn(int thread, Runnable task) {
    List<CaptureThread> running = workers;
    if (running.isEmpty()) {
      task.run();
    } else {
      running.get(thread).run(task);
    }
  }

  /// Whether it is known that no packet can pass the filter of the options.
  public boolean matchesNothing() {
    return sockets.matchNothing();
  }

  /// What is not as it could be, in sentences: in [CaptureMode#XDP], which of the faster ways the
  /// driver or the kernel does not have, and what the capture does instead. Empty in other modes.
  public List<String> notices() {
    return sockets.taps().notices();
  }

  /// Where the filter runs: in the kernel, if the kernel can run it on all sockets.
  public FilterPlace filterPlace() {
    return sockets.filterPlace();
  }

  /// Counters of the packets so far. Reading them does not disturb the threads.
  ///
  /// @throws IOException a [LinuxException] if the interfaces cannot be asked
  @Override
  public CaptureCounters counters() throws IOException {
    return sockets.counters(sum(CaptureThread::captured), sum(CaptureThread::rejectedInUserSpace));
  }

  /// Counters of the packets so far of each interface, in the order of [#interfaces]. Reading them
  /// does not disturb the threads.
  ///
  /// @throws IOException a [LinuxException] if the interfaces cannot be asked
  public List<CaptureInterfaceCounters> countersByInterface() throws IOException {
    return sockets.countersByInterface();
  }

  private long sum(ToLongFunction<CaptureThread> count) {
    return workers.stream().mapToLong(count).sum();
  }

  /// Ends the threads like [#abort], waits for running handlers, and closes the sockets. Closing
  /// again has no effect. A handler must call [#abort] instead.
  ///
  /// @throws IllegalStateException if a handler calls it
  @Override
  public void close() {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException("a handler cannot close its capture; it may abort it");
    }
    synchronized (this) {
      isClosed = true; // so that no thread starts while this waits
    }
    abort();
    boolean wasInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          wasInterrupted = true;
        }
      }
    }
    synchronized (changes) {
      release();
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void release() {
    if (!isReleased) {
      isReleased = true;
      workers.forEach(CaptureThread::release);
      sockets.close();
    }
  }
}

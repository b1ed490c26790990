package io.ringtap.capture;

import io.ringtap.device.LinkEvent;
import io.ringtap.device.LinkMonitor;
import io.ringtap.linux.LinuxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A running capture: threads, each with a packet socket of its own on every interface, that show
/// packets to handlers.
///
/// ```java
/// try (Capture capture = Capture.open(CaptureOptions.on("eth0").build())) {
///   capture.start(thread -> packet -> count(packet.origlen()), event -> log(event));
///   capture.await();
/// }
/// ```
///
/// Any thread may call any method. Handlers are called on the capture's own threads.
public final class Capture implements AutoCloseable {
  private final CaptureOptions options;
  private final CaptureSockets sockets;
  private volatile List<CaptureThread> workers = List.of();
  private volatile List<Thread> threads = List.of();
  private volatile boolean isStopping;
  private volatile boolean isAborted;
  private volatile boolean isClosed;
  private boolean isReleased; // guarded by this
  private int present; // interfaces that have not vanished; the watching thread's
  private CaptureListener listener = _ -> {};
  private @Nullable Throwable failure; // guarded by this

  private Capture(CaptureOptions options, CaptureSockets sockets) {
    this.options = options;
    this.sockets = sockets;
    this.present = sockets.interfaces().size();
  }

  /// Opens the sockets. From here on packets are kept, until the buffers are full.
  ///
  /// @throws IOException (a LinuxException) without CAP_NET_RAW, without such an interface, or
  ///   without memory for the buffers
  public static Capture open(CaptureOptions options) throws IOException {
    return new Capture(options, CaptureSockets.open(options));
  }

  /// The interfaces, as [Packet#source] counts them.
  public List<CaptureInterface> interfaces() {
    return sockets.interfaces();
  }

  public CaptureOptions options() {
    return options;
  }

  /// Starts the threads.
  ///
  /// @param handlers the handler of each thread, by its number from 0
  /// @throws IOException (a LinuxException) if the process is out of descriptors
  /// @throws IllegalStateException if they were started before, or this is closed
  public synchronized void start(IntFunction<PacketHandler> handlers, CaptureListener newListener)
      throws IOException {
    if (isClosed || !threads.isEmpty()) {
      throw new IllegalStateException(
          "the capture is " + (isClosed ? "closed" : "started already"));
    }
    listener = newListener;
    List<CaptureThread> newWorkers = new ArrayList<>();
    try {
      for (int i = 0; i < options.threads(); i++) {
        newWorkers.add(worker(i, handlers.apply(i)));
      }
    } catch (IOException | RuntimeException | Error e) {
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

  private CaptureThread worker(int number, PacketHandler handler) throws IOException {
    LinkMonitor monitor = number == 0 ? sockets.monitor() : null; // one of them watches
    return new CaptureThread(
        this, sockets.sourcesOf(number), handler, options.cpuOf(number), monitor);
  }

  boolean isStopping() {
    return isStopping;
  }

  boolean isAborted() {
    return isAborted;
  }

  /// Passes on what befell one of the interfaces. Called by one of the threads.
  void onLinkEvent(LinkEvent event) {
    List<CaptureInterface> interfaces = sockets.interfaces();
    boolean isOfAll = interfaces.getFirst().index() == 0;
    if (!isOfAll && interfaces.stream().noneMatch(one -> one.index() == event.index())) {
      return;
    }
    listener.onLinkEvent(event);
    if (!isOfAll && event instanceof LinkEvent.Vanished && --present == 0) {
      stop();
    }
  }

  /// Notes why a thread ended, and ends the others.
  void fail(Throwable thrown) {
    synchronized (this) {
      if (failure == null) {
        failure = thrown;
      }
    }
    abort();
  }

  /// Takes no further packet, shows those that have come, and lets the threads end. Returns at
  /// once; may be called by a handler.
  public void stop() {
    try {
      sockets.dropAll();
    } catch (LinuxException e) {
      fail(e);
    }
    isStopping = true;
    wakeUp();
  }

  /// Lets the threads end without showing a further packet: on a thread that calls this in its
  /// handler none at all, on others those of the block under way. Returns at once.
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
  /// @throws IOException as reading failed
  /// @throws InterruptedException if the calling thread is interrupted; the capture goes on
  /// @throws IllegalStateException with its cause, if a handler threw; or if a handler calls it
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

  /// What became of the packets. Reading it does not disturb the threads.
  ///
  /// @throws IOException (a LinuxException) if the interfaces cannot be asked
  public CaptureCounters counters() throws IOException {
    return sockets.counters(captured());
  }

  private long captured() {
    long sum = 0;
    for (CaptureThread worker : workers) {
      sum += worker.captured();
    }
    return sum;
  }

  /// Ends the threads as [#abort] does, waits for the handlers under way, and closes the sockets.
  /// Closing again is harmless. A handler calls [#abort] instead.
  ///
  /// @throws IllegalStateException if a handler calls it
  @Override
  public void close() {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException("a handler cannot close its capture; it may abort it");
    }
    synchronized (this) {
      isClosed = true; // so that none starts once the threads are being waited for
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
    synchronized (this) {
      if (!isReleased) {
        isReleased = true;
        workers.forEach(CaptureThread::release);
        sockets.close();
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

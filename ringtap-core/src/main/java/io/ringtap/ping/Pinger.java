package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Clock;
import io.ringtap.linux.EventFd;
import io.ringtap.linux.Mapping;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sends ICMP echo requests to any number of targets and measures their replies, on two threads.
///
/// ```java
/// try (Pinger pinger = Pinger.open()) {
///   PingSummary summary = pinger.ping(PingRequest.to(InetAddress.getByName("192.0.2.1"))).join();
///   System.out.println(summary.rtt().median() + " ns");
/// }
/// ```
///
/// Any number of threads may share a pinger. Its sockets belong to the network namespace of the
/// thread that opened it.
public final class Pinger implements AutoCloseable {
  private static final long SENDER_PATIENCE_MILLIS = 2000;

  private final EchoSockets sockets;
  private final Mapping probes;
  private final EventFd senderWake;
  private final EventFd receiverWake;
  private final Arena arena = Arena.ofShared();
  private final PingRegistry pings;
  private final Mailbox mailbox;
  private final Handover handover;
  private final EngineCounters counters = new EngineCounters();
  private final ProbeJudge judge;
  private final Thread senderThread;
  private final Thread receiverThread;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Threads that still use the memory and the sockets; whichever ends last gives them back.
  private final AtomicInteger users = new AtomicInteger(2);

  private Pinger(
      PingerOptions options,
      EchoSockets sockets,
      int capacity,
      Mapping probes,
      EventFd senderWake,
      EventFd receiverWake) {
    this.sockets = sockets;
    this.probes = probes;
    this.senderWake = senderWake;
    this.receiverWake = receiverWake;
    ProbeTable table = new ProbeTable(probes.memory(), capacity);
    ProbeCookie cookies = ProbeCookie.random();
    Clock clock = new Clock(arena);
    pings = new PingRegistry(options.maxInFlight());
    mailbox = new Mailbox(senderWake);
    handover = new Handover(capacity, pings.capacity(), receiverWake);
    judge =
        new ProbeJudge(
            table,
            pings,
            cookies,
            new StampClock(System::nanoTime, clock::epochNanos),
            sockets.deliveryNanos(),
            sockets.seesDepartures(),
            this::ended,
            counters);
    Sender sender =
        new Sender(
            this,
            sockets,
            table,
            pings,
            cookies,
            mailbox,
            handover,
            counters,
            options.rate(),
            arena);
    Receiver receiver = new Receiver(sockets, judge, handover, counters, this::afterwards, arena);
    senderThread =
        Thread.ofPlatform().name("ringtap-sender").daemon().unstarted(() -> runSender(sender));
    receiverThread = Thread.ofPlatform().name("ringtap-receiver").daemon().unstarted(receiver);
  }

  /// Opens a pinger with default options.
  ///
  /// @throws IOException as [#open(PingerOptions)]
  public static Pinger open() throws IOException {
    return open(PingerOptions.defaults());
  }

  /// Opens a pinger and starts its threads.
  ///
  /// @throws IOException if the kernel refuses the sockets; the message names the call, the error
  ///   and what to grant
  public static Pinger open(PingerOptions options) throws IOException {
    int capacity = options.maxInFlight();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      EchoSockets sockets = openSockets(options);
      opened.add(sockets);
      if (sockets.transport() == Transport.DATAGRAM) {
        capacity = Math.min(capacity, DatagramEchoSockets.MAX_PROBES);
      }
      Mapping probes = Mapping.anonymous(capacity * ProbeTable.BYTES, "the probe table");
      opened.add(probes);
      EventFd senderWake = EventFd.open();
      opened.add(senderWake);
      EventFd receiverWake = EventFd.open();
      opened.add(receiverWake);
      Pinger pinger = new Pinger(options, sockets, capacity, probes, senderWake, receiverWake);
      pinger.receiverThread.start();
      pinger.senderThread.start();
      return pinger;
    } catch (IOException | RuntimeException e) {
      for (AutoCloseable resource : opened.reversed()) {
        closeQuietly(resource, e);
      }
      throw e;
    }
  }

  private static void closeQuietly(AutoCloseable resource, Exception cause) {
    try {
      resource.close();
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  private static EchoSockets openSockets(PingerOptions options) throws IOException {
    return switch (options.transport()) {
      case RAW -> openRaw(options);
      case DATAGRAM -> DatagramEchoSockets.open();
      case AUTO -> {
        try {
          yield openRaw(options);
        } catch (LinuxException e) {
          if (!e.errno().equals(Errno.EPERM)) {
            throw e;
          }
          yield DatagramEchoSockets.open();
        }
      }
    };
  }

  private static EchoSockets openRaw(PingerOptions options) throws IOException {
    return RawEchoSockets.open(IdentifierBlock.random(options.maxInFlight()));
  }

  /// Pings a target.
  ///
  /// @return completes when the request has ended, on the receiving thread; cancelling it withdraws
  ///   the request
  /// @throws RejectedExecutionException if as many requests are running as the pinger has room for
  /// @throws IllegalStateException if the pinger is closed
  public CompletableFuture<PingSummary> ping(PingRequest request) {
    Ping ping = start(request, null);
    CompletableFuture<PingSummary> summary = ping.summary();
    CompletableFuture<?> _ =
        summary.whenComplete((_, _) -> {
          if (summary.isCancelled()) {
            ping.withdraw();
          }
        });
    return summary;
  }

  /// Pings a target and tells a listener what becomes of each probe.
  ///
  /// @throws RejectedExecutionException if as many requests are running as the pinger has room for
  /// @throws IllegalStateException if the pinger is closed
  public Ping start(PingRequest request, @Nullable PingListener listener) {
    requireOpen();
    if (!pings.tryAdmit()) {
      throw new RejectedExecutionException(
          pings.capacity()
              + " requests are running, as many as this pinger has room for; wait for one to end, or"
              + " use pingAll with an iterator");
    }
    Ping ping = new Ping(this, request, listener, null);
    mailbox.post(new Mail.Start(ping));
    if (closed.get()) {
      // Closing may have missed the mail: whoever finds it ends it.
      dismissMail();
    }
    return ping;
  }

  /// Pings many targets. There may be more of them than the pinger has room for.
  ///
  /// @return the summaries in the order of the requests
  /// @throws IllegalStateException if the pinger is closed
  public CompletableFuture<List<PingSummary>> pingAll(Collection<PingRequest> requests) {
    List<PingRequest> all = List.copyOf(requests);
    List<Ping> begun = new ArrayList<>(all.size());
    return pingAll(new Sweep(all.iterator(), null, begun))
        .thenApply(_ -> {
          List<PingSummary> summaries = new ArrayList<>(all.size());
          for (int i = 0; i < all.size(); i++) {
            // What was closed or stopped before it began has sent nothing.
            summaries.add(
                i < begun.size()
                    ? begun.get(i).summary().join()
                    : new PingTally().summary(all.get(i)));
          }
          return summaries;
        });
  }

  /// Pings what an iterator yields, drawing requests as there is room for them: a range of any size
  /// costs no more than what runs of it.
  ///
  /// The iterator is called on the sending thread, and holds up all requests while it blocks. One
  /// that throws has ended; the future then fails with what it threw, once all drawn before has
  /// ended.
  ///
  /// @throws IllegalStateException if the pinger is closed
  public CompletableFuture<PingTotals> pingAll(
      Iterator<PingRequest> requests, PingListener listener) {
    return pingAll(new Sweep(requests, listener, null));
  }

  private CompletableFuture<PingTotals> pingAll(Sweep sweep) {
    requireOpen();
    mailbox.post(new Mail.Draw(sweep));
    if (closed.get()) {
      dismissMail();
    }
    return sweep.totals();
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the pinger is closed");
    }
  }

  void requestStop(Ping ping) {
    mailbox.post(new Mail.Stop(ping));
  }

  /// Lets all requests send no more, and draws none from iterators. They end when what is in flight
  /// is decided; new ones end at once, without a probe.
  public void stop() {
    mailbox.post(new Mail.StopAll());
  }

  /// Requests that have not ended.
  public int pending() {
    return pings.pending();
  }

  /// The kind of sockets in use: [Transport#RAW] or [Transport#DATAGRAM].
  public Transport transport() {
    return sockets.transport();
  }

  public PingerCounters counters() {
    return counters.snapshot();
  }

  /// Ends all requests at once, whatever the network does, and waits for the pinger's threads:
  /// probes in flight end as [PingOutcome.Withdrawn], and every waiter gets its summary. Closing
  /// twice is harmless. From a listener it returns without waiting.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      mailbox.close();
      senderThread.interrupt(); // an iterator may be blocking
      handover.close();
    }
    Thread current = Thread.currentThread();
    if (!current.equals(receiverThread) && !current.equals(senderThread)) {
      join(receiverThread, 0);
    }
  }

  /// @param millis how long to wait; 0 for as long as it takes
  private static void join(Thread thread, long millis) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join(millis);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runSender(Sender sender) {
    try {
      sender.run();
    } finally {
      giveBack();
    }
  }

  /// The receiving thread's last act. A sender that an iterator holds up is not waited for.
  private void afterwards() {
    join(senderThread, SENDER_PATIENCE_MILLIS);
    handover.take(judge);
    judge.close();
    dismissMail();
    giveBack();
  }

  private void giveBack() {
    if (users.decrementAndGet() == 0) {
      sockets.close();
      probes.close();
      senderWake.close();
      receiverWake.close();
      arena.close();
    }
  }

  private void dismissMail() {
    for (Mail mail = mailbox.take(); mail != null; mail = mailbox.take()) {
      switch (mail) {
        case Mail.Start(Ping ping) -> {
          pings.dismiss();
          PingSummary _ = complete(ping);
        }
        case Mail.Draw(Sweep sweep) -> sweep.exhausted();
        case Mail.Stop _, Mail.StopAll _ -> {}
      }
    }
  }

  /// The receiving thread: a request that was registered has ended.
  private void ended(Ping ping) {
    Sweep sweep = ping.sweep();
    pings.release(ping); // first, so that whoever waited for an end finds the room
    PingSummary summary = complete(ping);
    if (sweep != null) {
      sweep.ended(summary);
    }
  }

  private static PingSummary complete(Ping ping) {
    PingSummary summary = ping.tally.summary(ping.request());
    PingListener listener = ping.listener();
    if (listener != null) {
      Listeners.tell(listener, summary);
    }
    ping.summary().complete(summary);
    return summary;
  }
}

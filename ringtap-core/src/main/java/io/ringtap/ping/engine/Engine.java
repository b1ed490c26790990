package io.ringtap.ping.engine;

import io.ringtap.linux.Clock;
import io.ringtap.linux.EventFd;
import io.ringtap.linux.Mapping;
import io.ringtap.ping.engine.probe.EngineCounters;
import io.ringtap.ping.engine.probe.EngineState;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeCookie;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.ProbeTable;
import io.ringtap.ping.engine.probe.ReceiverInbox;
import io.ringtap.ping.engine.probe.SenderInbox;
import io.ringtap.ping.engine.probe.SenderInbox.Command;
import io.ringtap.ping.engine.probe.SeriesRegistry;
import io.ringtap.ping.engine.probe.SeriesSource;
import io.ringtap.ping.engine.probe.Work;
import io.ringtap.ping.engine.socket.DatagramEchoSockets;
import io.ringtap.ping.engine.socket.EchoSockets;
import io.ringtap.ping.engine.socket.RawEchoSockets;
import io.ringtap.ping.engine.socket.TapEchoSockets;
import io.ringtap.timing.Cadence;
import io.ringtap.timing.Pacer;
import io.ringtap.timing.StampClock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The two threads, and what they work on. Any thread may call the public methods.
///
/// Nothing is opened, and nothing is left behind, when opening fails. What was opened is given back
/// by whichever of the two threads ends last.
public final class Engine implements AutoCloseable {
  /// The most probes that can be in flight.
  public static final int MAX_IN_FLIGHT = IdentifierBlock.MAX_PROBES;

  private static final long SENDER_PATIENCE_MILLIS = 2000;

  private final List<AutoCloseable> resources;
  private final SeriesRegistry registry;
  private final EngineCounters counters = new EngineCounters();
  private final SenderInbox senderInbox;
  private final ReceiverInbox receiverInbox;
  private final ReceivingDuty duty;
  private final ProbeJudge judge;
  private final Thread senderThread;
  private final Thread receiverThread;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// The error of ours that ended one of the threads, and with it the engine.
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// Threads that may still use the resources.
  private final AtomicInteger users = new AtomicInteger(2);

  /// @param resources takes up what the engine opens beside the sockets, which stand in it
  private Engine(
      EchoSockets sockets,
      ProbeCookie cookies,
      int maxInFlight,
      Pace pace,
      List<AutoCloseable> resources)
      throws IOException {
    this.resources = resources;
    int capacity = Math.min(maxInFlight, sockets.maxProbes());
    Mapping probes = Mapping.anonymous(capacity * ProbeTable.BYTES, "the probe table");
    resources.add(probes);
    Mapping links = Mapping.anonymous(maxInFlight * SeriesQueue.BYTES, "the schedule");
    resources.add(links);
    EventFd senderWake = EventFd.open();
    resources.add(senderWake);
    EventFd receiverWake = EventFd.open();
    resources.add(receiverWake);

    registry = new SeriesRegistry(maxInFlight);
    ProbeTable table = new ProbeTable(probes.memory(), capacity);
    EngineState state = new EngineState(table, registry, cookies, counters);
    senderInbox = new SenderInbox(senderWake);
    receiverInbox = new ReceiverInbox(capacity, maxInFlight, receiverWake);
    duty = new ReceivingDuty(senderInbox, receiverInbox);
    Clock clock = new Clock(Arena.ofAuto());
    judge =
        new ProbeJudge(
            state,
            new StampClock(System::nanoTime, clock::epochNanos),
            sockets.deliveryNanos(),
            answered -> senderInbox.post(new Command.Stop(answered, false)));
    Receiver receiver = new Receiver(sockets, judge, receiverInbox, counters);
    Inboxes inboxes = new Inboxes(senderInbox, receiverInbox);
    Cadence cadence = new Cadence(pace.slackNanos());
    SeriesQueue queue = new SeriesQueue(registry, inboxes, links.memory(), cadence);
    Pacer pacer = new Pacer(pace.rate(), System.nanoTime());
    Sender sender = new Sender(state, sockets, queue, inboxes, pacer);
    SenderLoop loop = new SenderLoop(queue, sender, receiver, duty, cadence);
    senderThread =
        Thread.ofPlatform().name("ringtap-sender").daemon().unstarted(() -> runSender(loop));
    receiverThread =
        Thread.ofPlatform()
            .name("ringtap-receiver")
            .daemon()
            .unstarted(() -> runReceiver(receiver));
  }

  /// Opens an engine that receives from raw sockets, in the network namespace of the calling
  /// thread, and starts it.
  ///
  /// @param maxInFlight probes in flight and series running at the most, a power of two
  /// @param pace of all series together
  /// @param identifier the only ICMP identifier; a random block of them if it is negative
  /// @throws IOException if the kernel refuses what it needs; `EPERM` without CAP_NET_RAW
  public static Engine openRaw(int maxInFlight, Pace pace, int identifier) throws IOException {
    ProbeCookie cookies = ProbeCookie.random();
    return open(
        RawEchoSockets.open(identity(maxInFlight, identifier, cookies)),
        cookies,
        maxInFlight,
        pace);
  }

  /// Opens an engine that receives from a tap, before the host has judged what comes, in the
  /// network namespace of the calling thread, and starts it.
  ///
  /// @throws IOException if the kernel refuses what it needs; `EPERM` without CAP_NET_RAW
  public static Engine openTap(int maxInFlight, Pace pace, int identifier) throws IOException {
    ProbeCookie cookies = ProbeCookie.random();
    return open(
        TapEchoSockets.open(identity(maxInFlight, identifier, cookies)),
        cookies,
        maxInFlight,
        pace);
  }

  private static ProbeIdentity identity(int maxInFlight, int identifier, ProbeCookie cookies) {
    IdentifierBlock identifiers =
        identifier < 0 ? IdentifierBlock.random(maxInFlight) : new IdentifierBlock(identifier, 0);
    return new ProbeIdentity(identifiers, cookies.tag());
  }

  /// Opens an engine on ICMP datagram sockets, which have 65 536 probes in flight at the most, in
  /// the network namespace of the calling thread, and starts it.
  ///
  /// @throws IOException if the kernel refuses what it needs; `EACCES` if the process's groups are
  ///   not in `net.ipv4.ping_group_range`
  public static Engine openDatagram(int maxInFlight, Pace pace, int identifier) throws IOException {
    ProbeCookie cookies = ProbeCookie.random();
    return open(
        DatagramEchoSockets.open(cookies.tag(), Math.max(0, identifier)),
        cookies,
        maxInFlight,
        pace);
  }

  private static Engine open(EchoSockets sockets, ProbeCookie cookies, int maxInFlight, Pace pace)
      throws IOException {
    List<AutoCloseable> resources = new ArrayList<>(List.of(sockets));
    Engine engine;
    try {
      engine = new Engine(sockets, cookies, maxInFlight, pace, resources);
    } catch (Throwable e) {
      EchoSockets.closeAll(resources);
      throw e;
    }
    engine.start();
    return engine;
  }

  private void start() {
    int missing = users.get();
    try {
      receiverThread.start();
      missing--;
      senderThread.start();
      missing--;
    } finally { // a thread may be refused
      if (missing > 0) {
        close();
      }
      for (; missing > 0; missing--) {
        giveBack();
      }
    }
  }

  /// Begins a series, or to draw from a source as there is room.
  ///
  /// @return false if there is no room for the series
  public boolean begin(Work work) {
    if (work instanceof ProbeSeries && !registry.tryAdmit()) {
      return false;
    }
    post(new Command.Begin(work, System.nanoTime()));
    return true;
  }

  /// Sends no more of a series, or draws and sends no more of a source. It ends when what is in
  /// flight is decided.
  ///
  /// @param withdraw whether what is in flight ends at once
  public void stop(Work what, boolean withdraw) {
    post(new Command.Stop(what, withdraw));
  }

  /// Sends no more, and draws no more: all ends when what is in flight is decided. What is begun
  /// after this ends at once, without a probe.
  public void stopAll() {
    post(new Command.StopAll());
  }

  private void post(Command command) {
    senderInbox.post(command);
    if (closed.get()) {
      dismissCommands(); // closing may have missed it: whoever finds it ends it
    }
  }

  /// Series that have not ended.
  public int pending() {
    return registry.pending();
  }

  /// Series that there is room for.
  public int capacity() {
    return registry.capacity();
  }

  public EngineCounters counters() {
    return counters;
  }

  public boolean isClosed() {
    return closed.get();
  }

  /// What has ended one of the threads, if not [#close] did: an error in this library. All series
  /// and sources have been ended then, or are about to be.
  public @Nullable Throwable failure() {
    return failure.get();
  }

  /// Ends all series at once, whatever the network does, and waits for the threads. Closing twice
  /// is harmless. From one of the threads it returns without waiting.
  @Override
  public void close() {
    askForEnd();
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

  private void askForEnd() {
    if (closed.compareAndSet(false, true)) {
      senderInbox.close();
      senderThread.interrupt(); // a source may be blocking
      receiverInbox.close();
    }
  }

  private void runSender(SenderLoop loop) {
    try {
      loop.run();
    } catch (Throwable e) {
      fail(e);
      throw e; // for the thread's handler to print
    } finally {
      giveBack();
    }
  }

  private void runReceiver(Receiver receiver) {
    try {
      receiver.run(duty);
    } catch (Throwable e) {
      fail(e);
      throw e;
    } finally {
      afterwards();
    }
  }

  /// One of the threads ends by an error: so does the other, and all that waits for them.
  private void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    askForEnd();
  }

  /// The receiving thread's last act. A sender that a source holds up is not waited for; one that
  /// receives is.
  private void afterwards() {
    join(senderThread, duty.isSenders() ? 0 : SENDER_PATIENCE_MILLIS);
    try {
      receiverInbox.take(judge);
      judge.close();
    } catch (Throwable e) {
      fail(e);
      throw e;
    } finally {
      if (failure.get() != null) {
        judge.abandon();
      }
      dismissCommands();
      giveBack();
    }
  }

  private void giveBack() {
    if (users.decrementAndGet() == 0) {
      EchoSockets.closeAll(resources);
    }
  }

  private void dismissCommands() {
    for (Command command = senderInbox.take(); command != null; command = senderInbox.take()) {
      switch (command) {
        case Command.Begin(ProbeSeries series, _) -> {
          registry.dismiss();
          series.listener().onEnd();
        }
        case Command.Begin(SeriesSource source, _) -> source.onExhausted();
        case Command.Stop _, Command.StopAll _ -> {}
      }
    }
  }
}

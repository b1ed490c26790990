package io.ringtap.ping.engine;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.ping.engine.EngineCounters.Counter;
import io.ringtap.ping.engine.SenderInbox.Command;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The sending thread: takes commands, keeps the schedule of each series, and hands probes to the
/// kernel in batches.
///
/// A series waits on the wheel until its next probe is due, then in the queue of the ready until
/// pacing, the probe table and the batch have room for it.
final class Sender implements Runnable {
  private static final long SHORT_NAP_NANOS = 200_000; // while the table is full
  private static final long LONG_NAP_NANOS = 60_000_000_000L;

  /// Probes that may wait for the receiver to take notice of them. The rings and buffers hold more
  /// departures and replies, so while it keeps up this far nothing of ours is dropped there.
  static final int MOST_BACKLOG = 16_384;

  private static final int READY_ENOUGH = 1024;
  private static final int DRAWN_AT_ONCE = 4096;
  private static final int SENT_AT_ONCE = 4096;
  private static final long WHEEL_BYTES = 12; // an entry of the wheel has nothing but its links

  /// How often a probe is tried when the socket reports errors for earlier ones instead.
  private static final int PENDING_ERRORS = 3;

  private final EngineState state;
  private final ProbeTable table;
  private final SeriesRegistry registry;
  private final EchoSockets sockets;
  private final List<SendBatch> batches;
  private final SenderInbox inbox;
  private final ReceiverInbox receiver;
  private final Pacer pacer;
  private final TimingWheel wheel;
  private final TimingWheel.Expiry onDue = this::due;
  private final ArrayDeque<ProbeSeries> ready = new ArrayDeque<>(READY_ENOUGH);
  private final Queue<SeriesSource> sources = new ArrayDeque<>();
  private final MemorySegment callState;
  private final MemorySegment pollFds;
  private final MemorySegment nap;

  private int cursor; // the entry of the table taken last
  private long taken; // entries of the table taken so far
  private boolean isStopped; // whether nothing is to be sent any more

  /// @param rate probes a second; 0 for no limit
  Sender(
      EngineState state,
      EchoSockets sockets,
      SenderInbox inbox,
      ReceiverInbox receiver,
      double rate) {
    this.state = state;
    this.table = state.table();
    this.registry = state.registry();
    this.sockets = sockets;
    this.batches = sockets.batches();
    this.inbox = inbox;
    this.receiver = receiver;
    long now = System.nanoTime();
    pacer = new Pacer(rate, now);
    Arena arena = Arena.ofAuto();
    MemorySegment links = arena.allocate(WHEEL_BYTES * registry.capacity(), Integer.BYTES);
    wheel = new TimingWheel(links, WHEEL_BYTES, 0, now);
    callState = CallState.allocate(arena);
    pollFds = arena.allocate(PollFd.LAYOUT, 2);
    nap = arena.allocate(Timespec.LAYOUT);
  }

  @Override
  public void run() {
    // An empty batch, so that the first probe does not wait between its stamp and its departure for
    // the JVM to load what a send call needs.
    int _ = batches.getFirst().send();
    while (!inbox.isClosing()) {
      takeCommands();
      draw();
      wheel.advance(System.nanoTime(), onDue);
      long wait = sendReady();
      if (wait > 0) {
        sleep(wait);
      }
    }
    endSources();
  }

  private void takeCommands() {
    for (Command command = inbox.take(); command != null; command = inbox.take()) {
      switch (command) {
        case Command.Begin(ProbeSeries series) -> begin(series, null);
        case Command.Begin(SeriesSource source) -> drawFrom(source);
        case Command.Stop(ProbeSeries series, boolean withdraw) -> stop(series, withdraw);
        case Command.Stop(SeriesSource source, boolean withdraw) -> stop(source, withdraw);
        case Command.StopAll _ -> stopAll();
      }
    }
  }

  private void drawFrom(SeriesSource source) {
    if (isStopped) {
      source.onExhausted();
    } else {
      sources.add(source);
    }
  }

  private void begin(ProbeSeries series, @Nullable SeriesSource source) {
    long now = System.nanoTime();
    registry.register(series);
    series.begin(now, source);
    if (isStopped) {
      seal(series);
    } else {
      schedule(series, now);
    }
  }

  private void schedule(ProbeSeries series, long now) {
    series.waiting(series.dueNanos() > now);
    if (series.isWaiting()) {
      wheel.schedule(series.index(), series.dueNanos());
    } else {
      ready.add(series);
    }
  }

  private void due(int index) {
    ProbeSeries series = registry.get(index);
    series.waiting(false);
    ready.add(series);
  }

  private void stop(ProbeSeries series, boolean withdraw) {
    seal(series);
    if (withdraw) {
      receiver.withdraw(series);
    }
  }

  private void stop(SeriesSource source, boolean withdraw) {
    if (sources.remove(source)) {
      source.onExhausted();
    }
    for (int index = 0; index < registry.used(); index++) {
      ProbeSeries series = registry.get(index);
      if (series.isPartOf(source)) {
        seal(series);
      }
    }
    if (withdraw) {
      receiver.withdraw(source);
    }
  }

  private void stopAll() {
    isStopped = true;
    endSources();
    for (int index = 0; index < registry.used(); index++) {
      seal(registry.get(index));
    }
  }

  private void endSources() {
    while (!sources.isEmpty()) {
      sources.remove().onExhausted();
    }
  }

  /// Lets a series send no more, which it may have done already, or even have ended. One that is
  /// ready stays in the queue, and is left out when its turn comes.
  private void seal(ProbeSeries series) {
    if (series.isSealed()) {
      return;
    }
    if (series.isWaiting()) {
      series.waiting(false);
      wheel.cancel(series.index());
    }
    series.seal();
    receiver.seal(series.index());
    receiver.wakeReceiver();
  }

  /// Draws series while few are ready, so that no more of them exist than are of use.
  private void draw() {
    for (int drawn = 0; drawn < DRAWN_AT_ONCE && !sources.isEmpty(); drawn++) {
      if (ready.size() >= READY_ENOUGH || !registry.tryAdmit()) {
        return;
      }
      SeriesSource source = sources.element();
      ProbeSeries series = source.next();
      if (series == null) {
        registry.dismiss();
        sources.remove();
        source.onExhausted();
      } else {
        begin(series, source);
      }
    }
  }

  /// Sends what is ready, as far as pacing, the receiver and the table allow, and no more at a time
  /// than lets commands and the schedule have their turn: a flood is always ready.
  ///
  /// @return nanoseconds until there may be more to do
  private long sendReady() {
    long now = System.nanoTime();
    long wait = 0;
    int room = room();
    for (int turn = 0; turn < SENT_AT_ONCE && !ready.isEmpty() && wait == 0; turn++) {
      ProbeSeries series = ready.element();
      if (series.isSealed()) {
        ready.remove();
      } else if (room == 0) {
        flush();
        room = room();
        wait = room == 0 ? SHORT_NAP_NANOS : 0;
      } else if (pacer.tryTake(now)) {
        ready.remove();
        room--;
        if (issue(series, now)) {
          now = System.nanoTime();
        }
      } else {
        now = System.nanoTime();
        wait = Math.max(0, pacer.nextNanos() - now);
      }
    }
    flush();
    if (wait > 0 || !ready.isEmpty()) {
      return wait;
    }
    return sources.isEmpty()
        ? Math.max(0, wheel.nextNanos() - System.nanoTime())
        : registry.pending() < registry.capacity() ? 0 : SHORT_NAP_NANOS;
  }

  /// Probes that the table and the receiver have room for. Looked up once for many, because the
  /// receiver writes what is read here.
  private int room() {
    long entries = table.capacity() - (taken - state.counters().get(Counter.RELEASED));
    return (int) Math.max(0, Math.min(entries, MOST_BACKLOG - receiver.backlog()));
  }

  private void flush() {
    for (int i = 0; i < batches.size(); i++) { // an iterator would be an object for each call
      flush(batches.get(i));
    }
  }

  /// Puts the next probe of a series into its batch and schedules the one after that.
  ///
  /// @return whether the batch was full, and has been sent
  private boolean issue(ProbeSeries series, long now) {
    long sequence = series.issue();
    if (!series.isLast(sequence)) {
      series.advance(now);
      schedule(series, now);
    }
    int probe = claim();
    taken++;
    ProbeForm form = series.form();
    SendBatch batch = sockets.batch(series.isIpv6());
    int errno = batch == null ? Errno.EAFNOSUPPORT.number() : prepareFor(form);
    if (batch == null || errno != 0) {
      table.put(probe, series.index(), sequence, series.target(), now);
      table.putUnsent(probe, errno);
      handOver(probe, series, sequence);
      receiver.wakeReceiver();
      return false;
    }
    batch.add(series, probe, sequence);
    if (batch.isFull()) {
      flush(batch);
      return true;
    }
    return false;
  }

  /// Makes sure that replies to a request of this form can be received.
  ///
  /// @return 0, or the errno for which it cannot be sent
  private int prepareFor(ProbeForm form) {
    try {
      sockets.expectReplies(form);
      return 0;
    } catch (LinuxException e) {
      return e.errno().number();
    }
  }

  /// The next entry of the circle that is free. There is one, for fewer are taken than there are.
  private int claim() {
    do {
      cursor = (cursor + 1) & (table.capacity() - 1);
    } while (!table.claim(cursor));
    return cursor;
  }

  private void flush(SendBatch batch) {
    if (batch.isEmpty()) {
      return;
    }
    EngineEvents.BatchSent event = EngineEvents.batchSent();
    long now = System.nanoTime();
    long deadline = Long.MAX_VALUE;
    for (int i = 0; i < batch.size(); i++) {
      int probe = batch.probe(i);
      ProbeSeries series = batch.series(i);
      table.put(probe, series.index(), batch.sequence(i), series.target(), now);
      batch.seal(i, state.cookies().of(probe, now));
      deadline = Math.min(deadline, now + series.timeoutNanos());
    }
    boolean refused = sendAll(batch);
    if (event != null) {
      event.requests = batch.size();
      event.ipv6 = batch.isIpv6();
      event.commit();
    }
    batch.clear();
    if (refused || receiver.backlog() > MOST_BACKLOG / 4) {
      receiver.wakeReceiver();
    } else {
      receiver.wakeReceiverBefore(deadline);
    }
  }

  /// Sends a sealed batch and hands every probe of it over, sent or refused.
  ///
  /// @return whether one was refused
  private boolean sendAll(SendBatch batch) {
    boolean refused = false;
    int tries = 0;
    while (batch.done() < batch.size()) {
      int first = batch.done();
      int rc = batch.send();
      if (rc > 0) {
        tries = 0;
        for (int i = first; i < first + rc; i++) {
          handOver(batch.probe(i), batch.series(i), batch.sequence(i));
        }
      } else if (Errno.EAGAIN.is(rc) && !inbox.isClosing()) {
        waitForRoom(batch.socket());
      } else if (!Errno.EINTR.is(rc)
          && !(sockets.mayReportEarlierErrors() && ++tries <= PENDING_ERRORS)) {
        tries = 0;
        refused = true;
        table.putUnsent(batch.probe(first), -rc);
        handOver(batch.probe(first), batch.series(first), batch.sequence(first));
        batch.skip();
      }
    }
    return refused;
  }

  private void handOver(int probe, ProbeSeries series, long sequence) {
    receiver.probe(probe);
    if (series.isLast(sequence)) {
      series.seal();
      receiver.seal(series.index());
    }
  }

  /// Waits until the socket's send buffer has room, or somebody asks for an end.
  private void waitForRoom(int socket) {
    PollFd.set(pollFds, 0, inbox.number(), PollFd.POLLIN);
    PollFd.set(pollFds, 1, socket, PollFd.POLLOUT);
    Timespec.nanos(nap, 0, LONG_NAP_NANOS);
    int _ = Libc.ppoll(callState, pollFds, 2, nap, MemorySegment.NULL);
    inbox.awake();
  }

  private void sleep(long nanos) {
    if (inbox.fallAsleep()) {
      PollFd.set(pollFds, 0, inbox.number(), PollFd.POLLIN);
      Timespec.nanos(nap, 0, Math.min(nanos, LONG_NAP_NANOS));
      int _ = Libc.ppoll(callState, pollFds, 1, nap, MemorySegment.NULL);
    }
    inbox.awake();
  }
}

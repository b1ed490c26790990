package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// The sending thread: takes requests, keeps their schedule, and hands probes to the kernel in
/// batches.
///
/// A request waits on the wheel until its next probe is due, then in the queue of the ready until
/// pacing, the probe table and the batch have room for it.
final class Sender implements Runnable {
  private static final long SHORT_NAP_NANOS = 200_000; // while the table is full
  private static final long LONG_NAP_NANOS = 60_000_000_000L;

  /// Probes that may wait for the receiver to take notice of them. The ring holds several times as
  /// many departures and replies, so while it keeps up this far nothing of ours is dropped there.
  private static final int MOST_BACKLOG = 16_384;

  private static final int READY_ENOUGH = 1024;
  private static final int DRAWN_AT_ONCE = 4096;
  private static final int SENT_AT_ONCE = 4096;
  private static final long WHEEL_BYTES = 12; // an entry of the wheel: its links alone

  /// A datagram socket reports an ICMP error for an earlier probe in place of sending the next one.
  private static final int PENDING_ERRORS = 3;

  private final EchoSockets sockets;
  private final List<SendBatch> batches;
  private final ProbeTable table;
  private final PingRegistry pings;
  private final ProbeCookie cookies;
  private final Mailbox mailbox;
  private final Handover handover;
  private final EngineCounters counters;
  private final Pinger pinger;
  private final Pacer pacer;
  private final TimingWheel wheel;
  private final TimingWheel.Expiry onDue = this::due;
  private final ArrayDeque<Ping> ready = new ArrayDeque<>(READY_ENOUGH);
  private final Queue<Sweep> sweeps = new ArrayDeque<>();
  private final MemorySegment callState;
  private final MemorySegment pollFds;
  private final MemorySegment nap;

  private int cursor; // the entry of the table taken last
  private long taken; // entries of the table taken so far
  private boolean isStopped; // whether nothing is to be sent any more

  /// @param arena how long the thread may run
  Sender(
      Pinger pinger,
      EchoSockets sockets,
      ProbeTable table,
      PingRegistry pings,
      ProbeCookie cookies,
      Mailbox mailbox,
      Handover handover,
      EngineCounters counters,
      double rate,
      Arena arena) {
    this.pinger = pinger;
    this.sockets = sockets;
    this.batches = sockets.batches();
    this.table = table;
    this.pings = pings;
    this.cookies = cookies;
    this.mailbox = mailbox;
    this.handover = handover;
    this.counters = counters;
    long now = System.nanoTime();
    pacer = new Pacer(rate, now);
    MemorySegment links = arena.allocate(WHEEL_BYTES * pings.capacity(), Integer.BYTES);
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
    while (!mailbox.isClosing()) {
      takeMail();
      draw();
      wheel.advance(System.nanoTime(), onDue);
      long wait = sendReady();
      if (wait > 0) {
        sleep(wait);
      }
    }
    while (!sweeps.isEmpty()) {
      sweeps.remove().exhausted();
    }
  }

  private void takeMail() {
    for (Mail mail = mailbox.take(); mail != null; mail = mailbox.take()) {
      switch (mail) {
        case Mail.Start(Ping ping) -> begin(ping);
        case Mail.Stop(Ping ping) -> stop(ping);
        case Mail.Draw(Sweep sweep) -> draw(sweep);
        case Mail.StopAll _ -> stopAll();
      }
    }
  }

  private void draw(Sweep sweep) {
    if (isStopped) {
      sweep.exhausted();
    } else {
      sweeps.add(sweep);
    }
  }

  private void begin(Ping ping) {
    long now = System.nanoTime();
    pings.register(ping);
    ping.startedNanos = now;
    ping.dueNanos = now + ping.request().options().startDelay().toNanos();
    if (isStopped) {
      seal(ping);
    } else {
      schedule(ping, now);
    }
  }

  private void schedule(Ping ping, long now) {
    ping.isWaiting = ping.dueNanos > now;
    if (ping.isWaiting) {
      wheel.schedule(ping.index, ping.dueNanos);
    } else {
      ready.add(ping);
    }
  }

  private void due(int index) {
    Ping ping = pings.get(index);
    ping.isWaiting = false;
    ready.add(ping);
  }

  /// A request may be told to stop after it has ended. One that is ready stays in the queue, and is
  /// left out when its turn comes.
  private void stop(Ping ping) {
    if (ping.isWithdrawn()) {
      handover.withdraw(ping); // it may have sent its last probe
    }
    if (ping.isSealed) {
      return;
    }
    if (ping.isWaiting) {
      ping.isWaiting = false;
      wheel.cancel(ping.index);
    }
    seal(ping);
  }

  private void stopAll() {
    isStopped = true;
    while (!sweeps.isEmpty()) {
      sweeps.remove().exhausted();
    }
    for (int index = 0; index < pings.used(); index++) {
      stop(pings.get(index));
    }
  }

  private void seal(Ping ping) {
    ping.isSealed = true;
    handover.seal(ping.index);
    handover.wakeReceiver();
  }

  /// Draws requests while few are ready, so that no more of them exist than are of use.
  private void draw() {
    for (int drawn = 0; drawn < DRAWN_AT_ONCE && !sweeps.isEmpty(); drawn++) {
      if (ready.size() >= READY_ENOUGH || !pings.tryAdmit()) {
        return;
      }
      Sweep sweep = sweeps.element();
      Ping ping = sweep.next(pinger);
      if (ping == null) {
        pings.dismiss();
        sweeps.remove();
        sweep.exhausted();
      } else {
        begin(ping);
      }
    }
  }

  /// Sends what is ready, as far as pacing, the receiver and the table allow, and no more at a time
  /// than lets mail and the schedule have their turn: a flood is always ready.
  ///
  /// @return nanoseconds until there may be more to do
  private long sendReady() {
    long now = System.nanoTime();
    long wait = 0;
    int room = room();
    for (int turn = 0; turn < SENT_AT_ONCE && !ready.isEmpty() && wait == 0; turn++) {
      Ping ping = ready.element();
      if (ping.isSealed) {
        ready.remove();
      } else if (room == 0) {
        flush();
        room = room();
        wait = room == 0 ? SHORT_NAP_NANOS : 0;
      } else if (pacer.tryTake(now)) {
        ready.remove();
        room--;
        if (issue(ping, now)) {
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
    return sweeps.isEmpty()
        ? Math.max(0, wheel.nextNanos() - System.nanoTime())
        : pings.pending() < pings.capacity() ? 0 : SHORT_NAP_NANOS;
  }

  /// Probes that the table and the receiver have room for. Looked up once for many, because the
  /// receiver writes what is read here.
  private int room() {
    long entries = table.capacity() - (taken - counters.get(EngineCounters.RELEASED));
    return (int) Math.max(0, Math.min(entries, MOST_BACKLOG - handover.backlog()));
  }

  private void flush() {
    for (int i = 0; i < batches.size(); i++) { // an iterator would be an object for each call
      flush(batches.get(i));
    }
  }

  /// Puts a request's next probe into its batch and schedules the one after that.
  ///
  /// @return whether the batch was full, and has been sent
  private boolean issue(Ping ping, long now) {
    PingOptions options = ping.request().options();
    int sequence = ++ping.issued;
    if (sequence != options.count()) {
      // A tick that was missed by more than an interval is left out, not made up for in a burst.
      long next = ping.dueNanos + ping.intervalNanos;
      ping.dueNanos = next < now - ping.intervalNanos ? now : next;
      schedule(ping, now);
    }
    int probe = claim();
    taken++;
    boolean large = options.payloadBytes() > EchoFilter.LARGEST_ON_RING;
    SendBatch batch = sockets.batch(ping.isIpv6(), options);
    int errno = batch == null ? Errno.EAFNOSUPPORT.number() : large ? prepareForLarge() : 0;
    if (batch == null || errno != 0) {
      put(probe, ping, sequence, now);
      table.putUnsent(probe, errno);
      handOver(probe, ping, sequence);
      handover.wakeReceiver();
      return false;
    }
    batch.add(ping, probe, sequence);
    if (batch.isFull()) {
      flush(batch);
      return true;
    }
    return false;
  }

  /// Makes sure that large replies can be received.
  ///
  /// @return 0, or the errno for which a large request cannot be sent
  private int prepareForLarge() {
    try {
      sockets.expectLargeReplies();
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

  private void put(int probe, Ping ping, int sequence, long now) {
    IpAddress target = ping.request().target();
    long low = target.isIpv6() ? target.low() : ProbeTable.ipv4((int) target.low());
    table.put(probe, ping.index, sequence, target.high(), low, now);
  }

  private void flush(SendBatch batch) {
    if (batch.isEmpty()) {
      return;
    }
    BatchSentEvent event = BatchSentEvent.started();
    long now = System.nanoTime();
    long deadline = Long.MAX_VALUE;
    for (int i = 0; i < batch.size(); i++) {
      int probe = batch.probe(i);
      Ping ping = batch.ping(i);
      put(probe, ping, batch.sequence(i), now);
      batch.seal(i, cookies.of(probe, now));
      deadline = Math.min(deadline, now + ping.timeoutNanos);
    }
    boolean refused = sendAll(batch);
    if (event != null) {
      event.requests = batch.size();
      event.commit();
    }
    batch.clear();
    if (refused) {
      handover.wakeReceiver();
    } else {
      handover.wakeReceiverBefore(deadline);
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
          handOver(batch.probe(i), batch.ping(i), batch.sequence(i));
        }
      } else if (Errno.EAGAIN.is(rc) && !mailbox.isClosing()) {
        waitForRoom(batch.socket());
      } else if (!Errno.EINTR.is(rc) && !(isPendingError() && ++tries <= PENDING_ERRORS)) {
        tries = 0;
        refused = true;
        table.putUnsent(batch.probe(first), -rc);
        handOver(batch.probe(first), batch.ping(first), batch.sequence(first));
        batch.skip();
      }
    }
    return refused;
  }

  /// Whether a refusal may be an earlier probe's ICMP error, which a second try does not meet.
  private boolean isPendingError() {
    return sockets.transport() == Transport.DATAGRAM;
  }

  private void handOver(int probe, Ping ping, int sequence) {
    handover.probe(probe);
    if (sequence == ping.request().options().count()) {
      ping.isSealed = true;
      handover.seal(ping.index);
    }
  }

  /// Waits until the socket's send buffer has room, or mail asks for an end.
  private void waitForRoom(int socket) {
    PollFd.set(pollFds, 0, mailbox.number(), PollFd.POLLIN);
    PollFd.set(pollFds, 1, socket, PollFd.POLLOUT);
    Timespec.nanos(nap, 0, LONG_NAP_NANOS);
    int _ = Libc.ppoll(callState, pollFds, 2, nap, MemorySegment.NULL);
    mailbox.awake();
  }

  private void sleep(long nanos) {
    if (mailbox.fallAsleep()) {
      PollFd.set(pollFds, 0, mailbox.number(), PollFd.POLLIN);
      Timespec.nanos(nap, 0, Math.min(nanos, LONG_NAP_NANOS));
      int _ = Libc.ppoll(callState, pollFds, 1, nap, MemorySegment.NULL);
    }
    mailbox.awake();
  }
}

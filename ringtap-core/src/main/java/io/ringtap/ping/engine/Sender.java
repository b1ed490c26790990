package io.ringtap.ping.engine;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.ping.engine.probe.EngineEvents;
import io.ringtap.ping.engine.probe.EngineState;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.ProbeTable;
import io.ringtap.ping.engine.probe.ReceiverInbox;
import io.ringtap.ping.engine.probe.SenderInbox;
import io.ringtap.ping.engine.socket.EchoSockets;
import io.ringtap.ping.engine.socket.SendBatch;
import io.ringtap.socket.PollSet;
import io.ringtap.timing.Pacer;
import java.lang.foreign.Arena;
import java.util.List;

/// Hands the probes of series that are ready to the kernel, in batches, as far as pacing, the probe
/// table and the receiver have room for them. The sending thread's.
public final class Sender {
  private static final long SHORT_NAP_NANOS = 200_000; // while the table is full

  /// How long a socket may be without room before another is taken. What a device's queue holds up
  /// has left it by then; what waits for neighbours that do not answer takes seconds.
  private static final long PATIENCE_NANOS = 5_000_000;

  /// From this backlog on the receiver is woken.
  private static final int BACKLOG_TO_WAKE = EchoSockets.MOST_BACKLOG / 4;

  private static final int SENT_AT_ONCE = 4096;

  /// The part of the receive buffer for which replies may be on their way before the receiver takes
  /// notice. As much again may have come while it did.
  private static final double PART_OF_BUFFER = 3 / 8d;

  /// How often a probe is tried when the socket reports errors for earlier ones instead.
  private static final int PENDING_ERRORS = 3;

  private final EngineState state;
  private final ProbeTable table;
  private final EchoSockets sockets;
  private final List<SendBatch> batches;
  private final SeriesQueue queue;
  private final SenderInbox inbox;
  private final ReceiverInbox receiver;
  private final Pacer pacer;
  private final PollSet room;

  private int cursor; // the entry of the table taken last
  private long taken; // entries of the table taken so far
  private long takenBytes; // what the replies to them may take up in buffers
  private final long mostBytes; // of these that the receiver has not taken notice of
  private boolean isHeldUp; // whether there was no room for a probe that was ready

  /// @param inboxes by which the two threads hear of each other
  Sender(EngineState state, EchoSockets sockets, SeriesQueue queue, Inboxes inboxes, Pacer pacer) {
    this.state = state;
    this.table = state.table();
    this.sockets = sockets;
    this.batches = sockets.batches();
    this.queue = queue;
    this.inbox = inboxes.sender();
    this.receiver = inboxes.receiver();
    this.pacer = pacer;
    room = new PollSet(Arena.ofAuto());
    mostBytes = (long) (sockets.bufferBytes() * PART_OF_BUFFER);
  }

  /// Sends an empty batch, so that the first probe does not wait between its stamp and its
  /// departure for the JVM to load what a send call needs.
  void warmUp() {
    int _ = batches.getFirst().send();
  }

  /// Probes handed to the kernel, or refused by it, since the beginning.
  long taken() {
    return taken;
  }

  /// Sends what is ready, as far as pacing, the receiver and the table allow, and no more at a time
  /// than lets commands and the schedule have their turn: a flood is always ready.
  ///
  /// @return nanoseconds until there may be more to do; `Long.MAX_VALUE` if nothing is known
  long sendReady() {
    long now = System.nanoTime();
    long wait = 0;
    int room = room();
    long bytes = roomBytes();
    isHeldUp = false;
    ProbeSeries series = queue.first();
    for (int turn = 0; turn < SENT_AT_ONCE && series != null && wait == 0; turn++) {
      int needed = series.form().bufferBytes();
      if (room == 0 || bytes < needed) {
        flush();
        room = room();
        bytes = roomBytes();
        isHeldUp = room == 0 || bytes < needed;
        wait = isHeldUp ? SHORT_NAP_NANOS : 0;
      } else if (pacer.tryTake(now)) {
        queue.remove();
        room--;
        bytes -= needed;
        if (issue(series, now)) {
          now = System.nanoTime();
        }
      } else {
        now = System.nanoTime();
        wait = Math.max(0, pacer.nextNanos() - now);
      }
      series = queue.first();
    }
    flush();
    if (wait > 0 || series != null) {
      return wait;
    }
    if (queue.hasSources()) {
      return queue.mayDraw() ? 0 : SHORT_NAP_NANOS;
    }
    long next = queue.nextNanos();
    return next == Long.MAX_VALUE ? next : Math.max(0, next - System.nanoTime());
  }

  /// Probes that the table and the receiver have room for. Looked up once for many, because the
  /// receiver writes what is read here.
  private int room() {
    long entries = table.capacity() - (taken - state.counters().get(Counter.RELEASED));
    return (int) Math.max(0, Math.min(entries, EchoSockets.MOST_BACKLOG - receiver.backlog()));
  }

  /// Room for replies in the receive buffer, beside those to probes that the receiver has not taken
  /// notice of. One reply it has room for in any case.
  private long roomBytes() {
    long waiting = takenBytes - state.counters().get(Counter.ADOPTED_BYTES);
    return waiting == 0 ? Math.max(mostBytes, ProbeForm.MOST_BUFFER_BYTES) : mostBytes - waiting;
  }

  /// Whether [#sendReady] had no room for a probe that was ready.
  boolean isHeldUp() {
    return isHeldUp;
  }

  private void flush() {
    for (int i = 0; i < batches.size(); i++) { // an iterator would be an object for each call
      flush(batches.get(i));
    }
  }

  /// Puts the next probe of a series into its batch and schedules the one after that.
  ///
  /// @return whether a batch has been sent, because it was full or could not take the probe
  private boolean issue(ProbeSeries series, long now) {
    long sequence = series.issue();
    if (!series.isLast(sequence)) {
      series.advance(now);
      queue.schedule(series, now);
    }
    int probe = claim();
    taken++;
    takenBytes += series.form().bufferBytes();
    ProbeForm form = series.form();
    SendBatch batch = sockets.batch(series.isIpv6());
    int errno = batch == null ? Errno.EAFNOSUPPORT.number() : prepareFor(form, series.isIpv6());
    if (batch == null || errno != 0) {
      table.put(probe, series.index(), sequence, series.target(), now);
      table.putUnsent(probe, errno);
      state.counters().add(Counter.UNSENT, 1);
      handOver(probe, series, sequence);
      receiver.wake();
      return false;
    }
    boolean isFlushed = !batch.takes(form);
    if (isFlushed) {
      flush(batch);
    }
    batch.add(series, probe, sequence);
    if (batch.isFull()) {
      flush(batch);
      return true;
    }
    return isFlushed;
  }

  /// Makes sure that a request of this form can be sent, and replies to it received.
  ///
  /// @return 0, or the errno for which it cannot be sent
  private int prepareFor(ProbeForm form, boolean ipv6) {
    if (form.kind() == ProbeForm.Kind.TIMESTAMP && (ipv6 || !sockets.sendsTimestampRequests())) {
      return Errno.EPROTONOSUPPORT.number();
    }
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
      deadline = Math.min(deadline, now + series.timeoutNanos(batch.sequence(i)));
    }
    boolean refused = sendAll(batch);
    if (event != null) {
      event.requests = batch.size();
      event.ipv6 = batch.isIpv6();
      event.commit();
    }
    batch.clear();
    if (refused || receiver.backlog() > BACKLOG_TO_WAKE) {
      receiver.wake();
    } else {
      receiver.wakeBefore(deadline);
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
        state.counters().add(Counter.SENT, rc);
        for (int i = first; i < first + rc; i++) {
          handOver(batch.probe(i), batch.series(i), batch.sequence(i));
        }
      } else if (Errno.EAGAIN.is(rc) && !inbox.isClosing()) {
        waitForRoom(batch);
      } else if (!Errno.EINTR.is(rc)
          && !(sockets.mayReportEarlierErrors() && ++tries <= PENDING_ERRORS)) {
        tries = 0;
        refused = true;
        table.putUnsent(batch.probe(first), -rc);
        state.counters().add(Counter.UNSENT, 1);
        handOver(batch.probe(first), batch.series(first), batch.sequence(first));
        batch.skip();
        sockets.refused(batch);
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

  /// Waits until the socket's send buffer has room, or somebody asks for an end. After a while
  /// another socket is taken, so that neighbours which do not answer hold up nobody else.
  private void waitForRoom(SendBatch batch) {
    room.clear().add(inbox.number()).add(batch.socket(), PollFd.POLLOUT).sleep(PATIENCE_NANOS);
    if (!room.isReady(0) && !room.isReady(1)) {
      sockets.relieve(batch);
    }
    inbox.awake(room.isReady(0));
  }
}

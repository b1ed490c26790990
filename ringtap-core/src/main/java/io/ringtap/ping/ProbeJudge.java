package io.ringtap.ping;

import static io.ringtap.ping.ProbeTable.ADOPTED;

import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.QuotedEcho;
import io.ringtap.ping.EchoCheck.Verdict;
import io.ringtap.ping.PingOutcome.Damage;
import io.ringtap.ping.ProbeTable.State;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of each probe: matches departures, replies and errors to the table, expires
/// what stays unanswered, keeps each request's tally and tells its listener. The receiving
/// thread's; it knows no socket, so a test can feed it.
///
/// A pass begins with [#observe]; then what has arrived is shown, then the sender's news is taken
/// ([#adopt], [#seal]), and only then probes expire ([#expire]): an answer that was stamped in time
/// is in time, however late this thread comes to read it.
final class ProbeJudge {
  private final ProbeTable table;
  private final PingRegistry pings;
  private final EchoCheck check;
  private final RoundTripTimer timer;
  private final TimingWheel expiry;
  private final TimingWheel.Expiry onExpired = this::expired;
  private final boolean seesDepartures;
  private final long deliveryNanos;
  private final PingEnds ends;
  private final EngineCounters counters;

  private long through;

  /// Hears of requests that have ended.
  interface PingEnds {
    void onEnded(Ping ping);
  }

  /// A judge of the probes in `table`.
  ///
  /// @param deliveryNanos how long after its stamp a packet may still be on its way to this judge
  /// @param seesDepartures whether [#onDeparture] will be told of every request that leaves
  ProbeJudge(
      ProbeTable table,
      PingRegistry pings,
      ProbeCookie cookies,
      StampClock clock,
      long deliveryNanos,
      boolean seesDepartures,
      PingEnds ends,
      EngineCounters counters) {
    this.table = table;
    this.pings = pings;
    this.check = new EchoCheck(cookies);
    this.timer = new RoundTripTimer(clock, deliveryNanos);
    this.deliveryNanos = deliveryNanos;
    this.seesDepartures = seesDepartures;
    this.ends = ends;
    this.counters = counters;
    this.expiry =
        new TimingWheel(table.memory(), ProbeTable.BYTES, ProbeTable.WHEEL_LINKS, timer.now());
  }

  /// Begins a pass.
  ///
  /// @return the monotonic time up to which, less the delivery time, what is shown now will be
  ///   complete
  long observe() {
    return timer.observe();
  }

  /// Time of the youngest packet that was shown, on the monotonic clock.
  long shownNanos() {
    return timer.shownNanos();
  }

  /// A request of ours was seen to leave. Of several sightings on stacked interfaces the last is
  /// nearest to the wire, and counts.
  void onDeparture(
      IdentifierBlock identifiers,
      MemorySegment frame,
      long icmp,
      long end,
      long targetHigh,
      long targetLow,
      long stamp) {
    int probe = probe(identifiers, frame, icmp);
    int state = probe < 0 ? State.FREE : table.state(probe) & ~ADOPTED;
    if (state < State.IN_FLIGHT
        || !table.isTo(probe, targetHigh, targetLow)
        || !check.isOurs(
            probe,
            table.sentNanos(probe),
            options(pings.get(table.ping(probe))).payloadBytes(),
            frame,
            icmp,
            end)) {
      counters.add(EngineCounters.FOREIGN);
      return;
    }
    long departed = timer.departure(stamp);
    if (departed != 0 && state == State.IN_FLIGHT) {
      table.departedNanos(probe, departed);
    }
  }

  private static PingOptions options(Ping ping) {
    return ping.request().options();
  }

  /// An echo reply arrived.
  ///
  /// @param icmp where its ICMP header begins; it is whole
  /// @param end where it ends
  /// @param summed whether its checksum is known to be right
  /// @param pseudoSum sum of the pseudo-header that its checksum covers
  /// @param stamp the kernel's, in nanoseconds since the epoch
  void onReply(
      IdentifierBlock identifiers,
      MemorySegment frame,
      long icmp,
      long end,
      long fromHigh,
      long fromLow,
      boolean summed,
      long pseudoSum,
      int hopLimit,
      long stamp) {
    int probe = probe(identifiers, frame, icmp);
    int mark = probe < 0 ? State.FREE : table.state(probe);
    int state = mark & ~ADOPTED;
    if (state < State.IN_FLIGHT || state == State.UNSENT) {
      counters.add(EngineCounters.FOREIGN);
      return;
    }
    if (stamp != 0 && table.answerNanos(probe) == stamp) {
      return; // the same packet, seen on another interface of a stack
    }
    Ping ping = pings.get(table.ping(probe));
    boolean fromTarget = table.isTo(probe, fromHigh, fromLow);
    int bytes = options(ping).payloadBytes();
    Verdict verdict =
        check.reply(
            probe, table.sentNanos(probe), bytes, frame, icmp, end, fromTarget, summed, pseudoSum);
    if (verdict == Verdict.FOREIGN) {
      counters.add(EngineCounters.FOREIGN);
      return;
    }
    timer.measure(table.sentNanos(probe), table.departedNanos(probe), stamp);
    if (state == State.IN_FLIGHT) {
      counters.add(EngineCounters.ANSWERS);
      table.answerNanos(probe, stamp);
      decide(probe, ping, verdict, fromTarget, fromHigh, fromLow, hopLimit, stamp);
    } else if (verdict == Verdict.INTACT) {
      afterwards(probe, mark, ping, fromHigh, fromLow, hopLimit, stamp);
    }
  }

  /// The first answer to a probe in flight.
  private void decide(
      int probe,
      Ping ping,
      Verdict verdict,
      boolean fromTarget,
      long fromHigh,
      long fromLow,
      int hopLimit,
      long stamp) {
    PingTally tally = ping.tally;
    PingListener listener = ping.listener();
    int sequence = table.sequence(probe);
    int end = State.REPLIED;
    if (timer.rttNanos() > ping.timeoutNanos) {
      lose(ping, sequence, table.departedNanos(probe) != 0);
      if (verdict == Verdict.INTACT) {
        late(ping, sequence, hopLimit, stamp);
      } else {
        end = State.UNANSWERED;
      }
    } else if (verdict != Verdict.INTACT) {
      end = State.UNANSWERED;
      tally.corrupted++;
      if (listener != null) {
        Damage damage = damage(verdict);
        tell(
            listener,
            ping,
            new PingOutcome.Corrupted(
                sequence, damage, timer.rttNanos(), hopLimit, timer.source(), stamp));
      }
    } else if (!fromTarget) {
      tally.elsewhere++;
      if (listener != null) {
        IpAddress from = address(fromHigh, fromLow, ping.isIpv6());
        tell(
            listener,
            ping,
            new PingOutcome.ReplyFromElsewhere(
                sequence, from, timer.rttNanos(), hopLimit, timer.source(), stamp));
      }
    } else {
      tally.record(timer.rttNanos(), timer.source());
      if (listener != null) {
        tell(
            listener,
            ping,
            new PingOutcome.Reply(sequence, timer.rttNanos(), hopLimit, timer.source(), stamp));
      }
    }
    end(probe, ping, end);
  }

  private static Damage damage(Verdict verdict) {
    return switch (verdict) {
      case BAD_CHECKSUM -> Damage.CHECKSUM;
      case CUT_SHORT -> Damage.TRUNCATED;
      default -> Damage.PAYLOAD;
    };
  }

  /// An answer to a probe that has ended: late if it is the first, else a duplicate.
  private void afterwards(
      int probe, int mark, Ping ping, long fromHigh, long fromLow, int hopLimit, long stamp) {
    // If the request's index has gone to another since, the probe is older than that one.
    boolean isOurs = ping.startedNanos <= table.sentNanos(probe);
    int sequence = table.sequence(probe);
    boolean isLate = (mark & ~ADOPTED) == State.UNANSWERED;
    // Claimed for the moment that it takes to note the stamp by which a second sighting is known.
    if (!table.move(probe, mark, State.CLAIMED)) {
      counters.add(EngineCounters.FOREIGN);
      return;
    }
    table.answerNanos(probe, stamp);
    table.state(probe, State.REPLIED | (mark & ADOPTED));
    counters.add(EngineCounters.ANSWERS);
    if (isLate) {
      late(isOurs ? ping : null, sequence, hopLimit, stamp);
      return;
    }
    counters.add(EngineCounters.DUPLICATES);
    if (isOurs) {
      ping.tally.duplicates++;
      PingListener listener = ping.listener();
      if (listener != null) {
        IpAddress from = address(fromHigh, fromLow, ping.isIpv6());
        tell(
            listener,
            ping,
            new PingOutcome.Duplicate(
                sequence, from, timer.rttNanos(), hopLimit, timer.source(), stamp));
      }
    }
  }

  private void late(@Nullable Ping ping, int sequence, int hopLimit, long stamp) {
    counters.add(EngineCounters.LATE);
    if (ping == null) {
      return;
    }
    ping.tally.late++;
    LateReplyEvent.emit(ping.request().target(), sequence, timer.rttNanos());
    PingListener listener = ping.listener();
    if (listener != null) {
      tell(
          listener,
          ping,
          new PingOutcome.LateReply(sequence, timer.rttNanos(), hopLimit, timer.source(), stamp));
    }
  }

  /// An ICMP error arrived that quotes a request.
  void onError(
      IdentifierBlock identifiers,
      MemorySegment frame,
      long icmp,
      long end,
      long byHigh,
      long byLow,
      long stamp) {
    if (!QuotedEcho.isWhole(frame, icmp, end)) {
      counters.add(EngineCounters.FOREIGN);
      return;
    }
    int identifier = QuotedEcho.identifier(frame, icmp);
    int probe = identifiers.probe(identifier, QuotedEcho.sequence(frame, icmp));
    long low = QuotedEcho.destinationLow(frame, icmp);
    onRefusal(
        probe,
        QuotedEcho.destinationHigh(frame, icmp),
        QuotedEcho.isIpv6(frame, icmp) ? low : ProbeTable.ipv4((int) low),
        byHigh,
        byLow,
        IcmpHeader.type(frame, icmp),
        IcmpHeader.code(frame, icmp),
        stamp);
  }

  /// A probe to a target was refused by somebody, with an ICMP type and code.
  void onRefusal(
      int probe,
      long targetHigh,
      long targetLow,
      long byHigh,
      long byLow,
      int type,
      int code,
      long stamp) {
    if (probe < 0
        || probe >= table.capacity()
        || (table.state(probe) & ~ADOPTED) != State.IN_FLIGHT
        || !table.isTo(probe, targetHigh, targetLow)) {
      counters.add(EngineCounters.FOREIGN);
      return;
    }
    counters.add(EngineCounters.ANSWERS);
    Ping ping = pings.get(table.ping(probe));
    int sequence = table.sequence(probe);
    timer.measure(table.sentNanos(probe), table.departedNanos(probe), stamp);
    if (timer.rttNanos() > ping.timeoutNanos) {
      lose(ping, sequence, table.departedNanos(probe) != 0);
    } else {
      ping.tally.errors++;
      PingListener listener = ping.listener();
      if (listener != null) {
        IpAddress by = address(byHigh, byLow, ping.isIpv6());
        tell(
            listener,
            ping,
            new PingOutcome.IcmpError(
                sequence, by, type, code, timer.rttNanos(), timer.source(), stamp));
      }
    }
    end(probe, ping, State.UNANSWERED);
  }

  private static IpAddress address(long high, long low, boolean ipv6) {
    return ipv6 ? IpAddress.ofIpv6(high, low) : IpAddress.ofIpv4((int) low);
  }

  private int probe(IdentifierBlock identifiers, MemorySegment frame, long icmp) {
    int probe =
        identifiers.probe(IcmpHeader.identifier(frame, icmp), IcmpHeader.sequence(frame, icmp));
    return probe < table.capacity() ? probe : -1;
  }

  /// Takes notice of a probe that the sender has sent or failed to send.
  void adopt(int probe) {
    int mark = table.state(probe);
    Ping ping = pings.get(table.ping(probe));
    PingTally tally = ping.tally;
    tally.adopted++;
    if (mark == State.UNSENT) {
      refuse(ping, table.sequence(probe), (int) table.answerNanos(probe));
      table.state(probe, State.UNSENT | ADOPTED);
      counters.add(EngineCounters.RELEASED);
      tally.decided++;
      return;
    }
    tally.sent++;
    counters.add(EngineCounters.SENT);
    if (mark == State.IN_FLIGHT) {
      expiry.schedule(probe, table.sentNanos(probe) + ping.timeoutNanos + deliveryNanos);
      table.state(probe, State.IN_FLIGHT | ADOPTED);
    } else {
      table.state(probe, mark | ADOPTED); // answered before the news of it came
      counters.add(EngineCounters.RELEASED);
    }
  }

  private void refuse(Ping ping, int sequence, int errno) {
    counters.add(EngineCounters.UNSENT);
    ping.tally.unsent++;
    PingListener listener = ping.listener();
    if (listener != null) {
      String reason = new Errno(errno).toString();
      tell(listener, ping, new PingOutcome.NotSent(sequence, errno, reason, timer.epochNow()));
    }
  }

  /// Takes notice that a request has handed over its last probe.
  void seal(int index) {
    Ping ping = pings.get(index);
    ping.tally.isSealed = true;
    if (ping.isWithdrawn()) {
      withdraw(ping);
    }
    endIfComplete(ping);
  }

  /// A request was withdrawn, perhaps after its last probe was sent. One that is not sealed yet
  /// will be found withdrawn when it is.
  void withdrawn(Ping ping) {
    if (ping.tally.isSealed && !ping.tally.isEnded) {
      withdraw(ping);
    }
  }

  /// The sender has ended: ends every probe in flight and every request.
  void close() {
    withdraw(null);
    for (int index = 0; index < pings.used(); index++) {
      Ping ping = pings.get(index);
      if (!ping.tally.isEnded) {
        ping.tally.isSealed = true;
        endIfComplete(ping);
      }
    }
  }

  /// Ends every probe in flight of a request, or of all if it is null.
  private void withdraw(@Nullable Ping only) {
    for (int probe = 0; probe < table.capacity(); probe++) {
      if (table.state(probe) == (State.IN_FLIGHT | ADOPTED)) {
        Ping ping = pings.get(table.ping(probe));
        if (only == null || ping == only) {
          withdraw(probe, ping);
        }
      }
    }
  }

  private void withdraw(int probe, Ping ping) {
    ping.tally.withdrawn++;
    PingListener listener = ping.listener();
    if (listener != null) {
      tell(listener, ping, new PingOutcome.Withdrawn(table.sequence(probe), timer.epochNow()));
    }
    end(probe, ping, State.UNANSWERED);
  }

  /// Expires the probes whose deadline, and the time for delivery after it, had passed by
  /// `throughNanos`.
  void expire(long throughNanos) {
    through = throughNanos;
    expiry.advance(throughNanos, onExpired);
  }

  /// When [#expire] has something to do next; `Long.MAX_VALUE` if nothing is in flight.
  long nextExpiryNanos() {
    return expiry.nextNanos();
  }

  private void expired(int probe) {
    Ping ping = pings.get(table.ping(probe));
    long departed = table.departedNanos(probe);
    long due = (departed != 0 ? departed : table.sentNanos(probe)) + ping.timeoutNanos;
    if (due + deliveryNanos > through) {
      expiry.schedule(probe, due + deliveryNanos);
      return;
    }
    lose(ping, table.sequence(probe), departed != 0);
    release(probe, ping, State.UNANSWERED | ADOPTED);
  }

  private void lose(Ping ping, int sequence, boolean departed) {
    ping.tally.lost++;
    PingListener listener = ping.listener();
    if (listener != null) {
      tell(
          listener,
          ping,
          new PingOutcome.TimedOut(
              sequence, ping.timeoutNanos, departed || !seesDepartures, timer.epochNow()));
    }
  }

  private void end(int probe, Ping ping, int state) {
    int mark = table.state(probe) & ADOPTED;
    if (mark != 0) {
      expiry.cancel(probe);
    }
    release(probe, ping, state | mark);
  }

  private void release(int probe, Ping ping, int state) {
    table.state(probe, state);
    if ((state & ADOPTED) != 0) {
      counters.add(EngineCounters.RELEASED);
    }
    ping.tally.decided++;
    endIfComplete(ping);
  }

  private void endIfComplete(Ping ping) {
    if (ping.tally.isComplete() && !ping.tally.isEnded) {
      ping.tally.isEnded = true;
      ends.onEnded(ping);
    }
  }

  private static void tell(PingListener listener, Ping ping, PingOutcome outcome) {
    Listeners.tell(listener, ping.request(), outcome);
  }
}

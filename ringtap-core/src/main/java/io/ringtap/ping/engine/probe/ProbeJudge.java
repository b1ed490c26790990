package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.engine.probe.ProbeTable.ADOPTED;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.QuotedEcho;
import io.ringtap.ping.engine.probe.Answer.Verdict;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.ping.engine.probe.ProbeTable.State;
import io.ringtap.timing.DropLedger;
import io.ringtap.timing.RoundTripTimer;
import io.ringtap.timing.StampClock;
import io.ringtap.timing.TimingWheel;
import java.util.function.Consumer;

/// Decides what becomes of each probe: matches departures, replies and errors to the table, expires
/// what stays unanswered, and reports it to each series' listener. Used by the receiving thread; it
/// knows no socket, so a test can feed it.
///
/// A pass begins with [#observe]; then what has arrived is shown, then the sender's news is taken
/// ([#adopt], [#seal]), and only then probes expire ([#expire]): an answer that was stamped in time
/// is in time, however late this thread comes to read it.
public final class ProbeJudge implements ReceiverInbox.Reader {
  private final ProbeTable table;
  private final SeriesRegistry registry;
  private final EngineCounters counters;
  private final EchoCheck check;
  private final RoundTripTimer timer;
  private final TimingWheel expiry;
  private final TimingWheel.Expiry onExpired = this::expired;
  private final long deliveryNanos;
  private final Consumer<ProbeSeries> onAnswered;
  private final Answer answer = new Answer();
  private final DropLedger drops = new DropLedger();

  private long through;

  /// A judge of the probes in a table.
  ///
  /// @param deliveryNanos how long after its stamp a packet may still be on its way to this judge
  /// @param onAnswered takes a series that is to send no more, because a reply to it has come
  public ProbeJudge(
      EngineState state, StampClock clock, long deliveryNanos, Consumer<ProbeSeries> onAnswered) {
    table = state.table();
    registry = state.registry();
    counters = state.counters();
    check = new EchoCheck(state.cookies());
    timer = new RoundTripTimer(clock, deliveryNanos);
    this.deliveryNanos = deliveryNanos;
    this.onAnswered = onAnswered;
    expiry = new TimingWheel(table.memory(), ProbeTable.BYTES, ProbeTable.WHEEL_LINKS, timer.now());
  }

  /// Begins a pass.
  ///
  /// @return the monotonic time up to which, less the delivery time, what is shown now will be
  ///   complete
  public long observe() {
    return timer.observe();
  }

  /// Time of the youngest packet that was shown, on the monotonic clock.
  public long shownNanos() {
    return timer.shownNanos();
  }

  /// A request of ours was seen to leave. Of several sightings, as of a bridge and its port, the
  /// first counts.
  public void onDeparture(EchoMessage request) {
    int probe = probe(request);
    if (probe < 0 || !isDeparting(probe, request)) {
      probe = translated(request);
    }
    if (probe < 0) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    long departed = timer.departure(request.stamp);
    boolean isFirst = table.departedNanos(probe) == 0;
    if (departed != 0 && isFirst && (table.state(probe) & ~ADOPTED) == State.IN_FLIGHT) {
      table.departedNanos(probe, departed);
    }
  }

  /// Whether a request is that probe: by its cookie, whatever address translation made of its
  /// target, or by its target where it is too short for a cookie.
  private boolean isDeparting(int probe, EchoMessage request) {
    if ((table.state(probe) & ~ADOPTED) < State.IN_FLIGHT) {
      return false;
    }
    return EchoCheck.hasProof(series(probe).form(), request)
        ? check.isProved(probe, table.sentNanos(probe), request)
        : table.isTo(probe, request.targetHigh, request.targetLow);
  }

  /// The probe of a request whose identifier has been translated; -1 if it is none. The sequence
  /// number leaves one candidate for each identifier of ours.
  private int translated(EchoMessage request) {
    int sequence = IcmpHeader.sequence(request.memory, request.icmp);
    for (int probe = sequence; probe < table.capacity(); probe += IdentifierBlock.SEQUENCES) {
      if ((table.state(probe) & ~ADOPTED) >= State.IN_FLIGHT
          && EchoCheck.hasProof(series(probe).form(), request)
          && check.isProved(probe, table.sentNanos(probe), request)) {
        return probe;
      }
    }
    return -1;
  }

  /// This machine has dropped so many answers, none before `sinceNanos` and none after
  /// `untilNanos`, on the monotonic clock.
  public void onDrops(long count, long sinceNanos, long untilNanos) {
    drops.add(count, sinceNanos, untilNanos);
  }

  /// The machine was suspended before this pass: whatever answers were on their way went to nobody.
  public void onSuspend() {
    drops.voidAll(timer.now());
  }

  /// An echo reply arrived.
  public void onReply(EchoMessage reply) {
    int probe = probe(reply);
    int mark = probe < 0 ? State.FREE : table.state(probe);
    int state = mark & ~ADOPTED;
    if (state < State.IN_FLIGHT || state == State.UNSENT) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    if (state != State.IN_FLIGHT && reply.stamp != 0 && table.answerNanos(probe) == reply.stamp) {
      return; // the same packet, seen on another interface of a stack
    }
    ProbeSeries series = series(probe);
    boolean fromTarget =
        series.takesAnySource() || table.isTo(probe, reply.fromHigh, reply.fromLow);
    Verdict verdict = check.reply(probe, table.sentNanos(probe), series.form(), reply, fromTarget);
    if (verdict == Verdict.FOREIGN) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    measure(probe, series, reply);
    answer.verdict(verdict);
    if (state == State.IN_FLIGHT) {
      counters.increment(Counter.ANSWERS);
      boolean _ = series.isToGroup() && isNewMember(probe, series, reply);
      decide(probe, series, fromTarget);
    } else if (verdict == Verdict.INTACT) {
      afterwards(probe, mark, series, reply, fromTarget);
    }
  }

  private void measure(int probe, ProbeSeries series, EchoMessage message) {
    timer.measure(table.sentNanos(probe), table.departedNanos(probe), message.stamp);
    answer.set(series.sequence(table.sequence(probe)), series.isIpv6(), message, timer);
    answer.departureUnseen(table.departedNanos(probe) == 0);
  }

  /// The first answer to a probe in flight.
  private void decide(int probe, ProbeSeries series, boolean fromTarget) {
    boolean isIntact = answer.verdict() == Verdict.INTACT;
    int end = isIntact ? State.REPLIED : State.UNANSWERED;
    if (answer.rttNanos() > series.timeoutNanos(answer.sequence())) {
      lose(series, answer.sequence(), table.departedNanos(probe) != 0);
      if (isIntact) {
        late(series, fromTarget);
      }
    } else if (!isIntact) {
      series.listener().onDamaged(answer);
    } else if (fromTarget) {
      series.listener().onReply(answer);
      answered(series);
    } else {
      series.listener().onReplyFromElsewhere(answer);
    }
    end(probe, series, end, answer.epochNanos());
  }

  /// An answer to a probe that has ended: late if it is the first, else a duplicate.
  private void afterwards(
      int probe, int mark, ProbeSeries series, EchoMessage reply, boolean fromTarget) {
    // If the series' index has gone to another since, the probe is older than that one.
    boolean isOurs = series.startedNanos() <= table.sentNanos(probe);
    boolean isLate = (mark & ~ADOPTED) == State.UNANSWERED;
    // Claimed for the moment that it takes to note the stamp by which a second sighting is known.
    if (!table.move(probe, mark, State.CLAIMED)) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    table.answerNanos(probe, answer.epochNanos());
    table.state(probe, State.REPLIED | (mark & ADOPTED));
    counters.increment(Counter.ANSWERS);
    if (isLate && isOurs) {
      late(series, fromTarget);
    } else if (isLate) {
      counters.increment(Counter.LATE);
    } else if (isOurs && series.isToGroup() && isNewMember(probe, series, reply)) {
      series.listener().onFurtherReply(answer);
    } else {
      counters.increment(Counter.DUPLICATES);
      if (isOurs) {
        series.listener().onDuplicate(answer);
      }
    }
  }

  private void late(ProbeSeries series, boolean fromTarget) {
    counters.increment(Counter.LATE);
    EngineEvents.lateReply(series.target(), answer.sequence(), answer.rttNanos());
    series.listener().onLateReply(answer);
    if (fromTarget) {
      answered(series);
    }
  }

  private void answered(ProbeSeries series) {
    if (series.isEndedByReply()) {
      onAnswered.accept(series);
    }
  }

  /// An ICMP error arrived that quotes a request.
  public void onError(EchoMessage error) {
    if (!QuotedEcho.isWhole(error.memory, error.icmp, error.end) || !EchoCheck.isSound(error)) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    int identifier = QuotedEcho.identifier(error.memory, error.icmp);
    int probe = error.identifiers.probe(identifier, QuotedEcho.sequence(error.memory, error.icmp));
    long low = QuotedEcho.destinationLow(error.memory, error.icmp);
    error.targetHigh = QuotedEcho.destinationHigh(error.memory, error.icmp);
    error.targetLow =
        QuotedEcho.isIpv6(error.memory, error.icmp) ? low : ProbeTable.ipv4((int) low);
    int type = IcmpHeader.type(error.memory, error.icmp);
    int code = IcmpHeader.code(error.memory, error.icmp);
    onRefusal(probe, error, type, code, mtu(error, type, code));
  }

  private static int mtu(EchoMessage error, int type, int code) {
    if (QuotedEcho.isIpv6(error.memory, error.icmp)) {
      long mtu = Icmpv6Type.hasMtu(type) ? IcmpHeader.mtu(error.memory, error.icmp) : 0;
      return (int) Math.min(mtu, Integer.MAX_VALUE);
    }
    return IcmpType.hasMtu(type, code) ? IcmpHeader.nextHopMtu(error.memory, error.icmp) : 0;
  }

  /// A probe was refused with an ICMP type and code, and perhaps an MTU.
  ///
  /// @param error who refused it, its target and the stamp; where it lies does not matter
  /// @param mtu in bytes; 0 for none
  public void onRefusal(int probe, EchoMessage error, int type, int code, int mtu) {
    int mark = probe < 0 || probe >= table.capacity() ? State.FREE : table.state(probe);
    int state = mark & ~ADOPTED;
    if (state < State.IN_FLIGHT
        || state == State.UNSENT
        || !table.isTo(probe, error.targetHigh, error.targetLow)
        || (state == State.REPLIED && !isNotice(series(probe), type))) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    ProbeSeries series = series(probe);
    measure(probe, series, error);
    answer.error(type, code, mtu);
    if (state != State.IN_FLIGHT) {
      lateError(probe, mark, series);
      return;
    }
    if (isNotice(series, type)) {
      counters.increment(Counter.ANSWERS);
      series.listener().onNotice(answer);
      return;
    }
    counters.increment(Counter.ANSWERS);
    if (answer.rttNanos() > series.timeoutNanos(answer.sequence())) {
      lose(series, answer.sequence(), table.departedNanos(probe) != 0);
      series.listener().onLateError(answer);
    } else {
      series.listener().onIcmpError(answer);
    }
    end(probe, series, State.UNANSWERED, 0);
  }

  /// An error or notice about a probe that has ended. If it had no reply, one may still follow.
  private void lateError(int probe, int mark, ProbeSeries series) {
    // If the series' index has gone to another since, the probe is older than that one.
    boolean isOurs = series.startedNanos() <= table.sentNanos(probe);
    // If the sender has taken the entry meanwhile, what was read from it may be of two probes.
    if (!table.move(probe, mark, mark)) {
      counters.increment(Counter.FOREIGN);
      return;
    }
    counters.increment(Counter.ANSWERS);
    if (isOurs && isNotice(series, answer.icmpType())) {
      series.listener().onNotice(answer);
    } else if (isOurs) {
      series.listener().onLateError(answer);
    }
  }

  /// Whether an ICMP message quotes a probe and decides nothing.
  private static boolean isNotice(ProbeSeries series, int type) {
    return !series.isIpv6() && (type == IcmpType.REDIRECT || type == IcmpType.SOURCE_QUENCH);
  }

  /// Whether the present answer is the first of its sender to its probe. A target that answers
  /// itself is no group.
  private boolean isNewMember(int probe, ProbeSeries series, EchoMessage reply) {
    return !table.isTo(probe, reply.fromHigh, reply.fromLow)
        && series.members().isNew(answer.sequence(), reply.fromHigh, reply.fromLow);
  }

  private ProbeSeries series(int probe) {
    return registry.get(table.series(probe));
  }

  /// The probe that an echo message names; -1 if it can be none.
  private int probe(EchoMessage echo) {
    int probe =
        echo.identifiers.probe(
            IcmpHeader.identifier(echo.memory, echo.icmp),
            IcmpHeader.sequence(echo.memory, echo.icmp));
    return probe < table.capacity() ? probe : -1;
  }

  /// Takes notice of a probe that the sender has sent or failed to send.
  @Override
  public void adopt(int probe) {
    int mark = table.state(probe);
    ProbeSeries series = series(probe);
    series.probeAdopted();
    counters.add(Counter.ADOPTED_BYTES, series.form().bufferBytes());
    long sequence = series.sequence(table.sequence(probe));
    if (mark == State.UNSENT) {
      int errno = (int) table.answerNanos(probe);
      series.listener().onNotSent(sequence, errno, timer.epochNow());
      table.state(probe, State.UNSENT | ADOPTED);
      counters.increment(Counter.RELEASED);
      series.probeDecided();
      return;
    }
    series.listener().onSent();
    if (mark == State.IN_FLIGHT) {
      long dueNanos = table.sentNanos(probe) + series.timeoutNanos(sequence);
      expiry.schedule(probe, dueNanos + deliveryNanos);
      series.addInFlight(table, probe);
      table.state(probe, State.IN_FLIGHT | ADOPTED);
    } else {
      table.state(probe, mark | ADOPTED); // answered before the news of it came
      counters.increment(Counter.RELEASED);
    }
  }

  /// Takes notice that a series has handed over its last probe.
  @Override
  public void seal(int index) {
    ProbeSeries series = registry.get(index);
    series.allAdopted();
    endIfComplete(series);
  }

  /// Ends every probe in flight of a series that has been sealed.
  @Override
  public void withdraw(ProbeSeries series) {
    for (int probe = series.oldestInFlight(); probe >= 0; probe = series.oldestInFlight()) {
      series.listener().onWithdrawn(series.sequence(table.sequence(probe)), timer.epochNow());
      end(probe, series, State.UNANSWERED, 0);
    }
  }

  /// The sender has ended: ends every probe in flight and every series.
  public void close() {
    for (int index = 0; index < registry.used(); index++) {
      withdraw(registry.get(index));
      seal(index);
    }
  }

  /// An error has ended the engine: ends every series, whatever has become of its probes.
  public void abandon() {
    for (int index = 0; index < registry.used(); index++) {
      ProbeSeries series = registry.get(index);
      if (series.abandon()) {
        registry.release(series);
        series.listener().onEnd();
      }
    }
  }

  /// Expires the probes whose deadline, and the time for delivery after it, had passed by
  /// `throughNanos`.
  public void expire(long throughNanos) {
    through = throughNanos;
    expiry.advance(throughNanos, onExpired);
  }

  /// When [#expire] has something to do next; `Long.MAX_VALUE` if nothing is in flight.
  public long nextExpiryNanos() {
    return expiry.nextNanos();
  }

  private void expired(int probe) {
    ProbeSeries series = series(probe);
    long departed = table.departedNanos(probe);
    long sequence = series.sequence(table.sequence(probe));
    long begun = departed != 0 ? departed : table.sentNanos(probe);
    long due = begun + series.timeoutNanos(sequence);
    if (due + deliveryNanos > through) {
      expiry.schedule(probe, due + deliveryNanos);
      return;
    }
    if (drops.takes(table.sentNanos(probe), due)) {
      series.listener().onDropped(sequence, departed != 0, timer.epochNow());
    } else {
      lose(series, sequence, departed != 0);
    }
    series.removeInFlight(table, probe);
    table.answerNanos(probe, 0);
    release(probe, series, State.UNANSWERED | ADOPTED);
  }

  private void lose(ProbeSeries series, long sequence, boolean departed) {
    series.listener().onTimeout(sequence, departed, timer.epochNow());
  }

  /// @param answered the stamp of the reply that ends it; 0 for none
  private void end(int probe, ProbeSeries series, int state, long answered) {
    int mark = table.state(probe) & ADOPTED;
    if (mark != 0) {
      expiry.cancel(probe);
      series.removeInFlight(table, probe);
    }
    table.answerNanos(probe, answered);
    release(probe, series, state | mark);
  }

  private void release(int probe, ProbeSeries series, int state) {
    table.state(probe, state);
    if ((state & ADOPTED) != 0) {
      counters.increment(Counter.RELEASED);
    }
    series.probeDecided();
    endIfComplete(series);
  }

  private void endIfComplete(ProbeSeries series) {
    if (series.hasJustEnded()) {
      registry.release(series); // first, so that whoever waited for an end finds the room
      series.listener().onEnd();
    }
  }
}

package io.ringtap.trace;

import io.ringtap.error.Errno;
import io.ringtap.linux.Clock;
import io.ringtap.linux.EventFd;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.socket.PollSet;
import io.ringtap.socket.RouteLookup;
import io.ringtap.timing.DropLedger;
import io.ringtap.timing.Pacer;
import io.ringtap.timing.RoundTripTimer;
import io.ringtap.timing.StampClock;
import io.ringtap.trace.engine.Answer;
import io.ringtap.trace.engine.ProbeBatch;
import io.ringtap.trace.engine.ProbeIdentity;
import io.ringtap.trace.engine.ProbePacket;
import io.ringtap.trace.engine.TraceSockets;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One trace of several targets: sends what is due, judges answers, and notices what is overdue.
/// One thread runs it; others may ask for reports meanwhile.
final class TraceRun implements TraceSockets.Judge {
  /// From the stamp of an arriving packet to its place in the socket's queue the kernel may take as
  /// long as its own threads wait for the processor.
  private static final long DELIVERY_NANOS = 10_000_000;

  private static final int MOST_OF_PASS = 256; // probes, before answers are read again
  private static final long NO_ROOM_NANOS = 1_000_000; // until a full send buffer is tried again
  private static final boolean[] FAMILIES = {false, true}; // whether IPv6

  private final TraceOptions options;
  private final long intervalNanos;
  private final long timeoutNanos;
  private final List<IpAddress> targets;
  private final @Nullable TraceListener listener;
  private final TraceSockets sockets;
  private final EventFd wakeUp;
  private final ProbeIdentity identity;
  private final ProbePacket packet;
  private final Arena arena = Arena.ofAuto();
  private final PollSet descriptors = new PollSet(arena);
  private final RoundTripTimer timer;
  private final Pacer pacer;
  private final DropLedger ledger = new DropLedger();
  private final RouteLookup[] routes;
  private final TraceTally[] tallies; // guarded by this
  private final ProbeTable table = new ProbeTable();
  private final JudgedAnswer judged = new JudgedAnswer();

  // What is to be sent next.
  private int round;
  private int hopLimit;
  private int path;
  private int target;
  private long roundDue;
  private long dropsRead;
  private long drops;
  private volatile boolean isStopped;
  private volatile boolean isPaused;

  /// @param listener hears of each probe; null for nobody, and then nothing is made for a probe
  TraceRun(
      TraceOptions options,
      List<IpAddress> targets,
      @Nullable TraceListener listener,
      ProbeIdentity identity,
      TraceSockets sockets,
      EventFd wakeUp) {
    this.options = options;
    this.targets = targets;
    this.listener = listener;
    this.identity = identity;
    this.sockets = sockets;
    this.wakeUp = wakeUp;
    intervalNanos = options.pacing().interval().toNanos();
    timeoutNanos = options.pacing().timeout().toNanos();
    packet = new ProbePacket(identity, options.form().trafficClass(), arena);
    Clock clock = new Clock(arena);
    timer = new RoundTripTimer(new StampClock(System::nanoTime, clock::epochNanos), DELIVERY_NANOS);
    pacer = new Pacer(options.pacing().rate(), System.nanoTime());
    routes = new RouteLookup[targets.size()];
    tallies = new TraceTally[targets.size()];
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] = new TraceTally(targets.get(i), options.paths());
    }
    hopLimit = options.firstHop();
    drops = sockets.dropped();
  }

  /// Ends it: what is in flight is withdrawn. Any thread may ask.
  void stop() {
    isStopped = true;
    wakeUp.signal();
  }

  /// Sends nothing until it is called with false. Any thread may ask.
  void pause(boolean isWanted) {
    isPaused = isWanted;
    wakeUp.signal();
  }

  /// What has been shown so far. Any thread may ask.
  synchronized List<TraceReport> reports() {
    List<TraceReport> reports = new ArrayList<>();
    for (TraceTally tally : tallies) {
      reports.add(tally.report());
    }
    return reports;
  }

  /// Forgets what has been counted. Any thread may ask.
  synchronized void clear() {
    for (TraceTally tally : tallies) {
      tally.clear();
    }
  }

  /// Runs until every probe has ended.
  void run() {
    for (boolean isIpv6 : FAMILIES) {
      ProbeBatch batch = sockets.batch(isIpv6);
      if (batch != null) {
        batch.clear(); // of what a trace that failed has left
      }
    }
    for (int i = 0; i < routes.length; i++) {
      routes[i] = RouteLookup.of(targets.get(i), 0, options.interfaceIndex(), 0);
    }
    roundDue = System.nanoTime();
    dropsRead = roundDue;
    while (!isStopped && (hasMoreRounds() || !table.isEmpty())) {
      sleep(pass());
    }
    withdraw();
  }

  private boolean hasMoreRounds() {
    return options.pacing().rounds() == TraceOptions.UNLIMITED || round < options.pacing().rounds();
  }

  /// Does all that is to be done now. The lock is taken once for all the probes of a pass.
  ///
  /// @return when there is more to do
  private synchronized long pass() {
    long now = timer.observe();
    sockets.drain(this);
    readDrops();
    expire(now);
    long due = sendDue();
    return table.isEmpty() ? due : Math.min(due, deadline());
  }

  private synchronized void withdraw() {
    for (boolean isIpv6 : FAMILIES) {
      ProbeBatch batch = sockets.batch(isIpv6);
      while (batch != null && !batch.isEmpty()) {
        unsent(batch.first(), Errno.EAGAIN);
        batch.skip();
      }
    }
    for (table.forgetEnded(); !table.isEmpty(); table.forgetEnded()) {
      end(table.oldest(), TraceTally.Fate.WITHDRAWN);
    }
  }

  private void sleep(long until) {
    if (!isStopped && (hasMoreRounds() || !table.isEmpty())) {
      descriptors.clear().add(wakeUp.number());
      sockets.watch(descriptors);
      descriptors.sleep(until == Long.MAX_VALUE ? Long.MAX_VALUE : until - System.nanoTime());
      if (descriptors.isFirstReady()) {
        wakeUp.drain();
      }
    }
  }

  private long deadline() {
    return table.sentNanos(table.oldest()) + timeoutNanos;
  }

  // Sending.

  /// Sends what is due.
  ///
  /// @return when there is more to send; `Long.MAX_VALUE` if there is no more, or no room in the
  ///   table
  private long sendDue() {
    long due = fill();
    for (boolean isIpv6 : FAMILIES) {
      ProbeBatch batch = sockets.batch(isIpv6);
      if (batch != null && !flush(batch)) {
        due = System.nanoTime() + NO_ROOM_NANOS;
      }
    }
    return due;
  }

  private long fill() {
    int filled = 0;
    while (hasMoreRounds()) {
      long now = System.nanoTime();
      if (filled == MOST_OF_PASS) {
        return now;
      }
      if (isPaused) {
        roundDue = Math.max(roundDue, now);
        return Long.MAX_VALUE;
      }
      if (now < roundDue) {
        return roundDue;
      }
      if (table.isFull()) {
        return Long.MAX_VALUE; // there is room when the oldest has ended
      }
      if (hopLimit <= tallies[target].end(path)) {
        ProbeBatch batch = sockets.batch(targets.get(target).isIpv6());
        if (batch != null && batch.isFull() && !flush(batch)) {
          return now;
        }
        if (!pacer.tryTake(now)) {
          return pacer.nextNanos();
        }
        add(batch, now);
        filled++;
      }
      advance(now);
    }
    return Long.MAX_VALUE;
  }

  /// To the next of all paths of all targets, then to the next hop limit, then to the next round.
  private void advance(long now) {
    path = (path + 1) % options.paths();
    if (path == 0) {
      target = (target + 1) % targets.size();
      if (target == 0) {
        hopLimit++;
        if (hopLimit > options.lastHop()) {
          hopLimit = options.firstHop();
          round++;
          roundDue = Math.max(roundDue + intervalNanos, now - intervalNanos);
        }
      }
    }
  }

  private void add(@Nullable ProbeBatch batch, long now) {
    IpAddress to = targets.get(target);
    int number = table.add(target, hopLimit, path, round, now);
    IpAddress source = routes[target].source();
    if (source == null || batch == null) {
      int refusal = routes[target].refusal();
      tallies[target].isWithoutRoute(hopLimit, path);
      unsent(number, refusal == 0 ? Errno.ENETUNREACH : Errno.of(refusal));
      return;
    }
    packet.write(source, to, hopLimit, path, number);
    batch.add(packet, to, number);
  }

  /// Sends a batch.
  ///
  /// @return false if the socket has no room at present
  private boolean flush(ProbeBatch batch) {
    while (!batch.isEmpty()) {
      int rc = batch.send();
      if (Errno.EAGAIN.is(rc) && mayWait(batch.first())) {
        return false;
      }
      if (rc < 0) {
        unsent(batch.first(), Errno.of(rc));
        batch.skip();
      }
    }
    return true;
  }

  /// Whether a probe may still be sent: if it were never sent, its loss would be the network's.
  private boolean mayWait(int number) {
    return System.nanoTime() - table.sentNanos(number) < timeoutNanos / 2;
  }

  private void unsent(int number, Errno errno) {
    if (listener != null) {
      listener.onOutcome(new TraceOutcome.NotSent(probe(number), errno));
    }
    tallies[table.target(number)].add(table.hopLimit(number), TraceTally.Fate.UNSENT);
    table.end(number);
  }

  // Judging.

  @Override
  public void onDeparture(int number, long epochNanos) {
    if (table.isInFlight(number)) {
      table.departed(number, timer.departure(epochNanos));
    }
  }

  @Override
  public void onAnswer(Answer answer) {
    int number = answer.number;
    if (!table.isInFlight(number) || !answer.isOf(targets.get(table.target(number)))) {
      return; // a second answer, a late one, or not ours
    }
    timer.measure(table.sentNanos(number), table.departedNanos(number), answer.stamp);
    int place = table.target(number);
    judged.answer = answer;
    judged.target = targets.get(place);
    judged.source = Objects.requireNonNull(routes[place].source());
    judged.hopLimit = table.hopLimit(number);
    judged.path = table.path(number);
    judged.round = table.round(number);
    judged.flow = identity.flow(judged.path);
    judged.checksum = options.form().protocol() == TraceProtocol.UDP ? number : judged.flow;
    judged.isDestination =
        answer.isFrom(judged.target) && (!answer.isError || JudgedAnswer.isUnreachable(answer));
    judged.rttNanos = timer.rttNanos();
    judged.stamp =
        !timer.isArrivalStamped()
            ? StampSource.USER
            : timer.isDepartureStamped() ? StampSource.KERNEL : StampSource.KERNEL_RECEIVE;
    table.end(number);
    tallies[place].add(judged);
    if (listener != null) {
      listener.onOutcome(judged.toOutcome());
    }
  }

  private void readDrops() {
    long dropped = sockets.dropped();
    long now = System.nanoTime();
    if (dropped > drops) {
      ledger.add(dropped - drops, dropsRead, now);
      drops = dropped;
    }
    dropsRead = now;
  }

  /// Ends what was overdue before all that had come was read.
  private void expire(long now) {
    for (table.forgetEnded(); !table.isEmpty() && deadline() <= now; table.forgetEnded()) {
      boolean isOurLoss = ledger.takes(table.sentNanos(table.oldest()), deadline());
      end(table.oldest(), isOurLoss ? TraceTally.Fate.DROPPED : TraceTally.Fate.LOST);
    }
  }

  private void end(int number, TraceTally.Fate fate) {
    table.end(number);
    tallies[table.target(number)].add(table.hopLimit(number), fate);
    if (listener != null) {
      TraceOutcome.Probe probe = probe(number);
      listener.onOutcome(
          switch (fate) {
            case LOST -> new TraceOutcome.TimedOut(probe);
            case DROPPED -> new TraceOutcome.Dropped(probe);
            case WITHDRAWN -> new TraceOutcome.Withdrawn(probe);
            case UNSENT -> throw new IllegalArgumentException("unsent has a reason");
          });
    }
  }

  private TraceOutcome.Probe probe(int number) {
    return new TraceOutcome.Probe(
        targets.get(table.target(number)),
        table.hopLimit(number),
        table.path(number),
        table.round(number));
  }
}

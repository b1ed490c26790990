package io.ringtap.trace;

import io.ringtap.error.Errno;
import io.ringtap.linux.Clock;
import io.ringtap.linux.EventFd;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.socket.PollSet;
import io.ringtap.socket.RouteLookup;
import io.ringtap.timing.DropLedger;
import io.ringtap.timing.Pacer;
import io.ringtap.timing.RoundTripTimer;
import io.ringtap.timing.StampClock;
import io.ringtap.trace.engine.Answer;
import io.ringtap.trace.engine.ProbeIdentity;
import io.ringtap.trace.engine.ProbePacket;
import io.ringtap.trace.engine.TraceSockets;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One trace of several targets: sends what is due, judges answers, and notices what is overdue.
/// One thread runs it.
final class TraceRun {
  /// From the stamp of an arriving packet to its place in the socket's queue the kernel may take as
  /// long as its own threads wait for the processor.
  private static final long DELIVERY_NANOS = 10_000_000;

  private static final int FIRST = 1; // IPv4's identification 0 would be replaced by the kernel
  private static final int NUMBERS = 65_534; // 0xffff as a checksum is the same as 0

  private final TraceOptions options;
  private final List<IpAddress> targets;
  private final TraceListener listener;
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
  private final int[] ends; // by target: the hop limit beyond which there is nothing to ask

  // Probes by number, of which those in flight are from `oldest` up to `next`, in a circle.
  private final TraceOutcome.@Nullable Probe[] probes = new TraceOutcome.Probe[NUMBERS + FIRST];
  private final int[] places = new int[NUMBERS + FIRST]; // of their targets
  private final long[] sent = new long[NUMBERS + FIRST];
  private final long[] departed = new long[NUMBERS + FIRST];
  private int oldest = FIRST;
  private int next = FIRST;
  private int queued; // from oldest to next, ended ones among them too

  // What is to be sent next.
  private int round;
  private int hopLimit;
  private int path;
  private int target;
  private long roundDue;
  private long dropsRead;
  private long drops;
  private volatile boolean isStopped;

  TraceRun(
      TraceOptions options,
      List<IpAddress> targets,
      TraceListener listener,
      ProbeIdentity identity,
      TraceSockets sockets,
      EventFd wakeUp) {
    this.options = options;
    this.targets = targets;
    this.listener = listener;
    this.identity = identity;
    this.sockets = sockets;
    this.wakeUp = wakeUp;
    packet = new ProbePacket(identity, options.trafficClass(), arena);
    Clock clock = new Clock(arena);
    timer = new RoundTripTimer(new StampClock(System::nanoTime, clock::epochNanos), DELIVERY_NANOS);
    pacer = new Pacer(options.rate(), System.nanoTime());
    routes = new RouteLookup[targets.size()];
    ends = new int[targets.size()];
    Arrays.fill(ends, options.lastHop());
    hopLimit = options.firstHop();
    drops = sockets.dropped();
  }

  /// Ends it: what is in flight is withdrawn. Any thread may ask.
  void stop() {
    isStopped = true;
    wakeUp.signal();
  }

  /// Runs until every probe has ended.
  void run() {
    for (int i = 0; i < routes.length; i++) {
      routes[i] = RouteLookup.of(targets.get(i), 0, options.interfaceIndex(), 0);
    }
    roundDue = System.nanoTime();
    dropsRead = roundDue;
    while (!isStopped && (round < options.rounds() || queued > 0)) {
      long due = sendDue();
      if (queued > 0 || due != Long.MAX_VALUE) {
        sleep(due);
      }
      long now = timer.observe();
      sockets.drain(this::onDeparture, this::onAnswer);
      readDrops();
      expire(now);
    }
    while (queued > 0) {
      TraceOutcome.Probe probe = takeOldest();
      if (probe != null) {
        listener.onOutcome(new TraceOutcome.Withdrawn(probe));
      }
    }
  }

  private void sleep(long untilNanos) {
    long until = queued == 0 ? untilNanos : Math.min(untilNanos, deadline());
    descriptors.clear().add(wakeUp.number());
    sockets.watch(descriptors);
    descriptors.sleep(until == Long.MAX_VALUE ? Long.MAX_VALUE : until - System.nanoTime());
  }

  private long deadline() {
    return sent[oldest] + options.timeout().toNanos();
  }

  // Sending.

  /// Sends what is due.
  ///
  /// @return when there is more to send; `Long.MAX_VALUE` if there is no more, or no room
  private long sendDue() {
    while (round < options.rounds()) {
      long now = System.nanoTime();
      if (now < roundDue) {
        return roundDue;
      }
      if (queued == NUMBERS) {
        return Long.MAX_VALUE; // there is room when the oldest has ended
      }
      if (hopLimit <= ends[target]) {
        if (!pacer.tryTake(now)) {
          return pacer.nextNanos();
        }
        send();
      }
      advance();
    }
    return Long.MAX_VALUE;
  }

  /// To the next of all paths of all targets, then to the next hop limit, then to the next round.
  private void advance() {
    path = (path + 1) % options.paths();
    if (path == 0) {
      target = (target + 1) % targets.size();
      if (target == 0) {
        hopLimit++;
        if (hopLimit > options.lastHop()) {
          hopLimit = options.firstHop();
          round++;
          roundDue += options.interval().toNanos();
        }
      }
    }
  }

  private void send() {
    IpAddress to = targets.get(target);
    var probe = new TraceOutcome.Probe(to, hopLimit, path, round);
    IpAddress source = routes[target].source();
    if (source == null || !sockets.has(to.isIpv6())) {
      int refusal = routes[target].refusal();
      Errno errno = refusal == 0 ? Errno.ENETUNREACH : Errno.of(refusal);
      listener.onOutcome(new TraceOutcome.NotSent(probe, errno));
      return;
    }
    int number = next;
    packet.write(source, to, hopLimit, path, number);
    long now = System.nanoTime();
    long rc = sockets.send(packet, to, options.interfaceIndex());
    if (rc < 0) {
      listener.onOutcome(new TraceOutcome.NotSent(probe, Errno.of(rc)));
      return;
    }
    probes[number] = probe;
    places[number] = target;
    sent[number] = now;
    departed[number] = 0;
    next = after(number);
    queued++;
  }

  private static int after(int number) {
    return number == NUMBERS ? FIRST : number + 1;
  }

  // Judging.

  private void onDeparture(int number, long epochNanos) {
    if (isInFlight(number) && departed[number] == 0) {
      departed[number] = timer.departure(epochNanos);
    }
  }

  private boolean isInFlight(int number) {
    return number >= FIRST && number <= NUMBERS && probes[number] != null;
  }

  private void onAnswer(Answer answer) {
    int number = answer.number();
    TraceOutcome.Probe probe = isInFlight(number) ? probes[number] : null;
    if (probe == null || !answer.target().equals(probe.target())) {
      return; // a second answer, a late one, or not ours
    }
    timer.measure(sent[number], departed[number], answer.stamp());
    StampSource stamp =
        !timer.isArrivalStamped()
            ? StampSource.USER
            : timer.isDepartureStamped() ? StampSource.KERNEL : StampSource.KERNEL_RECEIVE;
    Answer.IcmpError quoted = answer.error();
    boolean isIpv6 = probe.target().isIpv6();
    boolean isDestination =
        answer.from().equals(probe.target())
            && (quoted == null || isUnreachable(isIpv6, quoted.type()));
    int place = places[number];
    TraceOutcome.IcmpError error = quoted == null ? null : error(number, probe, place, quoted);
    var outcome =
        new TraceOutcome.Answer(
            probe, answer.from(), isDestination, error, answer.hopLimit(), timer.rttNanos(), stamp);
    if (TraceTally.isEnd(outcome)) {
      ends[place] = Math.min(ends[place], probe.hopLimit());
    }
    probes[number] = null;
    listener.onOutcome(outcome);
  }

  private TraceOutcome.IcmpError error(
      int number, TraceOutcome.Probe probe, int place, Answer.IcmpError quoted) {
    IpAddress source = Objects.requireNonNull(routes[place].source());
    int flow = identity.flow(probe.path());
    int checksum = options.protocol() == TraceProtocol.UDP ? number : flow;
    return new TraceOutcome.IcmpError(
        quoted.type(),
        quoted.code(),
        quoted.mtu(),
        quoted.labels().stream().map(MplsLabel::of).toList(),
        quoted.quotedHopLimit(),
        quoted.quotedTrafficClass(),
        quoted.quotedSource().equals(source) ? null : quoted.quotedSource(),
        quoted.quotedFlow() == flow ? -1 : quoted.quotedFlow(),
        quoted.quotedChecksum() >= 0 && quoted.quotedChecksum() != checksum);
  }

  /// Whether an ICMP error says that a packet was not delivered, other than for its hop limit.
  static boolean isUnreachable(boolean isIpv6, int type) {
    return type == (isIpv6 ? Icmpv6Type.DESTINATION_UNREACHABLE : IcmpType.DESTINATION_UNREACHABLE);
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
    while (queued > 0 && (probes[oldest] == null || deadline() <= now)) {
      long sentNanos = sent[oldest];
      TraceOutcome.Probe probe = takeOldest();
      if (probe != null) {
        boolean isOurLoss = ledger.takes(sentNanos, sentNanos + options.timeout().toNanos());
        listener.onOutcome(
            isOurLoss ? new TraceOutcome.Dropped(probe) : new TraceOutcome.TimedOut(probe));
      }
    }
  }

  private TraceOutcome.@Nullable Probe takeOldest() {
    TraceOutcome.Probe probe = probes[oldest];
    probes[oldest] = null;
    oldest = after(oldest);
    queued--;
    return probe;
  }
}

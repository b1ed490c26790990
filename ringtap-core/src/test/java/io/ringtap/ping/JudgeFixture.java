package io.ringtap.ping;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A judge on clocks that a test turns, with a table in plain memory that the fixture fills as the
/// sender would. A pass of the receiver is [#pass].
final class JudgeFixture {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;
  static final long DELIVERY_NANOS = 20 * MILLI;

  /// Hears outcomes and summaries, and keeps them.
  static final class Heard implements PingListener {
    final List<PingOutcome> outcomes = new ArrayList<>();
    final List<PingSummary> summaries = new ArrayList<>();

    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void onSummary(PingSummary summary) {
      summaries.add(summary);
    }
  }

  final IdentifierBlock identifiers;
  final ProbeTable table;
  final PingRegistry pings = new PingRegistry(1 << 12);
  final ProbeCookie cookies = new ProbeCookie(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
  final EngineCounters counters = new EngineCounters();
  final Heard heard = new Heard();
  final List<Ping> ended = new ArrayList<>();
  final StampClock clock;
  final ProbeJudge judge;
  final boolean seesDepartures;

  private final Queue<Integer> news = new ArrayDeque<>(); // as in Handover
  private long monotonic = 5000 * SECOND;
  private long epoch = 1_800_000_000L * SECOND;
  private int cursor;
  private long taken;

  JudgeFixture() {
    this(1024, true);
  }

  /// @param capacity probes in the table, a power of two
  JudgeFixture(int capacity, boolean seesDepartures) {
    int bits = Math.max(0, Integer.numberOfTrailingZeros(capacity) - 16);
    this.identifiers = new IdentifierBlock(0x5a00, bits);
    this.seesDepartures = seesDepartures;
    MemorySegment memory =
        Arena.ofAuto().allocate(ProbeTable.BYTES * capacity, JAVA_LONG.byteSize());
    table = new ProbeTable(memory, capacity);
    clock = new StampClock(() -> monotonic, () -> epoch);
    judge =
        new ProbeJudge(
            table, pings, cookies, clock, DELIVERY_NANOS, seesDepartures, this::onEnded, counters);
  }

  private void onEnded(Ping ping) {
    ended.add(ping);
    PingListener listener = ping.listener();
    if (listener != null) {
      listener.onSummary(ping.tally.summary(ping.request()));
    }
    pings.release(ping);
  }

  long monotonic() {
    return monotonic;
  }

  /// The time as the kernel stamps it.
  long epoch() {
    return epoch;
  }

  /// Lets time pass.
  void advance(long nanos) {
    monotonic += nanos;
    epoch += nanos;
  }

  /// Sets the real-time clock, by so much.
  void step(long nanos) {
    epoch += nanos;
  }

  Ping start(PingRequest request) {
    return start(request, heard);
  }

  Ping start(PingRequest request, @Nullable PingListener listener) {
    Ping ping = Pings.ping(request, listener);
    if (!pings.tryAdmit()) {
      throw new AssertionError("more requests than the fixture has room for");
    }
    pings.register(ping);
    ping.startedNanos = monotonic;
    return ping;
  }

  /// Whether the table has room for one more probe, as the sender reckons.
  boolean hasRoom() {
    return taken - counters.get(EngineCounters.RELEASED) < table.capacity();
  }

  /// Sends a request's next probe now.
  int send(Ping ping) {
    int probe = put(ping);
    news.add(probe);
    return probe;
  }

  /// Sends a probe, and a departure is stamped at once.
  int sendAndDepart(Ping ping) {
    int probe = send(ping);
    depart(probe);
    return probe;
  }

  /// Has the kernel refuse a request's next probe.
  int refuse(Ping ping, int errno) {
    int probe = put(ping);
    table.putUnsent(probe, errno);
    news.add(probe);
    return probe;
  }

  private int put(Ping ping) {
    if (!hasRoom()) {
      throw new AssertionError("the table is full");
    }
    do {
      cursor = (cursor + 1) & (table.capacity() - 1);
    } while (!table.claim(cursor));
    taken++;
    IpAddress target = ping.request().target();
    table.put(cursor, ping.index, ++ping.issued, target.high(), low(target), monotonic);
    return cursor;
  }

  /// The sender has handed over the last probe of a request.
  void seal(Ping ping) {
    news.add(~ping.index);
  }

  /// A probe's request is seen to leave now.
  void depart(int probe) {
    EchoFrame frame = EchoFrame.request(this, probe);
    judge.onDeparture(
        identifiers,
        frame.bytes(),
        0,
        frame.end(),
        frame.target().high(),
        low(frame.target()),
        epoch);
  }

  /// A pass in which nothing has arrived.
  void pass() {
    pass(() -> {});
  }

  /// One pass of the receiving thread.
  ///
  /// @param arrivals shows the judge what has arrived
  void pass(Runnable arrivals) {
    long complete = judge.observe();
    arrivals.run();
    takeNews();
    judge.expire(complete);
  }

  void takeNews() {
    for (Integer item = news.poll(); item != null; item = news.poll()) {
      if (item >= 0) {
        judge.adopt(item);
      } else {
        judge.seal(~item);
      }
    }
  }

  static long low(IpAddress address) {
    return address.isIpv6() ? address.low() : ProbeTable.ipv4((int) address.low());
  }
}

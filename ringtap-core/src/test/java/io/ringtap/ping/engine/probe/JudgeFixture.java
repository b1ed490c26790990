package io.ringtap.ping.engine.probe;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Heard;
import io.ringtap.ping.HopRecord;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.StampSource;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.timing.StampClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A judge on clocks that a test turns, with a table in plain memory that the fixture fills as the
/// sender would. A pass of the receiver is [#pass].
public final class JudgeFixture {
  public static final long MILLI = 1_000_000;
  public static final long SECOND = 1000 * MILLI;
  static final long DELIVERY_NANOS = 20 * MILLI;

  public final IdentifierBlock identifiers;
  public final ProbeTable table;
  final SeriesRegistry registry = new SeriesRegistry(1 << 12);
  final ProbeCookie cookies = new ProbeCookie(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
  public final EngineCounters counters = new EngineCounters();
  public final Heard heard = new Heard();
  final List<RunningPing> ended = new ArrayList<>();

  /// Those that the judge asked to send no more.
  final List<ProbeSeries> answered = new ArrayList<>();

  final StampClock clock;
  public final ProbeJudge judge;

  // As in the receiver's inbox.
  private final Queue<Integer> news = new ArrayDeque<>();
  private final Queue<RunningPing> withdrawn = new ArrayDeque<>();

  private long monotonic = 5000 * SECOND;
  private long epoch = 1_800_000_000L * SECOND;
  private int cursor;
  private long taken;

  public JudgeFixture() {
    this(1024);
  }

  /// @param capacity probes in the table, a power of two
  public JudgeFixture(int capacity) {
    int bits = Math.max(0, Integer.numberOfTrailingZeros(capacity) - 16);
    this.identifiers = new IdentifierBlock(0x5a00, bits);
    MemorySegment memory =
        Arena.ofAuto().allocate(ProbeTable.BYTES * capacity, JAVA_LONG.byteSize());
    table = new ProbeTable(memory, capacity);
    clock = new StampClock(() -> monotonic, () -> epoch);
    EngineState state = new EngineState(table, registry, cookies, counters);
    judge = new ProbeJudge(state, clock, DELIVERY_NANOS, answered::add);
  }

  public long monotonic() {
    return monotonic;
  }

  /// The time as the kernel stamps it.
  public long epoch() {
    return epoch;
  }

  /// What has just arrived, with stamps of the kernel at both ends.
  public Arrival arrival(IpAddress from, long rttNanos, int hopLimit) {
    return new Arrival(from, rttNanos, hopLimit, StampSource.KERNEL, epoch);
  }

  /// The same of a packet whose IP header was there, with a traffic class of 0.
  public Arrival arrivalOfPacket(IpAddress from, long rttNanos, int hopLimit) {
    return new Arrival(
        from, rttNanos, hopLimit, 0, StampSource.KERNEL, epoch, null, HopRecord.NONE);
  }

  /// Lets time pass.
  public void advance(long nanos) {
    monotonic += nanos;
    epoch += nanos;
  }

  /// Sets the real-time clock, by so much.
  void step(long nanos) {
    epoch += nanos;
  }

  public RunningPing start(PingRequest request) {
    return start(request, heard);
  }

  public RunningPing start(PingRequest request, @Nullable PingListener listener) {
    RunningPing ping = new RunningPing(request, listener, ended::add);
    if (!registry.tryAdmit()) {
      throw new AssertionError("more requests than the fixture has room for");
    }
    registry.register(ping.series());
    ping.series().begin(monotonic, monotonic, null);
    return ping;
  }

  /// Whether the table has room for one more probe, as the sender reckons.
  boolean hasRoom() {
    return taken - counters.get(Counter.RELEASED) < table.capacity();
  }

  /// Sends a request's next probe now.
  public int send(RunningPing ping) {
    int probe = put(ping);
    counters.add(Counter.SENT, 1);
    news.add(probe);
    return probe;
  }

  /// Sends a probe, and a departure is stamped at once.
  public int sendAndDepart(RunningPing ping) {
    int probe = send(ping);
    depart(probe);
    return probe;
  }

  /// Has the kernel refuse a request's next probe.
  int refuse(RunningPing ping, int errno) {
    int probe = put(ping);
    table.putUnsent(probe, errno);
    counters.add(Counter.UNSENT, 1);
    news.add(probe);
    return probe;
  }

  private int put(RunningPing ping) {
    if (!hasRoom()) {
      throw new AssertionError("the table is full");
    }
    do {
      cursor = (cursor + 1) & (table.capacity() - 1);
    } while (!table.claim(cursor));
    taken++;
    table.put(cursor, ping.series().index(), ping.issue(), ping.request().target(), monotonic);
    return cursor;
  }

  /// The sender has handed over the last probe of a request.
  void seal(RunningPing ping) {
    news.add(~ping.series().index());
  }

  /// A request is withdrawn, and hands over no more probes.
  void withdraw(RunningPing ping) {
    seal(ping);
    withdrawn.add(ping);
  }

  /// A probe's request is seen to leave now.
  void depart(int probe) {
    EchoFrame.request(this, probe).depart();
  }

  /// A pass in which nothing has arrived.
  public void pass() {
    pass(() -> {});
  }

  /// One pass of the receiving thread.
  ///
  /// @param arrivals shows the judge what has arrived
  public void pass(Runnable arrivals) {
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
    for (RunningPing ping = withdrawn.poll(); ping != null; ping = withdrawn.poll()) {
      judge.withdraw(ping.series());
    }
  }

  static long low(IpAddress address) {
    return address.isIpv6() ? address.low() : ProbeTable.ipv4((int) address.low());
  }
}

package io.ringtap.ping;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a probe costs both threads of the pinger without the kernel: its entry in the table, cookie
/// and packet, and the judgement of its departure and its reply. In the package of what it
/// measures, which is not public.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProbeJudgeBenchmark {
  private static final int CAPACITY = 1 << 16; // probes
  private static final int BYTES = IcmpHeader.BYTES + PingOptions.DEFAULT_PAYLOAD_BYTES;
  private static final int OWN = IcmpHeader.BYTES + ProbeCookie.BYTES;
  private static final int HOP_LIMIT = 64;
  private static final long DELIVERY_NANOS = 20_000_000;
  private static final long RTT_NANOS = 30_000;
  private static final int TARGET = 0xc0000207; // 192.0.2.7
  private static final long STARTED = 1L << 40;
  private static final long EPOCH = 1L << 60; // of the monotonic clock

  private final MemorySegment echo = Arena.ofAuto().allocate(BYTES);
  private final EchoPayload payload = new EchoPayload();
  private final ProbeCookie cookies = ProbeCookie.random();
  private final IdentifierBlock identifiers = new IdentifierBlock(0x5a00, 0);
  private final EngineCounters counters = new EngineCounters();
  private final ProbeTable table =
      new ProbeTable(Arena.ofAuto().allocate(ProbeTable.BYTES * CAPACITY, Long.BYTES), CAPACITY);
  private final PingRegistry pings = new PingRegistry(1);
  // Nobody stops it and nobody listens.
  private final Ping ping = new Ping(null, PingRequest.to(IpAddress.ofIpv4(TARGET)), null, null);
  private ProbeJudge judge;
  private long now = STARTED;
  private int cursor;

  @Setup
  public void begin() {
    judge =
        new ProbeJudge(
            table,
            pings,
            cookies,
            new StampClock(() -> now, () -> now + EPOCH),
            DELIVERY_NANOS,
            true,
            pings::release,
            counters);
    pings.tryAdmit();
    pings.register(ping);
    MemorySegment.copy(
        EchoPayload.pattern(), 0, echo, IcmpHeader.BYTES, PingOptions.DEFAULT_PAYLOAD_BYTES);
  }

  @Benchmark
  public long probe() {
    do {
      cursor = cursor + 1 & CAPACITY - 1;
    } while (!table.claim(cursor));
    long target = ProbeTable.ipv4(TARGET);
    table.put(cursor, ping.index, cursor, 0, target, now);
    write(IcmpType.ECHO_REQUEST);
    judge.observe();
    judge.onDeparture(identifiers, echo, 0, BYTES, 0, target, now + EPOCH);
    judge.adopt(cursor);
    now += RTT_NANOS;
    write(IcmpType.ECHO_REPLY);
    long complete = judge.observe();
    judge.onReply(identifiers, echo, 0, BYTES, 0, target, false, 0, HOP_LIMIT, now + EPOCH);
    judge.expire(complete);
    if (ping.tally.lost > 0 || counters.get(EngineCounters.FOREIGN) > 0) {
      throw new IllegalStateException("a probe was not answered by its reply");
    }
    return ping.tally.received;
  }

  private void write(int type) {
    IcmpHeader.writeEcho(
        echo, 0, type, identifiers.identifier(cursor), IdentifierBlock.sequence(cursor));
    echo.set(
        JAVA_LONG.withByteAlignment(1),
        IcmpHeader.BYTES,
        cookies.of(cursor, table.sentNanos(cursor)));
    long sum = Checksum.sum(echo, 0, OWN) + payload.sum(PingOptions.DEFAULT_PAYLOAD_BYTES);
    IcmpHeader.checksum(echo, 0, Checksum.fold(sum));
  }
}

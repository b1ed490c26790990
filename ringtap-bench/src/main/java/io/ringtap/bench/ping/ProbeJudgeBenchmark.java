package io.ringtap.bench.ping;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.Answer;
import io.ringtap.ping.engine.probe.EchoMessage;
import io.ringtap.ping.engine.probe.EchoPayload;
import io.ringtap.ping.engine.probe.EngineCounters;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.ping.engine.probe.EngineState;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.PayloadFill;
import io.ringtap.ping.engine.probe.ProbeCookie;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeSchedule;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.ProbeTable;
import io.ringtap.ping.engine.probe.ProbeTarget;
import io.ringtap.ping.engine.probe.SeriesRegistry;
import io.ringtap.timing.StampClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/// The cost of a probe on both threads of the pinger, without the kernel: table entry, cookie and
/// packet, and the handling of its departure and its reply.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProbeJudgeBenchmark {
  private static final ValueLayout.OfLong COOKIE = JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);
  private static final int CAPACITY = 1 << 16; // probes
  private static final int PAYLOAD_BYTES = 18;
  private static final ProbeForm FORM =
      new ProbeForm(
          ProbeForm.Kind.ECHO,
          PAYLOAD_BYTES,
          PayloadFill.COUNTING,
          ProbeForm.Header.DEFAULT,
          ProbeForm.Mode.DEFAULT);
  private static final int BYTES = IcmpHeader.BYTES + PAYLOAD_BYTES;
  private static final int OWN = IcmpHeader.BYTES + ProbeCookie.BYTES;
  private static final int HOP_LIMIT = 64;
  private static final long DELIVERY_NANOS = 20_000_000;
  private static final long RTT_NANOS = 30_000;
  private static final IpAddress TARGET = IpAddress.parse("192.0.2.7");
  private static final long SECOND = 1_000_000_000;
  private static final long STARTED = 1L << 40;
  private static final long EPOCH = 1L << 60; // of the monotonic clock

  private final MemorySegment echo = Arena.ofAuto().allocate(BYTES);
  private final EchoMessage message = new EchoMessage();
  private final ProbeCookie cookies = ProbeCookie.random();
  private final EchoPayload payload = new EchoPayload(cookies.tag());
  private final IdentifierBlock identifiers = new IdentifierBlock(0x5a00, 0);
  private final EngineCounters counters = new EngineCounters();
  private final ProbeTable table =
      new ProbeTable(Arena.ofAuto().allocate(ProbeTable.BYTES * CAPACITY, Long.BYTES), CAPACITY);
  private final SeriesRegistry registry = new SeriesRegistry(1);
  private final CountingListener listener = new CountingListener();
  private final ProbeSeries series =
      new ProbeSeries(
          new ProbeTarget(TARGET, 0, false),
          new ProbeSchedule(0, SECOND, SECOND, 0, 0),
          FORM,
          listener);
  private ProbeJudge judge;
  private long now = STARTED;
  private int cursor;

  /// Only counts, like a request without a listener.
  private static final class CountingListener implements ProbeSeries.Listener {
    private long sent;
    private long received;
    private long others;

    @Override
    public void onSent() {
      sent++;
    }

    @Override
    public void onNotSent(long sequence, int errno, long epochNanos) {
      others++;
    }

    @Override
    public void onReply(Answer answer) {
      received++;
    }

    @Override
    public void onReplyFromElsewhere(Answer answer) {
      others++;
    }

    @Override
    public void onDamaged(Answer answer) {
      others++;
    }

    @Override
    public void onIcmpError(Answer answer) {
      others++;
    }

    @Override
    public void onTimeout(long sequence, boolean departed, long epochNanos) {
      others++;
    }

    @Override
    public void onWithdrawn(long sequence, long epochNanos) {
      others++;
    }

    @Override
    public void onLateReply(Answer answer) {
      others++;
    }

    @Override
    public void onLateError(Answer answer) {
      others++;
    }

    @Override
    public void onDropped(long sequence, boolean departed, long epochNanos) {
      others++;
    }

    @Override
    public void onNotice(Answer answer) {
      others++;
    }

    @Override
    public void onFurtherReply(Answer answer) {
      others++;
    }

    @Override
    public void onDuplicate(Answer answer) {
      others++;
    }

    @Override
    public void onEnd() {
      others++;
    }
  }

  @Setup
  public void begin() {
    judge =
        new ProbeJudge(
            new EngineState(table, registry, cookies, counters),
            new StampClock(() -> now, () -> now + EPOCH),
            DELIVERY_NANOS,
            _ -> {});
    registry.tryAdmit();
    registry.register(series);
    payload.write(echo, IcmpHeader.BYTES, FORM, PAYLOAD_BYTES);
    message.identifiers = identifiers;
    message.memory = echo;
    message.end = BYTES;
    message.fromLow = ProbeTable.ipv4((int) TARGET.low());
    message.targetLow = message.fromLow;
    message.hopLimit = HOP_LIMIT;
  }

  @Benchmark
  public long probe() {
    do {
      cursor = cursor + 1 & CAPACITY - 1;
    } while (!table.claim(cursor));
    table.put(cursor, 0, cursor, TARGET, now);
    write(IcmpType.ECHO_REQUEST);
    judge.observe();
    message.stamp = now + EPOCH;
    judge.onDeparture(message);
    judge.adopt(cursor);
    now += RTT_NANOS;
    write(IcmpType.ECHO_REPLY);
    long complete = judge.observe();
    message.stamp = now + EPOCH;
    judge.onReply(message);
    judge.expire(complete);
    if (listener.others > 0 || counters.get(Counter.FOREIGN) > 0) {
      throw new IllegalStateException("a probe was not answered by its reply");
    }
    return listener.received;
  }

  private void write(int type) {
    IcmpHeader.writeEcho(
        echo, 0, type, identifiers.identifier(cursor), IdentifierBlock.sequence(cursor));
    echo.set(COOKIE, IcmpHeader.BYTES, cookies.of(cursor, table.sentNanos(cursor)));
    long sum = Checksum.sum(echo, 0, OWN) + payload.sum(FORM);
    IcmpHeader.checksum(echo, 0, Checksum.fold(sum));
  }
}

package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.engine.probe.ProbeTable.State;
import io.ringtap.testing.Allocation;
import io.ringtap.timing.Pacer;
import io.ringtap.timing.TimingWheel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done for each probe makes no object, in the steady state.
class NoAllocationTest {
  private static final int PROBES = 2_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theJudgeAllocatesNothingForDepartureReplyAndLoss(boolean isRandom) {
    Judged judged = new Judged(isRandom);

    int rounds = Allocation.assertNone(judged::round);

    assertThat(judged.ping.counts().received()).isEqualTo((long) rounds * PROBES / 2);
    assertThat(judged.ping.counts().lost()).isEqualTo((long) rounds * PROBES / 2);
    assertThat(judged.ping.counts().duplicates()).isPositive();
  }

  /// Half of the probes are answered, some of them twice; half are lost.
  private static final class Judged {
    final JudgeFixture fixture = new JudgeFixture(4096);
    final RunningPing ping;
    private final ProbeTable table = fixture.table;
    private final ProbeJudge judge = fixture.judge;
    private final SendPath path;

    Judged(boolean isRandom) {
      PingRequest request = Pings.request();
      PingOptions options = request.options();
      ping = fixture.start(request.with(isRandom ? options.withRandomPayload() : options), null);
      path = new SendPath(fixture, ping.series().form());
    }

    void round() {
      for (int i = 0; i < PROBES; i++) {
        probe(i);
      }
      fixture.advance(500 * MILLI);
      long complete = judge.observe();
      judge.expire(complete);
    }

    private void probe(int i) {
      int probe = path.claim(table);
      table.put(probe, ping.series().index(), i, Pings.TARGET, fixture.monotonic());
      long cookie = fixture.cookies.of(probe, fixture.monotonic());
      path.fill(fixture, probe, cookie);
      fixture.advance(500);
      judge.observe();
      path.depart(fixture);
      judge.adopt(probe);
      if (i % 2 == 0) {
        return;
      }
      fixture.advance(10_000);
      judge.observe();
      path.arrive(fixture);
      if (i % 5 == 0) {
        fixture.advance(10);
        judge.observe();
        path.arrive(fixture);
      }
    }
  }

  /// What the sender does for a probe, and the packets that come of it.
  private static final class SendPath {
    final long end = 8 + PingOptions.DEFAULT_PAYLOAD_BYTES;
    final MemorySegment request = Arena.ofAuto().allocate(end);
    private final MemorySegment reply = Arena.ofAuto().allocate(end);
    private final ProbeForm form;
    private final EchoPayload payload;
    private final EchoMessage message = new EchoMessage();
    private int cursor;

    SendPath(JudgeFixture fixture, ProbeForm form) {
      this.form = form;
      payload = new EchoPayload(fixture.cookies.tag());
      payload.write(request, 8, form, (int) end - 8);
      reply.copyFrom(request);
    }

    int claim(ProbeTable table) {
      do {
        cursor = (cursor + 1) & (table.capacity() - 1);
      } while (!table.claim(cursor));
      return cursor;
    }

    void fill(JudgeFixture fixture, int probe, long cookie) {
      write(fixture, request, 8, probe, cookie);
      write(fixture, reply, 0, probe, cookie);
    }

    private void write(
        JudgeFixture fixture, MemorySegment packet, int type, int probe, long cookie) {
      int identifier = fixture.identifiers.identifier(probe);
      IcmpHeader.writeEcho(packet, 0, type, identifier, IdentifierBlock.sequence(probe));
      EchoPayload.seal(packet, IcmpHeader.BYTES, form, cookie);
      long sum =
          form.fill().isRandom()
              ? Checksum.sum(packet, 0, end)
              : Checksum.sum(packet, 0, IcmpHeader.BYTES + (long) ProbeCookie.BYTES)
                  + payload.sum(form);
      IcmpHeader.checksum(packet, 0, Checksum.fold(sum));
    }

    void depart(JudgeFixture fixture) {
      fixture.judge.onDeparture(message(fixture, request));
    }

    void arrive(JudgeFixture fixture) {
      fixture.judge.onReply(message(fixture, reply));
    }

    private EchoMessage message(JudgeFixture fixture, MemorySegment memory) {
      message.identifiers = fixture.identifiers;
      message.memory = memory;
      message.end = end;
      message.fromLow = JudgeFixture.low(Pings.TARGET);
      message.targetLow = JudgeFixture.low(Pings.TARGET);
      message.hopLimit = EchoFrame.HOP_LIMIT;
      message.stamp = fixture.epoch();
      return message;
    }
  }

  @Test
  void theSendersScheduleAllocatesNothing() {
    Schedule schedule = new Schedule();

    int rounds = Allocation.assertNone(schedule::round);

    assertThat(schedule.expired).isEqualTo((long) rounds * PROBES);
  }

  /// Wheel, ready queue and pacing, as the sender turns them.
  private static final class Schedule {
    private final TimingWheel wheel =
        new TimingWheel(Arena.ofAuto().allocate(12L * PROBES, 4), 12, 0, 0);
    private final IntRing ready = new IntRing(PROBES);
    private final Pacer pacer = new Pacer(1e9, 0);
    private final TimingWheel.Expiry onDue = ready::add;
    private long now;
    long expired;

    void round() {
      for (int i = 0; i < PROBES; i++) {
        wheel.schedule(i, now + i * 10_000L);
      }
      while (wheel.size() > 0) {
        now = wheel.nextNanos();
        wheel.advance(now, onDue);
        while (!ready.isEmpty() && pacer.tryTake(now)) {
          int _ = ready.take();
          expired++;
        }
        now++;
      }
      while (!ready.isEmpty()) {
        int _ = ready.take();
        expired++;
      }
    }
  }

  @Test
  void theStatisticsAllocateNothingOnceTheirRangeIsCovered() {
    RttRecorder recorder = new RttRecorder();
    long[] next = {1};

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < PROBES; i++) {
            recorder.record(20_000 + (next[0] = next[0] * 48_271 % 0x7fffffff) % 1_000_000);
          }
        });

    assertThat(recorder.snapshot().count()).isEqualTo((long) rounds * PROBES);
  }

  @Test
  void theTableHandsEntriesBackAndForthWithoutAllocating() {
    ProbeTable table = new ProbeTable(Arena.ofAuto().allocate(64 * ProbeTable.BYTES, 8), 64);
    int[] claimed = {0};

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < PROBES; i++) {
            int probe = i & 63;
            if (table.claim(probe)) {
              claimed[0]++;
              table.put(probe, 0, i, Pings.TARGET, i);
              table.state(probe, State.REPLIED | ProbeTable.ADOPTED);
            }
          }
        });

    assertThat(claimed[0]).isEqualTo(rounds * PROBES);
  }
}

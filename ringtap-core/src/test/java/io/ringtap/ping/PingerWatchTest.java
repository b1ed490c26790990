package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.WatchedOutcome.Kind;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that are watched, on the loopback interface.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerWatchTest {
  private static final PingRequest ENDLESS =
      PingRequest.to(IpAddress.parse("127.0.0.1"))
          .with(
              PingOptions.DEFAULT
                  .withCount(PingOptions.UNLIMITED)
                  .withInterval(Duration.ofMillis(1))
                  .withTimeout(Duration.ofSeconds(20)));

  private Pinger pinger;

  @BeforeEach
  void open() throws IOException {
    pinger = Pinger.open(PingerOptions.DEFAULT.withMaxInFlight(1024));
  }

  @AfterEach
  void close() {
    pinger.close();
  }

  @Test
  void endsEachProbeThatWasSentOnce() {
    Map<Kind, Long> kinds =
        new EnumMap<>(Kind.class); // of one thread at a time, read after its end
    AtomicLong outcomes = new AtomicLong();
    AtomicLong numbers = new AtomicLong();
    Ping<Long> ping =
        pinger.watch(
            ENDLESS,
            outcome -> {
              kinds.merge(outcome.kind(), 1L, Long::sum);
              numbers.addAndGet(outcome.sequence());
              outcomes.incrementAndGet();
            });
    Eventually.await("200 outcomes", () -> outcomes.get() >= 200);
    ping.withdraw();
    long sent = ping.join();

    assertThat(kinds.keySet()).isSubsetOf(Kind.REPLY, Kind.WITHDRAWN);
    assertThat(kinds.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(sent);
    assertThat(numbers.get()).isEqualTo(sent * (sent + 1) / 2);
  }

  @Test
  void showsWhatAPacketBrought() {
    AtomicLong rtt = new AtomicLong();
    AtomicLong hopLimit = new AtomicLong();
    Ping<Long> ping =
        pinger.watch(
            ENDLESS.with(ENDLESS.options().withCount(1)),
            outcome -> {
              rtt.set(outcome.rttNanos());
              hopLimit.set(outcome.hopLimit());
            });

    assertThat(ping.join()).isEqualTo(1);
    assertThat(rtt.get()).isPositive();
    assertThat(hopLimit.get()).isEqualTo(64);
  }

  @Test
  void endsARequestWhoseWatcherThrowsAndNoOther() {
    AtomicLong others = new AtomicLong();
    Ping<Long> other = pinger.watch(ENDLESS, _ -> others.incrementAndGet());
    Ping<Long> thrown =
        pinger.watch(
            ENDLESS,
            _ -> {
              throw new UnsupportedOperationException("thrown");
            });

    assertThatThrownBy(thrown::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(UnsupportedOperationException.class);
    long before = others.get();
    Eventually.await("more outcomes of the other", () -> others.get() > before + 10);
    other.withdraw();
    assertThat(other.join()).isEqualTo(others.get());
  }

  @Test
  void letsProbesAndRepliesWaitForEachOtherWithSlack() throws IOException {
    PingOptions often =
        PingOptions.DEFAULT
            .withCount(20)
            .withInterval(Duration.ofMillis(20))
            .withTimeout(Duration.ofSeconds(20));
    AtomicLong replies = new AtomicLong();
    AtomicLong others = new AtomicLong();
    try (Pinger patient = Pinger.open(PingerOptions.DEFAULT.withSlack(Duration.ofMillis(50)))) {
      Ping<Long> fast =
          patient.watch(
              ENDLESS.with(often),
              outcome -> (outcome.kind() == Kind.REPLY ? replies : others).incrementAndGet());
      Ping<Long> single =
          patient.watch(
              ENDLESS.with(often.withCount(1).withInterval(Duration.ofHours(1))),
              outcome -> (outcome.kind() == Kind.REPLY ? replies : others).incrementAndGet());

      assertThat(fast.join()).isEqualTo(20); // none is left out as too late
      assertThat(single.join()).isEqualTo(1);
    }
    assertThat(replies.get()).isEqualTo(21);
    assertThat(others.get()).isZero();
  }
}

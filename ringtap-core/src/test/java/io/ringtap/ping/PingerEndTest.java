package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How a pinger and its requests are stopped, withdrawn and closed, on the loopback interface.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerEndTest {
  private static final IpAddress LO = IpAddress.parse("127.0.0.1");

  /// At once, and patient: nothing here is a measurement of this machine's haste.
  private static final PingOptions QUICK =
      PingOptions.defaults().withInterval(Duration.ofMillis(1)).withTimeout(Duration.ofSeconds(20));

  private static final PingOptions MUCH_LATER =
      QUICK.withTimeout(Duration.ofHours(1)).withStartDelay(Duration.ofHours(20));

  private Pinger pinger;

  @BeforeEach
  void open() throws IOException {
    pinger = Pinger.open(PingerOptions.defaults().withMaxInFlight(1024));
  }

  @AfterEach
  void close() {
    pinger.close();
  }

  private static PingRequest request(PingOptions options) {
    return PingRequest.to(LO).with(options);
  }

  @Test
  void stoppingARequestEndsItGracefully() throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(3);
    Ping ping =
        pinger.start(
            request(QUICK.withCount(PingOptions.UNLIMITED)),
            new PingListener() {
              @Override
              public void onOutcome(PingRequest request, PingOutcome outcome) {
                heard.countDown();
              }
            });
    heard.await();

    ping.stop();

    PingSummary summary = ping.summary().join();
    assertThat(summary.sent()).isEqualTo(summary.received()).isGreaterThanOrEqualTo(3);
    assertThat(summary.withdrawn()).isZero();
  }

  @Test
  void stoppingThePingerEndsAllRequestsGracefully() {
    Ping endless = pinger.start(request(QUICK.withCount(PingOptions.UNLIMITED)), null);
    Ping waiting = pinger.start(request(MUCH_LATER), null);
    CompletableFuture<PingTotals> sweep =
        pinger.pingAll(
            Stream.generate(() -> request(QUICK.withCount(1))).iterator(), new PingListener() {});

    pinger.stop();

    assertThat(endless.summary().join().lost()).isZero();
    assertThat(waiting.summary().join().sent()).isZero();
    PingTotals totals = sweep.join();
    assertThat(totals.received()).isEqualTo(totals.sent());
    assertThat(pinger.ping(request(QUICK)).join().sent()).isZero();
  }

  @Test
  void drawsNothingOnceItWasStopped() {
    pinger.stop();
    AtomicInteger drawn = new AtomicInteger();

    PingTotals totals =
        pinger
            .pingAll(
                Stream.generate(
                        () -> {
                          drawn.incrementAndGet();
                          return request(QUICK);
                        })
                    .iterator(),
                new PingListener() {})
            .join();

    assertThat(totals).isEqualTo(PingTotals.NONE);
    assertThat(drawn).hasValue(0);
  }

  @Test
  void withdrawingEndsARequestThatHasNotBegun() {
    Ping ping = pinger.start(request(MUCH_LATER), null);

    ping.withdraw();

    assertThat(ping.summary().join().sent()).isZero();
  }

  @Test
  void aFloodLeavesOthersTheirTurnAndCanBeStopped() throws IOException {
    PingOptions endless = QUICK.withCount(PingOptions.UNLIMITED).withInterval(Duration.ZERO);
    try (Pinger roomy = Pinger.open()) {
      Ping flood = roomy.start(request(endless), null);

      PingSummary other = roomy.ping(request(QUICK.withCount(5))).join();
      flood.stop();
      PingSummary stopped = flood.summary().join();

      assertThat(other.received()).isEqualTo(5);
      assertThat(stopped.received()).isPositive().isEqualTo(stopped.sent());
    }
  }

  @Test
  void withdrawingEndsARequestThatPacingHoldsBack() throws IOException {
    double oncePerHour = 1 / 3600.0;
    try (Pinger slow = Pinger.open(PingerOptions.defaults().withRate(oncePerHour))) {
      Ping first = slow.start(request(QUICK.withCount(1)), null);
      assertThat(first.summary().join().received()).isEqualTo(1);
      Ping heldBack = slow.start(request(QUICK.withCount(1)), null);

      heldBack.withdraw();

      assertThat(heldBack.summary().join().sent()).isZero();
      assertThat(slow.pending()).isZero();
    }
  }

  @Test
  void cancellingTheFutureEndsTheRequest() throws InterruptedException {
    CompletableFuture<PingSummary> future = pinger.ping(request(MUCH_LATER));

    assertThat(future.cancel(false)).isTrue();

    for (int i = 0; i < 10_000 && pinger.pending() > 0; i++) {
      Thread.sleep(1);
    }
    assertThat(pinger.pending()).isZero();
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    PingListener failing =
        new PingListener() {
          @Override
          public void onOutcome(PingRequest request, PingOutcome outcome) {
            throw new AssertionError("thrown on purpose by a listener");
          }

          @Override
          public void onSummary(PingSummary summary) {
            throw new IllegalStateException("thrown on purpose by a listener");
          }
        };

    Ping ping = pinger.start(request(QUICK.withCount(3)), failing);

    assertThat(ping.summary().join().received()).isEqualTo(3);
    assertThat(pinger.ping(request(QUICK.withCount(1))).join().received()).isOne();
  }

  @Test
  void closingWakesEveryWaiterAtOnce() {
    List<CompletableFuture<?>> waiters = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      waiters.add(pinger.ping(request(MUCH_LATER)));
      waiters.add(
          pinger
              .ping(request(QUICK.withCount(PingOptions.UNLIMITED)))
              .thenAccept(summary -> assertThat(summary.lost()).isZero()));
    }
    waiters.add(pinger.pingAll(List.of(request(MUCH_LATER), request(MUCH_LATER))));
    waiters.add(
        pinger.pingAll(
            Stream.generate(() -> request(MUCH_LATER)).iterator(), new PingListener() {}));

    pinger.close();

    assertThat(waiters).allMatch(Future::isDone);
    assertThat(waiters).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(pinger.pending()).isZero();
  }

  @Test
  void closingDoesNotWaitForAnIteratorThatBlocks() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    Iterator<PingRequest> blocking =
        Stream.generate(
                () -> {
                  blocked.countDown();
                  try {
                    Thread.sleep(Duration.ofHours(1));
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return request(QUICK);
                })
            .iterator();
    CompletableFuture<PingTotals> sweep = pinger.pingAll(blocking, new PingListener() {});
    blocked.await();

    pinger.close();

    assertThat(sweep).isCompletedExceptionally();
  }

  @Test
  void mayBeClosedFromAListener() throws Exception {
    CompletableFuture<PingSummary> other = pinger.ping(request(MUCH_LATER));
    PingListener closing =
        new PingListener() {
          @Override
          public void onOutcome(PingRequest request, PingOutcome outcome) {
            pinger.close();
          }
        };

    Ping ping = pinger.start(request(QUICK.withCount(PingOptions.UNLIMITED)), closing);

    assertThat(ping.summary().get(60, TimeUnit.SECONDS).received()).isPositive();
    assertThat(other.get(60, TimeUnit.SECONDS).sent()).isZero();
    pinger.close();
    assertThat(EngineThreads.alive()).isEmpty();
  }

  @Test
  void mayBeClosedTwiceAndByManyAtOnce() {
    List<CompletableFuture<Void>> closers =
        Stream.generate(() -> CompletableFuture.runAsync(pinger::close, Thread::startVirtualThread))
            .limit(8)
            .toList();
    closers.forEach(CompletableFuture::join);

    pinger.close();

    assertThat(EngineThreads.alive()).isEmpty();
  }

  @Test
  void refusesUseAfterClosing() {
    Ping ping = pinger.start(request(MUCH_LATER), null);
    pinger.close();

    assertThatIllegalStateException().isThrownBy(() -> pinger.ping(request(QUICK)));
    assertThatIllegalStateException().isThrownBy(() -> pinger.pingAll(List.of(request(QUICK))));
    assertThatIllegalStateException()
        .isThrownBy(() -> pinger.pingAll(List.<PingRequest>of().iterator(), new PingListener() {}));
    pinger.stop();
    ping.stop();
    ping.withdraw();
    assertThat(pinger.counters().sent()).isZero();
    assertThat(pinger.pending()).isZero();
  }
}

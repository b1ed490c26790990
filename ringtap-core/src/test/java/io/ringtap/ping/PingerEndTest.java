package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
      PingOptions.DEFAULT.withInterval(Duration.ofMillis(1)).withTimeout(Duration.ofSeconds(20));

  private static final PingOptions MUCH_LATER =
      QUICK.withTimeout(Duration.ofHours(1)).withStartDelay(Duration.ofHours(20));

  private Pinger pinger;

  @BeforeEach
  void open() throws IOException {
    pinger = Pinger.open(PingerOptions.DEFAULT.withMaxInFlight(1024));
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
    Ping<PingSummary> ping =
        pinger.ping(
            request(QUICK.withCount(PingOptions.UNLIMITED)),
            new PingListener() {
              @Override
              public void onOutcome(PingRequest request, PingOutcome outcome) {
                heard.countDown();
              }
            });
    heard.await();

    ping.stop();

    PingSummary summary = ping.join();
    assertThat(summary.counts().sent())
        .isEqualTo(summary.counts().received())
        .isGreaterThanOrEqualTo(3);
    assertThat(summary.counts().withdrawn()).isZero();
  }

  @Test
  void stoppingThePingerEndsAllRequestsGracefully() {
    Ping<PingSummary> endless = pinger.ping(request(QUICK.withCount(PingOptions.UNLIMITED)));
    Ping<PingSummary> waiting = pinger.ping(request(MUCH_LATER));
    CompletableFuture<PingTotals> sweep =
        pinger.sweep(Stream.generate(() -> request(QUICK.withCount(1))).iterator());

    pinger.stop();

    assertThat(endless.join().counts().lost()).isZero();
    assertThat(waiting.join().counts().sent()).isZero();
    PingTotals totals = sweep.join();
    assertThat(totals.counts().received()).isEqualTo(totals.counts().sent());
    assertThat(pinger.ping(request(QUICK)).join().counts().sent()).isZero();
  }

  @Test
  void drawsNothingOnceItWasStopped() {
    pinger.stop();
    AtomicInteger drawn = new AtomicInteger();

    PingTotals totals =
        pinger
            .sweep(
                Stream.generate(
                        () -> {
                          drawn.incrementAndGet();
                          return request(QUICK);
                        })
                    .iterator())
            .join();

    assertThat(totals).isEqualTo(PingTotals.NONE);
    assertThat(drawn).hasValue(0);
  }

  @Test
  void withdrawingEndsARequestThatHasNotBegun() {
    Ping<PingSummary> ping = pinger.ping(request(MUCH_LATER));

    ping.withdraw();

    assertThat(ping.join().counts().sent()).isZero();
  }

  @Test
  void aFloodLeavesOthersTheirTurnAndCanBeStopped() throws IOException {
    PingOptions endless = QUICK.withCount(PingOptions.UNLIMITED).withInterval(Duration.ZERO);
    try (Pinger roomy = Pinger.open()) {
      Ping<PingSummary> flood = roomy.ping(request(endless));

      PingSummary other = roomy.ping(request(QUICK.withCount(5))).join();
      flood.stop();
      PingSummary stopped = flood.join();

      assertThat(other.counts().received()).isEqualTo(5);
      assertThat(stopped.counts().received()).isPositive().isEqualTo(stopped.counts().sent());
    }
  }

  @Test
  void withdrawingEndsARequestThatPacingHoldsBack() throws IOException {
    double oncePerHour = 1 / 3600.0;
    try (Pinger slow = Pinger.open(PingerOptions.DEFAULT.withRate(oncePerHour))) {
      Ping<PingSummary> first = slow.ping(request(QUICK.withCount(1)));
      assertThat(first.join().counts().received()).isEqualTo(1);
      Ping<PingSummary> heldBack = slow.ping(request(QUICK.withCount(1)));

      heldBack.withdraw();

      assertThat(heldBack.join().counts().sent()).isZero();
      assertThat(slow.pending()).isZero();
    }
  }

  @Test
  void cancellingTheFutureEndsTheRequest() throws InterruptedException {
    CompletableFuture<PingSummary> future = pinger.ping(request(MUCH_LATER));

    assertThat(future.cancel(false)).isTrue();

    Eventually.await("nothing is pending", () -> pinger.pending() == 0);
  }

  @Test
  void cancellingASweepEndsAllThatItHasDrawn() throws InterruptedException {
    Ping<PingTotals> sweep = pinger.sweep(Stream.generate(() -> request(MUCH_LATER)).iterator());
    Eventually.await("1024 requests are pending", () -> pinger.pending() >= 1024);

    assertThat(sweep.cancel(false)).isTrue();

    awaitNothingPending();
    assertThat(sweep).isCancelled();
    assertThat(pinger.ping(request(QUICK.withCount(1))).join().counts().received()).isOne();
  }

  @Test
  void cancellingAListEndsItAndNothingElse() throws InterruptedException {
    Ping<PingSummary> other = pinger.ping(request(MUCH_LATER));
    Ping<List<PingSummary>> list = pinger.pingAll(Collections.nCopies(5000, request(MUCH_LATER)));

    assertThat(list.cancel(false)).isTrue();

    Eventually.await("one request is pending", () -> pinger.pending() == 1);
    assertThat(other).isNotDone();
  }

  @Test
  void stoppingASweepLetsWhatIsInFlightEnd() throws InterruptedException {
    Ping<PingTotals> sweep =
        pinger.sweep(Stream.generate(() -> request(QUICK.withCount(1))).iterator());
    Eventually.await("an answer", () -> pinger.counters().answers() > 0);

    sweep.stop();

    PingTotals totals = sweep.join();
    assertThat(totals.counts().received()).isPositive().isEqualTo(totals.counts().sent());
    assertThat(pinger.ping(request(QUICK.withCount(1))).join().counts().received()).isOne();
  }

  @Test
  void withdrawingAListGivesSummariesOfWhatWasNotSent() {
    List<PingRequest> requests = Collections.nCopies(3000, request(MUCH_LATER));
    Ping<List<PingSummary>> list = pinger.pingAll(requests);

    list.withdraw();

    assertThat(list.join()).hasSize(3000).allMatch(summary -> summary.counts().sent() == 0);
  }

  private void awaitNothingPending() {
    Eventually.await("nothing is pending", () -> pinger.pending() == 0);
  }

  @Test
  void closingWakesEveryWaiterAtOnce() {
    List<CompletableFuture<?>> waiters = new ArrayList<>();
    List<CompletableFuture<?>> dependents = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      waiters.add(pinger.ping(request(MUCH_LATER)));
      Ping<PingSummary> endless = pinger.ping(request(QUICK.withCount(PingOptions.UNLIMITED)));
      waiters.add(endless);
      dependents.add(endless.thenAccept(summary -> assertThat(summary.counts().lost()).isZero()));
    }
    waiters.add(pinger.pingAll(List.of(request(MUCH_LATER), request(MUCH_LATER))));
    waiters.add(pinger.sweep(Stream.generate(() -> request(MUCH_LATER)).iterator()));

    pinger.close();

    assertThat(waiters).allMatch(Future::isDone);
    assertThat(waiters).noneMatch(CompletableFuture::isCompletedExceptionally);
    dependents.forEach(CompletableFuture::join);
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
    CompletableFuture<PingTotals> sweep = pinger.sweep(blocking);
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

    Ping<PingSummary> ping = pinger.ping(request(QUICK.withCount(PingOptions.UNLIMITED)), closing);

    assertThat(ping.get(60, TimeUnit.SECONDS).counts().received()).isPositive();
    assertThat(other.get(60, TimeUnit.SECONDS).counts().sent()).isZero();
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
    Ping<PingSummary> ping = pinger.ping(request(MUCH_LATER));
    pinger.close();

    assertThatIllegalStateException().isThrownBy(() -> pinger.ping(request(QUICK)));
    assertThatIllegalStateException().isThrownBy(() -> pinger.pingAll(List.of(request(QUICK))));
    assertThatIllegalStateException()
        .isThrownBy(() -> pinger.sweep(List.<PingRequest>of().iterator()));
    pinger.stop();
    ping.stop();
    ping.withdraw();
    assertThat(pinger.counters().sent()).isZero();
    assertThat(pinger.pending()).isZero();
  }
}

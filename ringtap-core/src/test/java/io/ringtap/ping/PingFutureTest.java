package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A pinger's futures: how completing one from outside ends its probes, and where it completes.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingFutureTest {
  private static final int ROOM = 1024;

  /// A multicast group on the loopback interface, where nobody answers: these probes are in flight
  /// for an hour.
  private static final PingRequest UNANSWERED =
      PingRequest.to(IpAddress.parse("239.255.77.77"))
          .with(
              PingOptions.DEFAULT
                  .withCount(PingOptions.UNLIMITED)
                  .withInterval(Duration.ofMillis(1))
                  .withTimeout(Duration.ofHours(1))
                  .withInterfaceIndex(1));

  private static final PingRequest ONCE =
      PingRequest.to(IpAddress.parse("127.0.0.1"))
          .with(PingOptions.DEFAULT.withCount(1).withTimeout(Duration.ofSeconds(20)));

  private Pinger pinger;

  @BeforeEach
  void open() throws IOException {
    pinger = Pinger.open(PingerOptions.DEFAULT.withMaxInFlight(ROOM));
  }

  @AfterEach
  void close() {
    pinger.close();
    assertThat(EngineThreads.alive()).isEmpty();
  }

  /// A way to complete a future from outside.
  record Way(String name, Consumer<CompletableFuture<PingSummary>> completing) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Way> ways() {
    PingSummary substitute = PingSummary.ofUnsent(UNANSWERED);
    return Stream.of(
        new Way("cancel", future -> future.cancel(false)),
        new Way("complete", future -> future.complete(substitute)),
        new Way(
            "completeExceptionally",
            future -> future.completeExceptionally(new IllegalStateException())),
        new Way("orTimeout", future -> future.orTimeout(10, TimeUnit.MILLISECONDS)),
        new Way(
            "completeOnTimeout",
            future -> future.completeOnTimeout(substitute, 10, TimeUnit.MILLISECONDS)),
        new Way("completeAsync", future -> future.completeAsync(() -> substitute)),
        new Way(
            "completeAsync that fails",
            future ->
                future.completeAsync(() -> {
                  throw new IllegalStateException();
                })),
        new Way("obtrudeValue", future -> future.obtrudeValue(substitute)),
        new Way("obtrudeException", future -> future.obtrudeException(new IOException())));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void completedFromOutsideItsProbesAreWithdrawn(Way way) {
    AtomicReference<PingSummary> told = new AtomicReference<>();
    Ping<PingSummary> ping =
        pinger.ping(
            UNANSWERED,
            new PingListener() {
              @Override
              public void onSummary(PingSummary summary) {
                told.set(summary);
              }
            });
    Eventually.await("probes sent", () -> pinger.counters().sent() > 20);

    way.completing.accept(ping);

    Eventually.await("all requests ended", () -> pinger.pending() == 0);
    Eventually.await("a summary", () -> told.get() != null);
    Eventually.await("the future is done", ping::isDone);
    PingCounts counts = told.get().counts();
    assertThat(counts.withdrawn()).isPositive().isEqualTo(counts.sent());
    assertThat(pinger.counters().sent()).as("it sends no more").isEqualTo(counts.sent());
  }

  @Test
  void aTimeoutOfEveryFutureFreesAllThatTheyHeld() {
    PingRequest probe = UNANSWERED.with(UNANSWERED.options().withCount(1));
    for (int round = 1; round <= 3; round++) {
      List<CompletableFuture<PingSummary>> futures = new ArrayList<>();
      for (int i = 0; i < ROOM; i++) {
        futures.add(pinger.ping(probe).orTimeout(10, TimeUnit.MILLISECONDS));
      }

      for (CompletableFuture<PingSummary> future : futures) {
        assertThatThrownBy(future::join).hasRootCauseInstanceOf(TimeoutException.class);
      }

      Eventually.await("all requests ended", () -> pinger.pending() == 0);
    }
    assertThat(pinger.ping(ONCE).join().counts().received()).isOne();
  }

  @Test
  void cancellingAListWithdrawsItsProbes() {
    PingRequest probe = UNANSWERED.with(UNANSWERED.options().withCount(1));
    Ping<List<PingSummary>> list = pinger.pingAll(Collections.nCopies(3 * ROOM, probe));
    Eventually.await("all room taken", () -> pinger.pending() == ROOM);

    list.cancel(true);

    Eventually.await("all requests ended", () -> pinger.pending() == 0);
    assertThat(list).isCancelled();
    assertThat(pinger.ping(ONCE).join().counts().received()).isOne();
  }

  @Test
  void whatDependsOnAFutureMayPingAndWait() {
    CompletableFuture<PingSummary> chain =
        pinger
            .ping(ONCE)
            .thenApply(_ -> pinger.ping(ONCE).join())
            .thenApply(_ -> pinger.pingAll(List.of(ONCE, ONCE)).join().getFirst());

    assertThat(chain.join().counts().received()).isOne();
  }

  @Test
  void whatDependsOnAFutureMayCloseThePinger() {
    CompletableFuture<Void> closed = pinger.ping(ONCE).thenRun(pinger::close);

    closed.join();

    assertThat(EngineThreads.alive()).isEmpty();
  }

  @Test
  void whatDependsOnAFutureMayCloseThePingerWhileItCloses() {
    Ping<PingSummary> endless = pinger.ping(UNANSWERED);
    CompletableFuture<Void> closed = endless.thenRun(pinger::close);

    pinger.close();

    closed.join();
    assertThat(endless).isDone();
  }

  @Test
  void whatDependsOnAFutureAndBlocksHoldsUpNobody() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    // Later, so that it is not this thread that runs what depends on it.
    PingRequest later = ONCE.with(ONCE.options().withStartDelay(Duration.ofMillis(300)));
    CompletableFuture<Boolean> waiting =
        pinger
            .ping(later)
            .thenApply(_ -> {
              blocked.countDown();
              try {
                return release.await(100, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    blocked.await();

    assertThat(pinger.ping(ONCE).join().counts().received()).isOne();
    pinger.close();

    assertThat(waiting).isNotDone();
    release.countDown();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void whatDependsOnManyFuturesMayWaitForOneAnother() {
    int parties = 300;
    CyclicBarrier all = new CyclicBarrier(parties);
    // Later, so that it is not this thread that runs what depends on them.
    PingRequest later = ONCE.with(ONCE.options().withStartDelay(Duration.ofSeconds(1)));
    List<CompletableFuture<Integer>> met = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      met.add(
          pinger
              .ping(later)
              .thenApply(_ -> {
                try {
                  return all.await(100, TimeUnit.SECONDS);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }

    assertThat(met.stream().map(CompletableFuture::join).distinct()).hasSize(parties);
  }

  @Test
  void completesOnTheExecutorThatIsAskedFor() throws IOException {
    AtomicReference<Thread> completing = new AtomicReference<>();
    try (Pinger own =
        Pinger.open(
            PingerOptions.DEFAULT
                .withMaxInFlight(ROOM)
                .withExecutor(task -> Thread.ofPlatform().name("mine").start(task)))) {
      own.ping(ONCE.with(ONCE.options().withStartDelay(Duration.ofMillis(50))))
          .thenRun(() -> completing.set(Thread.currentThread()))
          .join();
    }

    assertThat(completing.get().getName()).isEqualTo("mine");
  }

  @Test
  void isNotHeldUpForLongByAnExecutorThatDoesNothing() throws IOException {
    Pinger idle = Pinger.open(PingerOptions.DEFAULT.withMaxInFlight(ROOM).withExecutor(_ -> {}));
    Ping<PingSummary> ping = idle.ping(UNANSWERED);

    idle.close();

    assertThat(ping).isNotDone();
  }
}

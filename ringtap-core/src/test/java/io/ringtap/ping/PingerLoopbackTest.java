package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOutcome.NotSent;
import io.ringtap.ping.PingOutcome.Reply;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A pinger and this machine's own kernel, on the loopback interface.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerLoopbackTest {
  private static final IpAddress LO = IpAddress.parse("127.0.0.1");
  private static final IpAddress LO6 = IpAddress.parse("::1");

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

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void measuresBetweenTwoStampsOfTheKernel(String target) {
    PingOptions options = QUICK.withCount(50);

    PingSummary summary = pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options)).join();

    assertThat(summary.counts().received()).isEqualTo(50);
    assertThat(summary.stamp()).isEqualTo(StampSource.KERNEL);
    assertThat(pinger.counters().foreign()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7, 8, 18, 56, 119, 120, 121, 1212, 1213, 1400, 8000, 65_507})
  void hearsTheKernelsReplyToEveryPayloadSize(int payloadBytes) {
    Heard heard = new Heard();
    PingOptions options = QUICK.withCount(5).withPayloadBytes(payloadBytes);

    PingSummary summary = pinger.ping(request(options), heard).join();

    assertThat(summary.counts().sent()).isEqualTo(5);
    assertThat(heard.outcomes).hasSize(5).allMatch(Reply.class::isInstance);
    assertThat(heard.outcomes).extracting(PingOutcome::sequence).doesNotHaveDuplicates();
    assertThat(summary.counts().received()).isEqualTo(5);
    assertThat(summary.counts().duplicates()).isZero();
    assertThat(summary.rtt().min()).isPositive();
    assertThat(summary.stamp()).isNotEqualTo(StampSource.USER);
    assertThat(pinger.transport()).isEqualTo(Transport.RAW);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 18, 1400, 8000, 65_400})
  void hearsTheKernelsIpv6ReplyToEveryPayloadSize(int payloadBytes) {
    PingOptions options = QUICK.withCount(5).withPayloadBytes(payloadBytes);

    PingSummary summary = pinger.ping(PingRequest.to(LO6).with(options)).join();

    assertThat(summary.counts().received()).isEqualTo(5);
    assertThat(summary.counts().duplicates()).isZero();
    assertThat(summary.stamp()).isNotEqualTo(StampSource.USER);
  }

  @Test
  void losesNoReplyOfABurstThatIsTooLargeForTheRing() {
    PingOptions options = QUICK.withCount(1000).withInterval(Duration.ZERO).withPayloadBytes(1400);

    PingSummary summary = pinger.ping(request(options)).join();

    assertThat(summary.counts().received()).isEqualTo(1000);
  }

  @Test
  void measuresBothFamiliesAndMixedSizesSideBySide() {
    List<PingRequest> requests = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      PingOptions options = QUICK.withCount(3).withPayloadBytes(new int[] {4, 18, 1400, 0}[i % 4]);
      requests.add(PingRequest.to(i % 3 == 0 ? LO6 : LO).with(options));
    }

    List<PingSummary> summaries = pinger.pingAll(requests).join();

    assertThat(summaries).allMatch(summary -> summary.counts().received() == 3);
    assertThat(pinger.counters().answers()).isEqualTo(1200);
    assertThat(pinger.counters().duplicates()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1", "127.0.0.1, 127.0.0.5", "::1, ::1"})
  void sendsFromTheSourceAndThroughTheInterfaceThatIsAskedFor(String target, String source) {
    PingOptions options =
        QUICK
            .withCount(2)
            .withSource(IpAddress.parse(source))
            .withInterfaceIndex(1)
            .withMark(7)
            .withTrafficClass(0xb8);

    PingSummary summary = pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options)).join();

    assertThat(summary.counts().received()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void sendsWithTheHopLimitThatIsAskedFor(String target) {
    Heard heard = new Heard();
    PingOptions options = QUICK.withCount(1).withHopLimit(1);

    pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options), heard).join();

    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
    assertThat(((Reply) heard.outcomes.getFirst()).hopLimit()).isEqualTo(64);
  }

  @Test
  void reportsWhatTheKernelDoesNotTake() {
    Heard heard = new Heard();
    PingOptions options = QUICK.withCount(2).withSource(IpAddress.parse("192.0.2.77"));

    PingSummary summary = pinger.ping(request(options), heard).join();

    assertThat(heard.outcomes).hasSize(2).allMatch(NotSent.class::isInstance);
    assertThat(summary.counts().unsent()).isEqualTo(2);
    assertThat(summary.counts().sent()).isZero();
    assertThat(pinger.ping(request(QUICK.withCount(2))).join().counts().received()).isEqualTo(2);
  }

  @Test
  void manyCallersShareAPinger() {
    int callers = 8;
    int requests = 200;
    ConcurrentLinkedQueue<PingSummary> summaries = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, callers)
            .mapToObj(_ ->
                CompletableFuture.runAsync(
                    () -> {
                      for (int i = 0; i < requests; i++) {
                        summaries.add(pinger.ping(request(QUICK.withCount(2))).join());
                      }
                    },
                    Thread::startVirtualThread))
            .toList();

    threads.forEach(CompletableFuture::join);

    assertThat(summaries).hasSize(callers * requests).allMatch(s -> s.counts().received() == 2);
    assertThat(pinger.counters().sent()).isEqualTo(2L * callers * requests);
    assertThat(pinger.counters().answers()).isEqualTo(2L * callers * requests);
    assertThat(pinger.pending()).isZero();
  }

  @Test
  void goesRoundTheProbeTableManyTimes() {
    List<PingRequest> requests =
        Stream.generate(() -> request(QUICK.withCount(500).withInterval(Duration.ZERO)))
            .limit(40)
            .toList();

    List<PingSummary> summaries = pinger.pingAll(requests).join();

    assertThat(summaries).allMatch(summary -> summary.counts().received() == 500);
  }

  @Test
  void refusesMoreRequestsThanItHasRoomFor() {
    for (int i = 0; i < 1024; i++) {
      Ping<PingSummary> _ = pinger.ping(request(MUCH_LATER));
    }

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pinger.ping(request(QUICK)))
        .withMessageContaining("1024");

    assertThat(pinger.pending()).isEqualTo(1024);
  }

  @Test
  void hasRoomAgainWhenItsWaitersHearOfAnEnd() {
    for (int i = 0; i < 1023; i++) {
      Ping<PingSummary> _ = pinger.ping(request(MUCH_LATER));
    }
    CompletableFuture<PingSummary> last =
        pinger
            .ping(request(QUICK.withCount(1).withStartDelay(Duration.ofMillis(20))))
            .thenCompose(_ -> pinger.ping(request(QUICK.withCount(1))));

    assertThat(last.join().counts().received()).isOne();
  }

  @Test
  void drawsMoreFromAnIteratorThanItHasRoomFor() {
    Iterator<PingRequest> requests =
        Stream.generate(() -> request(QUICK.withCount(1))).limit(5000).iterator();

    PingTotals totals = pinger.sweep(requests).join();

    assertThat(totals.requests()).isEqualTo(5000);
    assertThat(totals.reachable()).isEqualTo(5000);
    assertThat(totals.counts().received()).isEqualTo(5000);
  }

  @Test
  void returnsSummariesInTheOrderOfTheRequestsDuplicatesIncluded() {
    List<PingRequest> requests = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      PingOptions options = QUICK.withCount(1 + i % 3).withStartDelay(Duration.ofMillis(30 - i));
      requests.add(request(options).withAttachment(i / 2));
      requests.add(requests.getLast());
    }

    List<PingSummary> summaries = pinger.pingAll(requests).join();

    assertThat(summaries).extracting(PingSummary::request).isEqualTo(requests);
    assertThat(summaries)
        .allMatch(summary -> summary.counts().received() == summary.request().options().count());
  }

  @Test
  void pingsNoTargetsAtOnce() {
    assertThat(pinger.pingAll(List.of()).join()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anIteratorThatThrowsEndsItsOwnSweepAlone(boolean error) {
    Iterator<PingRequest> failing =
        Stream.generate(new AtomicInteger()::incrementAndGet)
            .map(number -> {
              if (number == 10) {
                if (error) {
                  throw new AssertionError("thrown on purpose by an iterator");
                }
                throw new IllegalStateException("thrown on purpose by an iterator");
              }
              return request(QUICK.withCount(1));
            })
            .iterator();
    AtomicInteger ended = new AtomicInteger();
    PingListener counting =
        new PingListener() {
          @Override
          public void onSummary(PingSummary summary) {
            ended.incrementAndGet();
          }
        };

    assertThatThrownBy(() -> pinger.sweep(failing, counting).join())
        .hasRootCauseMessage("thrown on purpose by an iterator");

    assertThat(ended).hasValue(9);
    assertThat(pinger.ping(request(QUICK.withCount(1))).join().counts().received()).isOne();
    assertThat(pinger.pending()).isZero();
  }
}

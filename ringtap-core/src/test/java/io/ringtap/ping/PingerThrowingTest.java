package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Code of the caller's that throws anything at all, as Kotlin and Scala may, and
/// StackOverflowError that really is one: it ends what it belongs to, and disturbs nobody else.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerThrowingTest {
  private static final PingRequest REQUEST =
      PingRequest.to(IpAddress.parse("127.0.0.1"))
          .with(
              PingOptions.DEFAULT
                  .withInterval(Duration.ofMillis(1))
                  .withTimeout(Duration.ofSeconds(20)));
  private static final PingRequest ONCE = REQUEST.with(REQUEST.options().withCount(1));
  private static final PingRequest ENDLESS =
      REQUEST.with(REQUEST.options().withCount(PingOptions.UNLIMITED));

  private Pinger pinger;
  private Ping<PingSummary> other;
  private final AtomicInteger othersOutcomes = new AtomicInteger();

  /// Something to throw that no method declares.
  private static final class Checked extends Exception {
    private static final long serialVersionUID = 1;
  }

  /// A Throwable that is neither an Exception nor an Error.
  private static final class Neither extends Throwable {
    private static final long serialVersionUID = 1;
  }

  /// Throws something.
  @FunctionalInterface
  interface Thrower {
    void run() throws Throwable;
  }

  private static void recurse(long depth) {
    if (depth < Long.MAX_VALUE) { // as far as the compiler knows, it ends
      recurse(depth + 1);
    }
  }

  private static Stream<Thrower> throwers() {
    return Stream.of(
        () -> {
          throw new Checked();
        },
        () -> {
          throw new Neither();
        },
        () -> {
          throw new IllegalStateException("thrown on purpose");
        },
        () -> {
          throw new AssertionError("thrown on purpose");
        },
        () -> {
          throw new InterruptedException("thrown on purpose");
        },
        () -> recurse(0));
  }

  /// Throws what `thrower` throws, whether or not it is checked.
  private static void throwSneakily(Thrower thrower) {
    try {
      thrower.run();
    } catch (Throwable thrown) {
      PingerThrowingTest.<RuntimeException>sneak(thrown);
    }
  }

  @SuppressWarnings("unchecked") // the point of it: the compiler is deceived
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @BeforeEach
  void open() throws IOException {
    pinger = Pinger.open(PingerOptions.DEFAULT.withMaxInFlight(1024));
    other =
        pinger.ping(
            ENDLESS,
            new PingListener() {
              @Override
              public void onOutcome(PingRequest request, PingOutcome outcome) {
                othersOutcomes.incrementAndGet();
              }
            });
  }

  @AfterEach
  void othersGoOn() {
    int before = othersOutcomes.get();
    Eventually.await("other requests go on", () -> othersOutcomes.get() > before + 10);
    Eventually.await("only the other request runs", () -> pinger.pending() == 1);
    assertThat(pinger.ping(ONCE).join().counts().received()).isOne();
    assertThat(other).isNotDone();
    pinger.close();
    assertThat(other.join().counts().lost()).isZero();
  }

  private static final class Failing implements PingListener {
    private final Thrower onOutcome;
    private final Thrower onSummary;
    private final AtomicInteger calls = new AtomicInteger();

    Failing(Thrower onOutcome, Thrower onSummary) {
      this.onOutcome = onOutcome;
      this.onSummary = onSummary;
    }

    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      calls.incrementAndGet();
      throwSneakily(onOutcome);
    }

    @Override
    public void onSummary(PingSummary summary) {
      calls.incrementAndGet();
      throwSneakily(onSummary);
    }
  }

  /// What a pinger is asked for with a listener.
  record Asked(String name, Asking asking) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Asking {
    Ping<?> of(Pinger pinger, PingRequest request, PingListener listener);
  }

  private static Stream<Asked> asked() {
    return Stream.of(
        new Asked("ping", Pinger::ping),
        new Asked(
            "pingAll",
            (pinger, request, listener) ->
                pinger.pingAll(Collections.nCopies(3000, request), listener)),
        new Asked(
            "sweep",
            (pinger, request, listener) ->
                pinger.sweep(Stream.generate(() -> request).iterator(), listener)));
  }

  private static Stream<Arguments> cases() {
    return throwers().flatMap(thrower -> asked().map(asked -> Arguments.of(thrower, asked)));
  }

  private static Throwable thrownBy(Ping<?> ping) {
    Throwable thrown = catchThrowable(ping::join);
    assertThat(thrown).isInstanceOf(CompletionException.class);
    return Objects.requireNonNull(thrown.getCause());
  }

  private static Class<?> kind(Thrower thrower) {
    return Objects.requireNonNull(catchThrowable(thrower::run)).getClass();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aListenerThatThrowsForAnOutcomeEndsWhatItListensTo(Thrower thrower, Asked asked) {
    Failing failing = new Failing(thrower, () -> {});

    Ping<?> ping = asked.asking.of(pinger, ENDLESS, failing);

    assertThat(thrownBy(ping)).isExactlyInstanceOf(kind(thrower));
    assertThat(failing.calls).as("it hears no more").hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aListenerThatThrowsForASummaryEndsWhatItListensTo(Thrower thrower, Asked asked) {
    Failing failing = new Failing(() -> {}, thrower);

    Ping<?> ping = asked.asking.of(pinger, ONCE, failing);

    assertThat(thrownBy(ping)).isExactlyInstanceOf(kind(thrower));
  }

  private Throwable thrownBySweep(Thrower hasNext, Function<Integer, PingRequest> next) {
    AtomicInteger drawn = new AtomicInteger();
    Iterator<PingRequest> requests =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            if (drawn.get() == 10) {
              throwSneakily(hasNext);
            }
            return true;
          }

          @Override
          public PingRequest next() {
            return next.apply(drawn.incrementAndGet());
          }
        };
    AtomicInteger ended = new AtomicInteger();
    PingListener counting =
        new PingListener() {
          @Override
          public void onSummary(PingSummary summary) {
            ended.incrementAndGet();
          }
        };

    Throwable thrown = thrownBy(pinger.sweep(requests, counting));

    assertThat(ended).as("all that was drawn before has ended").hasValueBetween(9, 10);
    return thrown;
  }

  @ParameterizedTest
  @MethodSource("throwers")
  void anIteratorWhoseHasNextThrowsEndsItsSweep(Thrower thrower) {
    assertThat(thrownBySweep(thrower, _ -> ONCE)).isExactlyInstanceOf(kind(thrower));
  }

  @ParameterizedTest
  @MethodSource("throwers")
  void anIteratorWhoseNextThrowsEndsItsSweep(Thrower thrower) {
    Throwable thrown =
        thrownBySweep(
            () -> {},
            number -> {
              if (number == 10) {
                throwSneakily(thrower);
              }
              return ONCE;
            });

    assertThat(thrown).isExactlyInstanceOf(kind(thrower));
  }

  @Test
  @SuppressWarnings("NullAway") // which a caller's compiler does not check
  void anIteratorThatYieldsNullEndsItsSweep() {
    Throwable thrown = thrownBySweep(() -> {}, number -> number == 10 ? null : ONCE);

    assertThat(thrown).isInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @MethodSource("throwers")
  void anExecutorThatThrowsLeavesNoFutureWaiting(Thrower thrower) throws IOException {
    PingerOptions options =
        PingerOptions.DEFAULT.withMaxInFlight(1024).withExecutor(_ -> throwSneakily(thrower));
    try (Pinger refused = Pinger.open(options)) {
      assertThat(refused.ping(ONCE).join().counts().received()).isOne();
      assertThat(refused.pingAll(List.of(ONCE, ONCE)).join()).hasSize(2);
    }
  }
}

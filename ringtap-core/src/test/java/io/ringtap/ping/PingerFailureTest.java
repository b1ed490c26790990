package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.Engine;
import io.ringtap.ping.engine.Pace;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.ProbeTarget;
import io.ringtap.ping.engine.probe.SeriesSource;
import io.ringtap.ping.engine.probe.Work;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An error of the library's own on one of the engine's threads, made by breaking its rule that
/// what it calls does not throw: the other thread ends, and nobody waits in vain.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerFailureTest {
  private static final PingRequest REQUEST =
      PingRequest.to(IpAddress.parse("127.0.0.1"))
          .with(PingOptions.DEFAULT.withCount(PingOptions.UNLIMITED));
  private static final PingRequest MUCH_LATER =
      REQUEST.with(PingOptions.DEFAULT.withStartDelay(Duration.ofHours(20)));

  /// What the library never throws.
  private static final class Injected extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Completions completions = new Completions(Thread::startVirtualThread);
  private final List<Ping<PingSummary>> waiting = new ArrayList<>();
  private Engine engine;

  @BeforeEach
  void openAndPing() throws IOException {
    engine = Engine.openRaw(1024, Pace.UNLIMITED, -1);
    waiting.add(ping(REQUEST));
    waiting.add(ping(MUCH_LATER));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Ping<PingSummary> ping(PingRequest request) {
    Ping<PingSummary> ping =
        new Ping<>(
            engine, completions, running -> new PingProgress(request, null, running::end).series());
    assertThat(ping.begin()).isTrue();
    return ping;
  }

  /// A series whose listener throws at the first that it hears.
  private static ProbeSeries throwing() {
    ProbeSeries.Listener listener =
        (ProbeSeries.Listener)
            Proxy.newProxyInstance(
                ProbeSeries.Listener.class.getClassLoader(),
                new Class<?>[] {ProbeSeries.Listener.class},
                (_, method, _) -> {
                  if (method.getName().equals("onEnd")) {
                    return null;
                  }
                  throw new Injected();
                });
    PingOptions options = REQUEST.options();
    ProbeTarget target = new ProbeTarget(REQUEST.target(), 0, false);
    return new ProbeSeries(target, options.schedule(), options.form(), listener);
  }

  @Test
  void ofTheThreadThatSendsAndReceives() throws Exception {
    assertAllFailAfter(throwing());
  }

  @Test
  void ofTheThreadThatReceives() throws Exception {
    assertAllFailAfter(
        new SeriesSource() { // the other thread receives while there is a source
          @Override
          public ProbeSeries next() {
            return throwing();
          }

          @Override
          public void onExhausted() {}
        });
  }

  @Test
  void ofTheThreadThatSends() throws Exception {
    assertAllFailAfter(
        new SeriesSource() {
          @Override
          public ProbeSeries next() {
            throw new Injected();
          }

          @Override
          public void onExhausted() {}
        });
  }

  private void assertAllFailAfter(Work fault) throws Exception {
    Ping<PingTotals> sweep =
        new Ping<>(
            engine,
            completions,
            running ->
                new RequestSource<>(
                    List.of(MUCH_LATER).iterator(), null, new RequestSource.Added(), running));
    assertThat(sweep.begin()).isTrue();

    assertThat(engine.begin(fault)).isTrue();

    for (Ping<PingSummary> ping : waiting) {
      assertFails(ping);
    }
    assertFails(sweep);
    assertThat(engine.isClosed()).isTrue();
    assertThat(engine.failure()).isInstanceOf(Injected.class);
    Eventually.await("both threads have ended", () -> EngineThreads.alive().isEmpty());
    assertFails(ping(REQUEST));
  }

  private static void assertFails(Ping<?> ping) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> ping.get(60, TimeUnit.SECONDS))
        .havingCause()
        .isInstanceOf(IllegalStateException.class)
        .withMessage("the pinger has failed, and is closed")
        .havingCause()
        .isInstanceOf(Injected.class);
  }
}

package io.ringtap.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingerCounters;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRawSockets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A prober, its collector, and this machine's own kernel.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProberTest {
  private static final IpAddress LO = IpAddress.parse("127.0.0.1");
  private static final ProbeSettings FAST =
      ProbeSettings.DEFAULT.withInterval(Duration.ofMillis(5));

  private final AtomicInteger failures = new AtomicInteger();

  private static Target target(ProbeSettings settings, Map<String, String> labels) {
    return new Target(
        3, new TargetKey("g", "127.0.0.1", AddressFamily.ANY), "lo", labels, settings);
  }

  private static long replies(Collector collector) {
    return collector.call(() -> collector.board().total().get(Outcome.REPLY));
  }

  @Test
  void countsEachProbeThatWasSentWhateverChanges() {
    Collector collector = new Collector(InstantSource.system(), System::nanoTime);
    collector.start();
    Prober prober =
        new Prober(collector, InstantSource.system(), _ -> true, _ -> failures.incrementAndGet());
    Target plain = target(FAST, Map.of());
    Target labelled = target(FAST, Map.of("rack", "r7"));
    Target slower = target(FAST.withInterval(Duration.ofMillis(7)), Map.of("rack", "r7"));

    prober.onAdded(plain);
    prober.onAddress(plain, null, LO, 0);
    Eventually.await("replies", () -> replies(collector) > 10);
    prober.onChanged(plain, labelled);
    prober.onChanged(labelled, slower);
    long before = replies(collector);
    Eventually.await("replies after the change", () -> replies(collector) > before + 10);
    prober.onRemoved(slower);
    prober.onAdded(plain); // waits for the end of the one before
    prober.onAddress(plain, null, IpAddress.parse("127.0.0.2"), 0);
    long again = replies(collector);
    Eventually.await("replies of the new one", () -> replies(collector) > again + 10);
    prober.close();
    collector.close();

    OutcomeCounts total = collector.board().total();
    long sent = prober.counters().stream().mapToLong(PingerCounters::sent).sum();
    assertThat(total.sent()).isEqualTo(sent);
    assertThat(total.get(Outcome.LOST)).isZero();
    assertThat(collector.board().size()).isEqualTo(1);
    assertThat(collector.missed()).isZero();
    assertThat(failures).hasValue(0);
  }

  @Test
  void sendsNothingToWhatIsNotAllowedNorToWhoHasEnded() throws InterruptedException {
    Collector collector = new Collector(InstantSource.system(), System::nanoTime);
    collector.start();
    Prober prober =
        new Prober(collector, InstantSource.system(), LO::equals, _ -> failures.incrementAndGet());
    Target target = target(FAST, Map.of());

    prober.onAdded(target);
    prober.onAddress(target, null, LO, 0);
    Eventually.await("replies", () -> replies(collector) > 10);
    prober.onAddress(target, LO, IpAddress.parse("127.0.0.2"), 0);
    assertThat(prober.awaitEnds(Duration.ofSeconds(60))).isTrue();
    long sent = prober.counters().getFirst().sent();

    assertThat(prober.refused()).isEqualTo(1);
    prober.onAddress(target, IpAddress.parse("127.0.0.2"), LO, 0);
    assertThat(prober.refused()).isZero();
    Eventually.await("probes again", () -> prober.counters().getFirst().sent() > sent);
    prober.onRemoved(target);
    assertThat(prober.awaitEnds(Duration.ofSeconds(60))).isTrue();
    long last = prober.counters().getFirst().sent();
    prober.close();
    collector.close();
    assertThat(prober.counters().getFirst().sent()).isEqualTo(last);
    assertThat(failures).hasValue(0);
  }
}

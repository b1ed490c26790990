package io.ringtap.system.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.HostCounter;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Months of a small monitor in minutes: 64 hosts every 10 ms, scraped, reloaded and with a full
/// history, in which nothing may grow. `./dev soak MINUTES` runs it.
@EnabledIfSystemProperty(named = "soak.minutes", matches = "[1-9][0-9]*")
class SoakTest {
  /// As the configuration says.
  private static final long STORE_BYTES = 50_000_000;

  /// One look at the process.
  private record Look(long residentBytes, int descriptors, int threads, long storeBytes) {}

  @Test
  void doesNotGrow(@TempDir Path folder) throws Exception {
    Requirement.root();
    long minutes = Long.getLong("soak.minutes", 1);
    String config =
        """
        defaults: {interval: 10ms, timeout: 1s}
        groups:
          - name: hosts
            targets: [10.1.0.0/26]
        store: {path: %s, size: 50MB}
        """
            .formatted(folder.resolve("store"));
    try (NetworkNamespace namespace = NetworkNamespace.create("soak")) {
      namespace.link("lo").up();
      try (VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 15)) {
        hosts.link().address("192.0.2.1/32");
        hosts.own("10.1.0.0/16");
        hosts.behave("10.1.0.3/32", HostBehaviour.PROMPT.loss(0.1));
        try (RunningMonitor monitor = RunningMonitor.start(namespace, folder, config)) {
          List<Look> looks = watch(monitor, folder, minutes);

          assertFlat(looks);
          Metrics metrics = monitor.metrics();
          assertThat(metrics.outcomes()).isEqualTo(metrics.ended());
          assertThat(metrics.sum("ringtap_ping_dropped_total")).isZero();
          assertThat(metrics.lost()).isEqualTo(metrics.of("10.1.0.3", "ringtap_ping_lost_total"));
          assertThat(metrics.ended())
              .isBetween(hosts.count(HostCounter.REQUESTS) / 2, hosts.count(HostCounter.REQUESTS));
          assertThat(monitor.end()).isZero();
        }
      }
    }
  }

  /// Looks at it twelve times a minute, with a scrape each time and a reload each minute.
  private static List<Look> watch(RunningMonitor monitor, Path folder, long minutes)
      throws IOException, InterruptedException {
    List<Look> looks = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    while (System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(5);
      assertThat(monitor.isAlive()).isTrue();
      Metrics _ = monitor.metrics();
      if (looks.size() % 12 == 11) {
        monitor.signal("HUP");
      }
      looks.add(
          new Look(
              monitor.residentBytes(),
              monitor.descriptors().size(),
              monitor.threads(),
              size(folder.resolve("store"))));
    }
    return looks;
  }

  /// What it was at its highest in the second third of the time, when everything had been done at
  /// least once, it must not go beyond by much in the last.
  private static void assertFlat(List<Look> looks) {
    System.out.println("soak: first " + looks.getFirst() + ", last " + looks.getLast());
    List<Look> middle = looks.subList(looks.size() / 3, looks.size() * 2 / 3);
    List<Look> last = looks.subList(looks.size() * 2 / 3, looks.size());
    assertThat(most(last, Look::residentBytes))
        .isLessThanOrEqualTo(most(middle, Look::residentBytes) * 11 / 10);
    assertThat(most(last, Look::descriptors))
        .isLessThanOrEqualTo(most(middle, Look::descriptors) + 2);
    assertThat(most(last, Look::threads)).isLessThanOrEqualTo(most(middle, Look::threads) + 2);
    assertThat(most(last, Look::storeBytes)).isLessThanOrEqualTo(STORE_BYTES);
  }

  private static long most(List<Look> looks, ToLongFunction<Look> figure) {
    return looks.stream().mapToLong(figure).max().orElseThrow();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}

package io.ringtap.system.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever opens, closes: pingers, hosts and namespaces give back all that they took.
class LeftoversTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = 5;

  @BeforeEach
  void needRoot() {
    Requirement.root();
  }

  @Test
  void closingGivesBackDescriptorsThreadsAndMappings() throws IOException {
    pingOnce(); // what is made once in a JVM is made now
    List<String> before = held();

    for (int round = 0; round < ROUNDS; round++) {
      pingOnce();
    }

    // The threads have ended when close returns; that the kernel has reaped them may take a moment.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(held()).isEqualTo(before));
  }

  @Test
  void closingWithProbesInFlightWakesTheirWaiters() throws IOException {
    try (NetworkNamespace namespace = NetworkNamespace.create("leftovers");
        VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 1)) {
      hosts.link().address("192.0.2.1/32");
      hosts.own("10.1.0.0/16").behave("10.1.0.0/16", HostBehaviour.SILENT);
      Pinger pinger = namespace.call(Pinger::open);
      CompletableFuture<PingSummary> summary =
          pinger.ping(PingRequest.to(IpAddress.parse("10.1.0.1")));
      await().atMost(PATIENCE).until(() -> pinger.counters().sent() > 0);

      pinger.close();
      pinger.close();

      assertThat(summary).isCompleted();
      assertThat(summary.join().counts().withdrawn()).isEqualTo(1);
    }
  }

  private static void pingOnce() throws IOException {
    try (NetworkNamespace namespace = NetworkNamespace.create("leftovers");
        VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 1);
        Pinger pinger = namespace.call(Pinger::open)) {
      hosts.link().address("192.0.2.1/32");
      hosts.own("10.1.0.0/16");
      PingRequest request = PingRequest.to(IpAddress.parse("10.1.0.1"));

      PingSummary summary = pinger.ping(request.with(request.options().withCount(1))).join();

      assertThat(summary.counts().received()).isEqualTo(1);
    }
  }

  /// Descriptors of kernel objects, threads of ours, and rings that are mapped.
  private static List<String> held() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"));
        Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      Stream<String> objects =
          descriptors
              .map(LeftoversTest::target)
              .filter(target -> target.matches("(socket|anon_inode|net):.*|/dev/net/tun"))
              .map(target -> target.replaceAll("\\[\\d+]", ""));
      Stream<String> threads =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.matches(".*(ringtap|leftovers).*"));
      Stream<String> rings = maps.filter(line -> line.contains("socket:"));
      return Stream.of(objects, threads, rings).flatMap(all -> all).sorted().toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // the descriptor of the listing itself
    }
  }
}

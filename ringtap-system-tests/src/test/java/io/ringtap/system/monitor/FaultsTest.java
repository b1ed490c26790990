package io.ringtap.system.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostCounter;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong around a monitor in years: none of it is told as loss of the network, and all
/// that was sent is accounted for.
class FaultsTest {
  private static final int HOSTS = 64;

  /// 64 hosts that answer at once.
  private static final String HOSTS_GROUP =
      """
      defaults: {interval: 100ms, timeout: 1s}
      groups:
        - name: hosts
          targets: [10.1.0.0/26]
      """;

  @TempDir private Path folder;
  private NetworkNamespace namespace;
  private VirtualHosts hosts;

  @BeforeEach
  void makeNetwork() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("faults");
    namespace.link("lo").up();
    hosts = VirtualHosts.start(namespace, "tun0", 15);
    hosts.link().address("192.0.2.1/32");
    hosts.own("10.1.0.0/16");
  }

  @AfterEach
  void close() {
    hosts.close();
    namespace.close();
  }

  private RunningMonitor start(String config) throws IOException {
    return RunningMonitor.start(namespace, folder, config);
  }

  /// Waits until so many more probes have been answered than now.
  private static void awaitReplies(RunningMonitor monitor, long more)
      throws IOException, InterruptedException {
    long before = monitor.metrics().replies();
    Eventually.await("more replies", () -> monitor.metrics().replies() >= before + more);
  }

  /// All that has ended came to something; the hosts have got that and no more than may be in
  /// flight.
  private void assertAccounted(RunningMonitor monitor, int mostInFlight)
      throws IOException, InterruptedException {
    Metrics metrics = monitor.metrics();
    long received = hosts.count(HostCounter.REQUESTS);
    assertThat(metrics.outcomes()).isEqualTo(metrics.ended());
    assertThat(received - metrics.ended()).isGreaterThanOrEqualTo(0);
    Eventually.await(
        "what was sent is no more than what has ended and what is in flight",
        () -> {
          long sent = hosts.count(HostCounter.REQUESTS);
          return sent - monitor.metrics().ended() <= mostInFlight;
        });
  }

  @Test
  void tellsNoLossWhileItIsStopped() throws Exception {
    try (RunningMonitor monitor = start(HOSTS_GROUP)) {
      awaitReplies(monitor, 5 * HOSTS);

      monitor.signal("STOP");
      Thread.sleep(5000); // what is tested is that time passes
      monitor.signal("CONT");
      awaitReplies(monitor, 10 * HOSTS);

      Metrics metrics = monitor.metrics();
      assertThat(metrics.lost()).isZero();
      assertThat(metrics.sum("ringtap_ping_errors_total")).isZero();
      assertThat(metrics.replies()).isEqualTo(metrics.ended());
      assertAccounted(monitor, HOSTS);
    }
  }

  @Test
  void goesOnThroughAHundredReloads() throws Exception {
    String two =
        HOSTS_GROUP
            + """
              - name: other
                interval: 1s
                targets: [10.1.1.1]
            """;
    try (RunningMonitor monitor = start(HOSTS_GROUP)) {
      Path file = folder.resolve("monitor.yml");
      reload(monitor, file, two);
      reload(monitor, file, HOSTS_GROUP);
      awaitReplies(monitor, 5 * HOSTS);
      int descriptors = monitor.descriptors().size();
      int threads = monitor.threads();
      long begin = System.nanoTime();
      long before = monitor.metrics().of("10.1.0.7", "ringtap_ping_requests_total");

      for (int i = 0; i < 50; i++) {
        reload(monitor, file, two);
        reload(monitor, file, HOSTS_GROUP);
      }

      Metrics metrics = monitor.metrics();
      double seconds = (System.nanoTime() - begin) / 1e9;
      long probes = metrics.of("10.1.0.7", "ringtap_ping_requests_total") - before;
      assertThat(metrics.of("10.1.0.7", "ringtap_ping_withdrawn_total")).isZero();
      assertThat(metrics.lost()).isZero();
      // What stays the same keeps its schedule: ten probes a second, whatever was reloaded.
      assertThat(probes / seconds).isBetween(9.0, 11.0);
      assertThat(monitor.descriptors()).hasSizeLessThanOrEqualTo(descriptors + 2);
      assertThat(monitor.threads()).isLessThanOrEqualTo(threads + 2);
      assertAccounted(monitor, HOSTS);
    }
  }

  private static void reload(RunningMonitor monitor, Path file, String config)
      throws IOException, InterruptedException {
    Files.writeString(file, config);
    assertThat(monitor.post("/-/reload")).contains("read again and taken");
  }

  @Test
  void changesNothingByABadConfiguration() throws Exception {
    try (RunningMonitor monitor = start(HOSTS_GROUP)) {
      awaitReplies(monitor, HOSTS);
      Files.writeString(folder.resolve("monitor.yml"), HOSTS_GROUP.replace("hosts", "[hosts"));

      monitor.signal("HUP");

      Eventually.await(
          "the failure is counted",
          () -> monitor.metrics().sum("ringtap_config_reload_failures_total") == 1);
      monitor.awaitLog("monitor.yml:4:");
      awaitReplies(monitor, 5 * HOSTS);
      assertThat(monitor.metrics().lost()).isZero();
      assertThat(monitor.metrics().sum("ringtap_targets")).isEqualTo(HOSTS);
    }
  }

  @Test
  void tellsNoLossWhileAnInterfaceIsDown() throws Exception {
    try (NetworkNamespace far = NetworkNamespace.create("far")) {
      VethPair cable = VethPair.create(namespace, "near0", far, "far0");
      cable.a().address("198.51.100.1/24");
      cable.b().address("198.51.100.2/24");
      try (RunningMonitor monitor =
          start(
              """
              groups:
                - name: far
                  interval: 20ms
                  timeout: 500ms
                  targets: [198.51.100.2]
              """)) {
        awaitReplies(monitor, 20);
        for (int i = 0; i < 3; i++) {
          long before = refused(monitor.metrics());
          cable.a().down();
          Eventually.await(
              "the kernel refuses probes", () -> refused(monitor.metrics()) >= before + 20);
          cable.a().up();
          awaitReplies(monitor, 20);
        }

        Metrics metrics = monitor.metrics();
        assertThat(metrics.outcomes()).isEqualTo(metrics.ended());
        // Each time at most what was under way just then.
        assertThat(metrics.lost()).isLessThanOrEqualTo(3);
      }
    }
  }

  /// Probes that this machine did not send, for want of a route or for another reason.
  private static long refused(Metrics metrics) {
    return metrics.sum("ringtap_ping_unsent_total") + metrics.sum("ringtap_ping_errors_total");
  }

  @Test
  void followsANameToItsNewAddressAndTellsItOnce() throws Exception {
    try (NameServer names = new NameServer(namespace, 1)) {
      names.put("moving.example", "10.1.0.1");
      Path told = folder.resolve("told");
      try (RunningMonitor monitor =
          startWithNames(
              """
              defaults: {interval: 100ms}
              groups:
                - name: names
                  targets: [moving.example]
              alerting:
                commands: [[sh, -c, 'cat >>%s; echo >>%s']]
              """
                  .formatted(told, told))) {
        awaitReplies(monitor, 10);

        names.put("moving.example", "10.1.0.2");
        Eventually.await(
            "the new address is known", () -> monitor.get("/metrics").contains("10.1.0.2"));
        awaitReplies(monitor, 10);

        Eventually.await("the event is told", () -> Files.exists(told));
        assertThat(Files.readString(told).lines().filter(line -> line.contains("address")))
            .hasSize(1);
        assertThat(monitor.metrics().lost()).isZero();
      }
    }
  }

  @Test
  void goesOnWhileNoNameServerAnswers() throws Exception {
    try (NameServer names = new NameServer(namespace, 1)) {
      names.put("known.example", "10.1.0.1");
      try (RunningMonitor monitor =
          startWithNames(
              """
              defaults: {interval: 100ms}
              groups:
                - name: names
                  targets: [known.example, unknown.example, 10.1.0.9]
              """)) {
        awaitReplies(monitor, 20);
        names.die();
        long questions = names.questions();

        Eventually.await("it is asked again", () -> names.questions() >= questions + 4);
        awaitReplies(monitor, 40);

        Metrics metrics = monitor.metrics();
        assertThat(metrics.lost()).isZero();
        assertThat(metrics.of("known.example", "ringtap_ping_replies_total")).isPositive();
        assertThat(metrics.of("10.1.0.9", "ringtap_ping_replies_total")).isPositive();
        assertAccounted(monitor, 3);
      }
    }
  }

  /// With the namespace's own name server as that of the machine.
  private RunningMonitor startWithNames(String config) throws IOException {
    Path resolv = Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    String script = "mount --bind " + resolv + " /etc/resolv.conf && exec \"$@\"";
    return RunningMonitor.start(
        namespace, folder, config, List.of("unshare", "--mount", "--", "sh", "-c", script, "sh"));
  }
}

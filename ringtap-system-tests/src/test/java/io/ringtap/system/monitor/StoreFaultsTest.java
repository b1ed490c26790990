package io.ringtap.system.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.store.History;
import io.ringtap.monitor.store.Store;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostCounter;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full or gone, and clients that do not read: the monitor goes on, says what is
/// wrong in log, metric and page, and accounts for each probe that its history does not have.
@RequiresRoot
class StoreFaultsTest {
  private static final int HOSTS = 64;
  private static final int SLOW_CLIENTS = 8;
  private static final Pattern LOSSES =
      Pattern.compile("writes again; lost \\d+ windows and (\\d+) probes so far");

  @TempDir private Path folder;
  private NetworkNamespace namespace;
  private NetworkNamespace far;
  private VethPair cable;
  private VirtualHosts hosts;

  @BeforeEach
  void makeNetwork() throws IOException {
    namespace = NetworkNamespace.create("faults");
    namespace.link("lo").up();
    far = NetworkNamespace.create("viewer");
    cable = VethPair.create(namespace, "near0", far, "far0");
    cable.a().address("198.51.100.1/24");
    cable.b().address("198.51.100.2/24");
    hosts = VirtualHosts.start(namespace, "tun0", 15);
    hosts.link().address("192.0.2.1/32");
    hosts.own("10.1.0.0/16");
  }

  @AfterEach
  void close() {
    hosts.close();
    far.close();
    namespace.close();
  }

  private Path history() {
    return folder.resolve("disk/history");
  }

  /// With its history on a disk of its own, of 16 MB.
  private RunningMonitor start() throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String config =
        """
        defaults: {interval: 100ms, timeout: 1s}
        groups:
          - name: hosts
            targets: [10.1.0.0/26]
        store: {path: %s, size: 10MB}
        web: {listen: "0.0.0.0:9427"}
        """
            .formatted(history());
    String script = "mount -t tmpfs -o size=16m tmpfs " + disk + " && exec \"$@\"";
    return RunningMonitor.start(
        namespace, folder, config, List.of("unshare", "--mount", "--", "sh", "-c", script, "sh"));
  }

  private static boolean isInTrouble(RunningMonitor monitor, String word)
      throws IOException, InterruptedException {
    return monitor.get("/api/status").matches("(?s).*\"store_trouble\":\"[^\"]*" + word + ".*");
  }

  private static void awaitNoTrouble(RunningMonitor monitor) {
    Eventually.await(
        "the page says that all is well again",
        () -> monitor.get("/api/status").contains("\"store_trouble\":null"));
  }

  /// That it probes, counts and shows as ever.
  private void assertGoesOn(RunningMonitor monitor) throws IOException, InterruptedException {
    Metrics before = monitor.metrics();
    Eventually.await(
        "more replies", () -> monitor.metrics().replies() >= before.replies() + 2 * HOSTS);
    Metrics now = monitor.metrics();
    assertThat(now.lost()).isZero();
    assertThat(now.outcomes()).isEqualTo(now.ended());
    assertThat(now.sum("ringtap_outcomes_missed_total")).isZero();
    assertThat(monitor.get("/api/overview")).contains("10.1.0.63");
    assertThat(monitor.get("/api/series?target=hosts/10.1.0.7")).contains("\"key\"");
    assertThat(monitor.get("/api/events")).startsWith("[");
  }

  /// Ends the monitor: each probe that was sent is in its history, or was said not to be.
  ///
  /// @param gone how many were in a history that has gone
  private void assertAccounted(RunningMonitor monitor, long gone)
      throws IOException, InterruptedException {
    try (KeptMounts mounts = KeptMounts.of(monitor)) {
      assertThat(monitor.end()).isZero();
      Matcher losses = LOSSES.matcher(monitor.log());
      assertThat(losses.find()).isTrue();
      AtomicLong kept = new AtomicLong();
      Path copy = folder.resolve("copy"); // SQLite follows no path through /proc
      run("cp", "-r", mounts.seen(history()).toString(), copy.toString());
      try (History history = Store.read(copy)) {
        history.probes(0, Long.MAX_VALUE, _ -> true, _ -> kept.incrementAndGet());
      }
      assertThat(gone + Long.parseLong(losses.group(1)) + kept.get())
          .isEqualTo(hosts.count(HostCounter.REQUESTS));
    }
  }

  @Test
  @Timeout(4 * 60) // windows of the history take their ten seconds
  void goesOnWithAFullDiskAndClientsThatDoNotRead() throws Exception {
    namespace.sysctl("net.ipv4.tcp_wmem", "4096 8192 8192");
    namespace.sysctl("net.ipv4.tcp_retries2", "2"); // who does not answer is given up in seconds
    try (RunningMonitor monitor = start()) {
      assertGoesOn(monitor);
      long sockets = sockets(monitor);
      int threads = monitor.threads();
      Path ballast = monitor.seen(folder.resolve("disk/ballast"));

      fill(ballast);
      List<WebClient> clients = clientsThatDoNotRead();
      cable.b().down();
      Eventually.await(
          "the page says that the disk is full",
          () -> {
            fill(ballast); // the history frees room now and then
            return isInTrouble(monitor, "full");
          });
      assertGoesOn(monitor);
      monitor.awaitLog("history: cannot write");
      assertThat(monitor.log()).containsOnlyOnce("history: cannot write, what is lost is counted");
      assertThat(monitor.metrics().sum("ringtap_store_up")).isZero();
      Files.delete(ballast);
      awaitNoTrouble(monitor);

      assertThat(monitor.metrics().sum("ringtap_store_up")).isOne();
      Eventually.await("they are let go", () -> sockets(monitor) <= sockets);
      assertThat(monitor.threads()).isLessThanOrEqualTo(threads + 2);
      assertAccounted(monitor, 0);
      for (WebClient client : clients) {
        client.close();
      }
    }
  }

  private static long sockets(RunningMonitor monitor) throws IOException {
    return monitor.descriptors().stream().filter(name -> name.startsWith("socket:")).count();
  }

  /// Pages that read nothing, pages of a machine that is about to vanish, and scrapers.
  private List<WebClient> clientsThatDoNotRead() throws IOException {
    List<WebClient> clients = new ArrayList<>();
    for (int i = 0; i < SLOW_CLIENTS; i++) {
      clients.add(WebClient.ask(namespace, "127.0.0.1", "/api/live"));
      clients.add(WebClient.ask(far, "198.51.100.1", "/api/live"));
      clients.add(WebClient.ask(namespace, "127.0.0.1", "/metrics"));
    }
    // The scrapers read a little now and then.
    for (int i = 2; i < clients.size(); i += 3) {
      clients.get(i).readSlowly();
    }
    return clients;
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  @Test
  @Timeout(4 * 60) // windows of the history take their ten seconds
  void beginsAnewWhenItsFolderHasGoneAndCanBeMadeAgain() throws Exception {
    try (RunningMonitor monitor = start()) {
      Eventually.await("a window is kept", () -> kept(monitor) > 0);
      Path history = monitor.seen(history());
      long gone = kept(monitor);
      run("rm", "-r", history.toString());
      Files.createFile(history);

      Eventually.await(
          "the page says that its folder cannot be made",
          () -> isInTrouble(monitor, "is there, and is no folder"));
      assertGoesOn(monitor);
      assertThat(monitor.metrics().sum("ringtap_store_up")).isZero();
      Files.delete(history);
      awaitNoTrouble(monitor);

      monitor.awaitLog("history: the folder was gone; begins anew in");
      assertThat(monitor.metrics().sum("ringtap_store_up")).isOne();
      assertAccounted(monitor, gone);
    }
  }

  private static void run(String... words) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
  }

  private static long kept(RunningMonitor monitor) throws IOException, InterruptedException {
    return monitor.metrics().sum("ringtap_store_probes_total");
  }
}

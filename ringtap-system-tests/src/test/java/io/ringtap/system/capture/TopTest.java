package io.ringtap.system.capture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command finds who sent what over a cable, and its totals are the capture's.
class TopTest {
  private static final String TARGET = "10.5.1.1";
  private static final int HEADERS = 14 + 20 + 8;
  private static final int BATCH = 50;

  /// Packets and bytes of payload of each: the second sends most bits, the first most packets.
  private static final List<Sender> SENDERS =
      List.of(
          new Sender("10.5.0.1", 4000, 20),
          new Sender("10.5.0.2", 2000, 1000),
          new Sender("10.5.0.3", 1000, 100),
          new Sender("10.5.0.4", 500, 20));

  @TempDir Path directory;

  private NetworkNamespace here;
  private NetworkNamespace there;
  private String interfaceName = "";

  private record Sender(String address, int packets, int payload) {
    long octets() {
      return (long) packets * (HEADERS + payload);
    }
  }

  @BeforeEach
  void layACable() throws IOException {
    Requirement.root();
    here = NetworkNamespace.create("top");
    there = NetworkNamespace.create("senders");
    VethPair cable = VethPair.create(here, "tap0", there, "out0");
    interfaceName = cable.a().name();
    for (Sender sender : SENDERS) {
      cable.b().address(sender.address + "/16");
    }
    cable.b().neighbour(TARGET, cable.a().mac());
  }

  @AfterEach
  void close() {
    if (there != null) {
      there.close();
      here.close();
    }
  }

  /// In turns, slowly enough for a cable's queue.
  private static void send() throws IOException {
    InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(TARGET), 9);
    List<DatagramSocket> sockets = new ArrayList<>();
    try {
      for (Sender sender : SENDERS) {
        sockets.add(new DatagramSocket(new InetSocketAddress(sender.address, 7000)));
      }
      for (int sent = 0; sent < 4000; sent += BATCH) {
        for (int i = 0; i < SENDERS.size(); i++) {
          Sender sender = SENDERS.get(i);
          byte[] payload = new byte[sender.payload];
          for (int j = sent; j < Math.min(sent + BATCH, sender.packets); j++) {
            sockets.get(i).send(new DatagramPacket(payload, payload.length, target));
          }
        }
        Thread.sleep(2); // spreads what is sent over several intervals
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.forEach(DatagramSocket::close);
    }
  }

  /// Runs the command while the senders send.
  private List<Map<String, Object>> watch(String... options) throws Exception {
    return watch(() -> there.run(TopTest::send), options);
  }

  /// What makes traffic.
  private interface Traffic {
    void run() throws Exception;
  }

  /// Runs the command while there is traffic, and ends it as `kill` does.
  private List<Map<String, Object>> watch(Traffic traffic, String... options) throws Exception {
    Command ringtap = new Command(here);
    List<String> words =
        List.of("top", "-i", interfaceName, "-Q", "in", "--json", "--interval", "300ms");
    Process process =
        ringtap.start(Stream.concat(words.stream(), Stream.of(options)).toArray(String[]::new));
    String first;
    try {
      first = process.inputReader().readLine();
      assertThat(first).as("the capture runs").contains("\"type\":\"interval\"");
      traffic.run();
    } finally {
      boolean _ = process.toHandle().destroy(); // leaves its streams open
    }
    Command.Result result = Command.finish(process);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    // The namespace itself may have sent something in the first interval, which counts.
    return JsonLines.parse(Stream.concat(Stream.of(first), result.out().stream()).toList());
  }

  private static long sum(List<Map<String, Object>> objects, String field) {
    return ofType(objects, "interval").stream().mapToLong(one -> (long) one.get(field)).sum();
  }

  private static List<Map<String, Object>> ofType(List<Map<String, Object>> objects, String type) {
    return objects.stream().filter(object -> object.get("type").equals(type)).toList();
  }

  private static Map<Object, Long> sums(
      List<Map<String, Object>> objects, String key, String field) {
    return ofType(objects, "row").stream()
        .collect(groupingBy(row -> row.get(key), summingLong(row -> (long) row.get(field))));
  }

  @Test
  void countsEverySourceExactlyAndAllThatWasCaptured() throws Exception {
    List<Map<String, Object>> objects = watch();

    Map<Object, Long> packets = sums(objects, "source", "packets");
    Map<Object, Long> octets = sums(objects, "source", "bytes");
    for (Sender sender : SENDERS) {
      assertThat(packets).containsEntry(sender.address, (long) sender.packets);
      assertThat(octets).containsEntry(sender.address, sender.octets());
    }
    Map<String, Object> summary = ofType(objects, "summary").getFirst();
    assertThat(summary)
        .containsEntry("captured", sum(objects, "packets"))
        .containsEntry("dropped_by_kernel", 0L)
        .containsEntry("discarded", 0L);
    assertThat(sum(objects, "missed_packets_max")).isZero();
  }

  @Test
  void addsUpWhatSeveralThreadsSawInOrderOfBits() throws Exception {
    List<Map<String, Object>> objects =
        watch("--threads", "2", "--fanout", "lb", "--order", "bits", "--by", "flow");

    Map<Object, Long> octets = sums(objects, "source", "bytes");
    for (Sender sender : SENDERS) {
      assertThat(octets).containsEntry(sender.address, sender.octets());
    }
    assertThat(ofType(objects, "row"))
        .filteredOn("source", "10.5.0.2")
        .isNotEmpty()
        .allSatisfy(row ->
            assertThat(row)
                .containsEntry("destination", TARGET)
                .containsEntry("protocol", "UDP")
                .containsEntry("source_port", 7000L)
                .containsEntry("destination_port", 9L));
    for (List<Map<String, Object>> rows :
        ofType(objects, "row").stream().collect(groupingBy(row -> row.get("ts_ns"))).values()) {
      assertThat(rows)
          .extracting(row -> (long) row.get("bytes"))
          .isSortedAccordingTo(Comparator.reverseOrder());
    }
    assertThat(ofType(objects, "summary").getFirst())
        .containsEntry("captured", sum(objects, "packets"));
  }

  @Test
  void findsTheHeaviestWithFewCountersAndSaysHowFarOffItIs() throws Exception {
    List<Map<String, Object>> objects = watch("--counters", "1");

    for (Map<String, Object> interval : ofType(objects, "interval")) {
      assertThat((long) interval.get("missed_packets_max"))
          .isLessThanOrEqualTo((long) interval.get("packets"));
    }
    Map<Object, Long> packets = sums(objects, "source", "packets");
    Sender heaviest = SENDERS.getFirst();
    assertThat(packets.getOrDefault(heaviest.address, 0L))
        .isBetween(heaviest.packets - sum(objects, "missed_packets_max"), (long) heaviest.packets);
  }

  @Test
  void findsTheHeaviestAmongAMillionSources() throws Exception {
    Path onlyIpv4 = directory.resolve("ip.bpf");
    Files.writeString(onlyIpv4, "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n");
    AtomicLong injected = new AtomicLong();

    List<Map<String, Object>> objects =
        watch(
            () -> {
              FrameLoad load = FrameLoad.on(here.link(interfaceName));
              load.frames(200_000).rate(100_000).sources(1_000_000).heavyHitters(3, 100);
              try (RunningLoad running = load.start()) {
                running.await();
                injected.set(running.injected());
              }
            },
            "--bpf-program",
            onlyIpv4.toString(),
            "--counters",
            "512",
            "-n",
            "3");

    assertThat(sum(objects, "packets") + sum(objects, "dropped_by_kernel"))
        .isEqualTo(injected.get());
    for (Map<String, Object> interval : ofType(objects, "interval")) {
      long packets = (long) interval.get("packets");
      assertThat((long) interval.get("missed_packets_max")).isLessThanOrEqualTo(packets / 512);
      if (packets > 10_000) { // of which each of the three has a thirtieth
        assertThat(ofType(objects, "row"))
            .filteredOn("ts_ns", interval.get("ts_ns"))
            .extracting(row -> row.get("source"))
            .containsExactlyInAnyOrder("10.0.0.0", "10.0.0.1", "10.0.0.2");
      }
    }
  }

  @Test
  void endsAfterAsManyIntervalsAsAsked() throws Exception {
    Command ringtap = new Command(here);

    Command.Result result =
        ringtap.run("top", "-i", "any", "-c", "2", "--interval", "200ms", "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(JsonLines.parse(result.out()))
        .filteredOn("type", "interval")
        .hasSize(2)
        .allSatisfy(interval ->
            assertThat((long) interval.get("duration_ns")).isGreaterThanOrEqualTo(100_000_000));
  }

  @Test
  void saysInALineWhatIsWrong() throws Exception {
    Command ringtap = new Command(here);

    Command.Result unknown = ringtap.run("top", "-i", "nosuch0");
    Command.Result forbidden = ringtap.asNobody().run("top", "-i", interfaceName);

    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).hasSize(1).allMatch(line -> line.startsWith("ringtap top: "));
    assertThat(forbidden.exitCode()).isEqualTo(4);
    assertThat(forbidden.err()).hasSize(1).allMatch(line -> line.contains("CAP_NET_RAW"));
  }
}

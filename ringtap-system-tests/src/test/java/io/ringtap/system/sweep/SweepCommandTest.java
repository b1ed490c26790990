package io.ringtap.system.sweep;

import static io.ringtap.system.sweep.SweepNetwork.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.packet.IpAddress;
import io.ringtap.system.BackgroundJob;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.system.Tcpdump;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap sweep` as users run it, on hosts of which is known who answers.
@RequiresRoot
class SweepCommandTest {
  private static final String HOSTS = "10.64.0.0/20";
  private static final int SIZE = 4096;
  private static final AnswerRule RULE = AnswerRule.ALL.withSilent(300).withOpenPorts(Set.of(443));
  private static final Pattern REQUEST = Pattern.compile(".* > ([0-9.]+): ICMP echo request,.*");
  private static final Path NOTHING = Path.of("/dev/null");

  @TempDir Path directory;
  private SweepNetwork network;
  private Command ringtap;

  @BeforeEach
  void open() throws IOException {
    network = SweepNetwork.open().route(HOSTS);
    ringtap = new Command(network.near);
  }

  @AfterEach
  void close() {
    network.close();
  }

  private XdpResponder hosts() throws IOException {
    return XdpResponder.attach(network.cable, HOSTS, RULE);
  }

  private static Set<String> answering(String prefix) {
    return addresses(prefix, address -> !RULE.isSilent(address)).stream()
        .map(IpAddress::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The three shards print in the three formats.
  @Test
  void findsEachAddressOnceInOneOfTheShards() throws Exception {
    List<String> common = List.of("sweep", "--seed", "9", "-c", "500ms", "-r", "20k", HOSTS);
    List<String> found = new ArrayList<>();
    try (XdpResponder responder = hosts()) {
      Command.Result text = ringtap.run(with(common, "--shard", "1/3"));
      assertThat(text.exitCode()).as(text.err().toString()).isEqualTo(ExitCode.OK);
      assertThat(text.out()).allMatch(line -> line.matches("[0-9.]+ ttl=64 time=[0-9.]+ ms"));
      text.out().forEach(line -> found.add(line.split(" ", -1)[0]));
      assertThat(text.err())
          .anyMatch(line -> line.startsWith("1366 probes = 1366 sent + 0 refused"));

      Command.Result csv = ringtap.run(with(common, "--shard", "2/3", "--csv", "-q"));
      assertThat(csv.err()).isEmpty();
      List<NamedCsvRecord> records =
          CsvReader.builder().ofNamedCsvRecord(String.join("\n", csv.out())).stream().toList();
      assertThat(records).allMatch(it -> it.getField("classification").equals("echoreply"));
      assertThat(records).allMatch(it -> Long.parseLong(it.getField("rtt_ns")) > 0);
      records.forEach(it -> found.add(it.getField("saddr")));

      Command.Result json = ringtap.run(with(common, "--shard", "3/3", "--json"));
      List<Map<String, Object>> objects = new ArrayList<>(JsonLines.parse(json.out()));
      Map<String, Object> summary = objects.removeLast();
      assertThat(objects).allMatch(it -> it.get("type").equals("answer"));
      objects.forEach(it -> found.add((String) it.get("saddr")));
      assertThat(summary)
          .containsEntry("type", "summary")
          .containsEntry("targets", 1365L)
          .containsEntry("targets_completed", 1365L)
          .containsEntry("probes_sent", 1365L)
          .containsEntry("found", (long) objects.size())
          .containsEntry("dropped", 0L);
      assertThat(responder.counters())
          .containsEntry(ResponderCounter.ECHO_REPLIES, (long) found.size())
          .containsEntry(ResponderCounter.SILENT, (long) SIZE - found.size());
    }
    assertThat(found).doesNotHaveDuplicates().hasSameElementsAs(answering(HOSTS));
  }

  @Test
  void goesOnAfterKillWithoutALossAndRepeatsOnlyWhatWasInFlight() throws Exception {
    Path state = directory.resolve("state");
    Path results = directory.resolve("results");
    List<String> common =
        List.of(
            "sweep",
            "-q",
            "-c",
            "500ms",
            "-f",
            "saddr",
            "-o",
            "" + results,
            "--resume",
            "" + state);
    long completed;
    long sentBefore;
    try (XdpResponder responder = hosts()) {
      try (BackgroundJob job =
          BackgroundJob.start(ringtap, directory, NOTHING, with(common, "-r", "500", HOSTS))) {
        await().atMost(Duration.ofSeconds(60)).until(() -> value(state, "completed") > 0);
        job.signal("KILL");
        int _ = job.exitCode();
      }
      completed = value(state, "completed");
      assertThat(completed).as("it was killed in the middle").isLessThan(SIZE);
      sentBefore = requests(responder);

      Command.Result rest = ringtap.run(with(common, "-r", "20k", HOSTS));

      assertThat(rest.exitCode()).as(rest.err().toString()).isEqualTo(ExitCode.OK);
      assertThat(requests(responder)).isEqualTo(sentBefore + SIZE - completed);
    }
    List<String> lines = Files.readAllLines(results);
    assertThat(lines.getFirst()).isEqualTo("saddr");
    List<String> found = lines.subList(1, lines.size());
    assertThat(new TreeSet<>(found)).isEqualTo(answering(HOSTS));
    assertThat((long) found.size() - answering(HOSTS).size())
        .as("repeated")
        .isBetween(0L, sentBefore - completed);
    assertThat(value(state, "completed")).isEqualTo(SIZE);
    assertThat(value(state, "runs")).isEqualTo(2);
  }

  @Test
  void endsInOrderOnASignalAndGoesOnWithoutARepetition() throws Exception {
    Path state = directory.resolve("state");
    List<String> common = List.of("sweep", "-c", "500ms", "-f", "saddr", "--resume", "" + state);
    List<String> found = new ArrayList<>();
    try (XdpResponder responder = hosts()) {
      try (BackgroundJob job =
          BackgroundJob.start(ringtap, directory, NOTHING, with(common, "-r", "500", HOSTS))) {
        job.awaitOut("10.64.");
        job.signal("INT");

        assertThat(job.exitCode()).as(job.err()).isEqualTo(ExitCode.OK);
        found.addAll(job.out().lines().skip(1).toList());
        assertThat(job.err()).contains(" targets completed\n");
      }
      assertThat(value(state, "completed")).isLessThan(SIZE).isEqualTo(value(state, "sent"));
      assertThat(requests(responder)).isEqualTo(value(state, "sent"));

      Command.Result rest = ringtap.run(with(common, "-r", "20k", HOSTS));

      found.addAll(rest.out()); // without the columns' names
      assertThat(requests(responder)).isEqualTo(SIZE);
    }
    assertThat(found).doesNotHaveDuplicates().hasSameElementsAs(answering(HOSTS));

    Command.Result again = ringtap.run(with(common, HOSTS));
    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(again.err()).anyMatch(line -> line.contains("this sweep is complete"));
    Command.Result other = ringtap.run(with(common, "10.64.0.0/21"));
    assertThat(other.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(other.err())
        .containsExactly(
            "ringtap sweep: "
                + state
                + ": the state of another sweep: addresses, exclusions, ports or payload differ");
  }

  /// tcpdump is the judge of what is on the wire.
  @Test
  void sendsNothingToWhatIsExcluded() throws Exception {
    Requirement.tool("tcpdump");
    Path blocked = Files.writeString(directory.resolve("blocked"), "10.64.1.0/24 # a customer\n");
    Set<String> asked = new TreeSet<>();
    try (Tcpdump tcpdump =
            Tcpdump.on(network.cable.a(), "--snapshot-length=128", "--buffer-size=16384", "icmp");
        XdpResponder _ = hosts()) {
      Command.Result result =
          ringtap.run(
              "sweep",
              "-c",
              "1s",
              "-r",
              "2k",
              "--sender",
              "raw",
              "-f",
              "saddr",
              "10.64.0.0/22",
              "--exclude",
              "10.64.0.0-10.64.0.99",
              "-b",
              "" + blocked);
      assertThat(result.exitCode()).as(result.err().toString()).isEqualTo(ExitCode.OK);
      assertThat(result.err().getFirst())
          .contains("668 targets at 668 addresses, 356 addresses left out");
      int _ = network.near.process("ping", "-c", "1", "-W", "1", "10.64.15.255").start().waitFor();
      for (String line : tcpdump.linesUntil("10.64.15.255")) {
        Matcher request = REQUEST.matcher(line);
        if (request.matches()) {
          asked.add(request.group(1));
        }
      }
    }
    asked.remove("10.64.15.255");
    assertThat(asked)
        .isEqualTo(
            texts(
                addresses(
                    "10.64.0.0/22", it -> (it.low() & 0x300) != 0x100 && (it.low() & 0x3ff) > 99)));
  }

  @Test
  void asksPublicAddressesOnlyWithConsentAndTouchesNoFileBefore() throws Exception {
    Path results = Files.writeString(directory.resolve("results"), "precious\n");
    network.route("8.8.8.0/24");
    try (XdpResponder responder =
        XdpResponder.attach(network.cable, "8.8.8.0/24", AnswerRule.ALL)) {
      String[] words = {"sweep", "-c", "500ms", "-f", "saddr", "-o", "" + results, "8.8.8.0/28"};

      Command.Result refused = ringtap.run(words);

      assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
      assertThat(refused.err())
          .singleElement()
          .asString()
          .contains(" 16 of them not local", "--public");
      assertThat(requests(responder)).isZero();
      assertThat(results).hasContent("precious");

      Command.Result allowed = ringtap.run(with(List.of(words), "--public"));
      assertThat(allowed.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(requests(responder)).isEqualTo(16);
      assertThat(Files.readAllLines(results)).hasSize(17).doesNotContain("precious");
    }
  }

  @Test
  void tellsOpenPortsFromClosedOnes() throws Exception {
    try (XdpResponder _ = hosts()) {
      Command.Result all =
          ringtap.run(
              "sweep", "-c", "500ms", "-p", "80,443", "-a", "--json", "-f", "*", "10.64.0.0/24");

      List<Map<String, Object>> objects = JsonLines.parse(all.out());
      assertThat(ports(objects, "synack", 1)).isEqualTo(with("443", answering("10.64.0.0/24")));
      assertThat(ports(objects, "rst", 0)).isEqualTo(with("80", answering("10.64.0.0/24")));
      assertThat(objects)
          .hasSize(2 * answering("10.64.0.0/24").size())
          .allMatch(it -> it.get("daddr").equals(SweepNetwork.NEAR) && it.containsKey("acknum"));
    }
  }

  @Test
  void findsTheLowBytesOfEachNetworkOfAPrefix() throws Exception {
    String prefix = "2001:db8:64::/62";
    network.route(prefix);
    try (XdpResponder responder = XdpResponder.attach(network.cable, prefix, RULE)) {
      Command.Result result =
          ringtap.run(
              "sweep",
              "-c",
              "500ms",
              "-f",
              "saddr",
              "--pattern",
              "low-byte",
              prefix,
              "2001:db8:64:2::77ff",
              "2001:db8:64:3::1");

      Set<String> wanted = new TreeSet<>();
      for (int i = 0; i < 4; i++) {
        String first = "2001:db8:64:" + i + "::";
        wanted.addAll(answering(first + "1-" + first + "ff"));
      }
      wanted.addAll(answering("2001:db8:64:2::77ff"));
      assertThat(result.out().stream().skip(1)).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(requests(responder)).isEqualTo(4 * 255 + 1);
    }
  }

  /// Addresses with the ports that answered in a way.
  private static Set<String> ports(
      List<Map<String, Object>> answers, String classification, long success) {
    return answers.stream()
        .filter(it -> it.get("classification").equals(classification))
        .filter(it -> it.get("success").equals(success))
        .map(it -> it.get("saddr") + " " + it.get("sport"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> with(String port, Set<String> addresses) {
    return addresses.stream()
        .map(it -> it + " " + port)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String[] with(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static Set<String> texts(Collection<IpAddress> addresses) {
    return addresses.stream()
        .map(IpAddress::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Requests that have arrived.
  private static long requests(XdpResponder responder) throws IOException {
    Map<ResponderCounter, Long> counters = responder.counters();
    return counters.get(ResponderCounter.ECHO_REPLIES) + counters.get(ResponderCounter.SILENT);
  }

  /// A number of a state; -1 if there is none yet.
  private static long value(Path state, String key) throws IOException {
    if (!Files.exists(state)) {
      return -1;
    }
    return Files.readAllLines(state).stream()
        .filter(line -> line.startsWith(key + " "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
        .findFirst()
        .orElse(-1);
  }
}

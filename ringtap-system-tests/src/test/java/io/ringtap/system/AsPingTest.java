package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command as `ping` beside iputils' own, started at the same time: the same lines on both
/// streams and the same exit code, but for times.
class AsPingTest {
  private static final long SEED = 20_221_126;

  private static NetworkNamespace namespace;
  private static NetworkNamespace neighbour;
  private static VirtualHosts hosts;
  private static Command ringtap;

  @BeforeAll
  static void makeNetwork() throws IOException {
    Requirement.root();
    Requirement.tool("ping");
    namespace = NetworkNamespace.create("as-ping");
    neighbour = NetworkNamespace.create("neighbour");
    VethPair cable = VethPair.create(namespace, "v0", neighbour, "v1");
    cable.a().address("10.9.0.1/24").address("fd09::1/64");
    cable.b().address("10.9.0.2/24").address("fd09::2/64");
    neighbour.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
    hosts = VirtualHosts.start(namespace, "tun0", SEED);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    hosts.behave("10.1.0.2", HostBehaviour.SILENT);
    hosts.behave("fd00:1::2", HostBehaviour.SILENT);
    hosts.behave("10.1.0.3", HostBehaviour.PROMPT.duplicate(1, 2));
    hosts.behave("10.1.0.4", HostBehaviour.PROMPT.refuse(IcmpError.of(3, 1, "10.1.9.9")));
    hosts.behave("10.1.0.5", HostBehaviour.PROMPT.refuse(IcmpError.of(11, 0, "10.1.9.9")));
    hosts.behave("fd00:1::4", HostBehaviour.PROMPT.refuse(IcmpError.of(1, 3, "fd00:1::99")));
    hosts.behave("10.1.0.6", HostBehaviour.PROMPT.answerFrom(1, "10.1.9.8"));
    hosts.behave("10.1.0.7", HostBehaviour.PROMPT.wrongChecksum(1));
    hosts.behave("10.1.0.8", HostBehaviour.PROMPT.truncate(1, 20));
    hosts.behave("10.1.0.9", HostBehaviour.PROMPT.delay(Duration.ofMillis(450)));
    ringtap = new Command(namespace);
  }

  @AfterAll
  static void close() {
    if (hosts != null) {
      hosts.close();
    }
    if (namespace != null) {
      namespace.close();
      neighbour.close();
    }
  }

  /// Runs both at the same time and compares them.
  private static Command.Result compare(Command ours, String... arguments) throws Exception {
    List<String> theirs = new ArrayList<>(ours.prefix());
    theirs.add("ping");
    theirs.addAll(List.of(arguments));
    Process ping = namespace.start(theirs.toArray(String[]::new));
    Command.Result result =
        ours.run(
            Stream.concat(Stream.of("as-ping"), Arrays.stream(arguments)).toArray(String[]::new));
    Command.Result expected = Command.finish(ping);

    boolean isPaced = List.of(arguments).contains("-f") || List.of(arguments).contains("-A");
    assertThat(withoutTimes(result.out(), isPaced))
        .isEqualTo(withoutTimes(expected.out(), isPaced));
    assertThat(result.err()).isEqualTo(expected.err());
    assertThat(result.exitCode()).isEqualTo(expected.exitCode());
    return result;
  }

  /// @param isPaced whether answers set the pace, so that it differs from run to run
  private static String withoutTimes(List<String> lines, boolean isPaced) {
    String text = withoutTimes(lines);
    return isPaced ? text.replaceAll("(, )?pipe \\d+", "") : text;
  }

  private static String withoutTimes(List<String> lines) {
    return String.join("\n", lines)
        .replaceAll("\\b[0-9.]+(?= ?ms|/)", "T")
        .replaceAll("(?m)^\\[\\d+\\.\\d{6}]", "[T]")
        .replaceAll("(?m)^[ .E\b]+$", "dots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 3 -i 0.3 10.1.0.1",
        "-c 1 ::1",
        "-c 1 fd00:1::1",
        "-c 1 localhost",
        "-n -c 1 localhost",
        "-c 1 127.1",
        "-c 1 0",
        "-c 1 ::",
        "-c1 -nqs16 10.1.0.1",
        "-c 1 -s 15 10.1.0.1",
        "-c 1 -s 1400 10.1.0.1",
        "-c 9 -c 1 10.1.0.1",
        "-c 1 -D 10.1.0.1",
        "-c 1 -a 10.1.0.1",
        "-c 1 -C -d -S 1000 -U 10.1.0.1",
        "-c 1 -Q 0x10 -t 9 -m 5 10.1.0.1",
        "-c 1 -p c0ffee 10.1.0.1",
        "-c 1 -M want 10.9.0.2",
        "-c 1 -I lo 127.0.0.1",
        "-c 1 -I 192.0.2.1 10.1.0.1",
        "-c 1 -I v0 10.9.0.2",
        "-c 1 -I v0 10.9.0.1",
        "-c 1 -I v0 -I 10.9.0.1 10.9.0.2",
        "-c 1 -I ::1 ::1",
        "-c 1 -B 10.1.0.1",
        "-c 1 -r 10.9.0.2",
        "-c 3 -l 3 10.1.0.9",
        "-c 5 -f 10.1.0.1",
        "-c 5 -A 10.1.0.1",
        "-w 5 -c 2 -i 0.3 10.1.0.1",
      })
  void printsReplies(String arguments) throws Exception {
    assertThat(compare(ringtap, arguments.split(" ")).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 1 -W 0.3 10.1.0.2",
        "-c 1 -W 0.3 fd00:1::2",
        "-c 2 -i 0.3 -W 0.3 -O 10.1.0.2",
        "-c 1 10.1.0.4",
        "-c 1 10.1.0.5",
        "-c 1 fd00:1::4",
        "-c 2 -f 10.1.0.4",
        "-w 3 10.1.0.4",
        "-w 1 10.1.0.2",
        "-c 1 -M do -s 2000 10.9.0.2",
        "-c 1 -M do -s 2000 fd09::2",
        "-c 1 -s 65508 10.9.0.2",
      })
  void printsFailures(String arguments) throws Exception {
    assertThat(compare(ringtap, arguments.split(" ")).exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 1 -i 0.3 10.1.0.3", // the duplicates come after the end
        "-c 2 -i 0.3 10.1.0.3",
        "-c 1 10.1.0.6",
        "-b -c 2 -i 0.3 10.9.0.255",
        "-c 1 -I v0 224.0.0.1",
        "-L -c 1 -I v0 224.0.0.1",
      })
  void printsWhatIsOutOfTheOrdinary(String arguments) throws Exception {
    assertThat(compare(ringtap, arguments.split(" ")).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 203.0.113.1",
    "2, 2001::1",
    "2, 10.9.0.255",
    "2, -I nosuch 10.1.0.1",
    "2, -I nosuch fd00:1::1",
    "2, -I 203.0.113.1 10.1.0.1",
    "2, -I fd99::1 fd00:1::1",
  })
  void refuses(int exitCode, String arguments) throws Exception {
    assertThat(compare(ringtap, arguments.split(" ")).exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({
    "0, -c 2 -i 0.3 10.1.0.1",
    "0, -c 3 -A 10.1.0.1",
    "2, -i 0.001 10.1.0.1",
    "2, -f 10.1.0.1",
    "2, -l 4 10.1.0.1",
  })
  void treatsUsersAsPingDoes(int exitCode, String arguments) throws Exception {
    namespace.sysctl("net.ipv4.ping_group_range", "0 2147483647");
    try {
      assertThat(compare(ringtap.asNobody(), arguments.split(" ")).exitCode()).isEqualTo(exitCode);
    } finally {
      namespace.sysctl("net.ipv4.ping_group_range", "1 0");
    }
  }

  @Test
  void refusesWhatItDoesNotSupportByName() throws Exception {
    Command.Result query = ringtap.run("as-ping", "-N", "name", "::1");
    Command.Result stamps = ringtap.run("as-ping", "-T", "tsonly", "10.1.0.1");
    Command.Result route = ringtap.run("as-ping", "10.1.0.1", "10.1.0.2");

    assertThat(query.err()).containsExactly("ping: -N: node information queries are not supported");
    assertThat(stamps.err()).containsExactly("ping: -T: the IP timestamp option is not supported");
    assertThat(route.err())
        .containsExactly("ping: source routes are not supported: name one destination");
    assertThat(List.of(query.exitCode(), stamps.exitCode(), route.exitCode())).containsOnly(2);
  }

  /// Iputils has words for it, and uses them for no reply.
  @Test
  void countsAWrongChecksumAsCorrupted() throws Exception {
    Command.Result result = ringtap.run("as-ping", "-c", "1", "-W", "0.3", "10.1.0.7");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).anyMatch(it -> it.endsWith(" ms (BAD CHECKSUM!)"));
    assertThat(result.out())
        .anyMatch(it -> it.startsWith("1 packets transmitted, 0 received, +1 corrupted, 100% "));
  }

  @Test
  void countsACutReplyAndShowsNoTimeOfIt() throws Exception {
    Command.Result result = ringtap.run("as-ping", "-c", "1", "10.1.0.8");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().get(1)).endsWith(" bytes from 10.1.0.8: icmp_seq=1 ttl=64 (truncated)");
  }

  @Test
  void printsHowFarItIsAndTheSummaryOnSignals(@TempDir Path directory) throws Exception {
    Path devNull = Path.of("/dev/null");
    try (BackgroundJob job =
        BackgroundJob.start(ringtap, directory, devNull, "as-ping", "-i", "0.05", "10.1.0.1")) {
      job.awaitOut("icmp_seq=3 ");
      job.signal("QUIT");
      job.awaitErr(" ms\n");
      job.signal("INT");

      assertThat(job.exitCode()).isZero();
      assertThat(job.err())
          .matches("\\r\\d+/\\d+ packets, \\d+% loss, min/avg/ewma/max = [\\d./]+ ms\\n");
      assertThat(job.out())
          .contains("--- 10.1.0.1 ping statistics ---")
          .containsPattern("mdev = [\\d./]+ ms(, pipe \\d+)?\n$");
    }
  }
}

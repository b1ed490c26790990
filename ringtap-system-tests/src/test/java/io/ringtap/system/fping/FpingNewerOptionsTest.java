package io.ringtap.system.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.fping.FpingNetwork.Said;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What fping has learned from 5.2 to 5.5, as its manual page, its change log and its description
/// of JSON have it.
class FpingNewerOptionsTest {
  private static FpingNetwork network;

  @BeforeAll
  static void makeNetwork() throws IOException {
    network = new FpingNetwork("fpingnew");
  }

  @AfterAll
  static void close() {
    if (network != null) {
      network.close();
    }
  }

  private static Said run(String arguments) throws InterruptedException {
    return network.ours(arguments.split(" ")).withoutTimes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "--version", "-v -z", "-q -v 10.1.0.1"})
  void isAnFping(String arguments) throws Exception {
    assertThat(network.ours(arguments.split(" ")))
        .isEqualTo(new Said(0, List.of("fping: Version 5.5"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "-h -z"})
  void showsTheUsageWithALineForEachOption(String arguments) throws Exception {
    Said said = run(arguments);

    assertThat(said.exitCode()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(String.join("\n", said.out()))
        .startsWith("Usage: fping [options] [targets...]\n")
        .hasSizeGreaterThan(1024)
        .containsPattern("\\s-S[,\\s]")
        .containsPattern("\\s-O[,\\s]")
        .containsPattern("\\s-k[,\\s]")
        .containsPattern("\\s-I[,\\s]");
  }

  @Test
  void endsWhenEnoughHaveAnswered() throws Exception {
    Said said = run("-X 2 -r 9 -t 5000 -i 0 10.1.1.1 10.1.0.1 10.1.0.2 10.1.1.2");

    assertThat(said)
        .isEqualTo(
            new Said(0, List.of("Enough hosts reachable (required: 2, reachable: 2)"), List.of()));
  }

  @Test
  void saysThatTooFewHaveAnswered() throws Exception {
    Said said = run("--fast-reachable=2 -a -r 0 -t 500 10.1.1.1 10.1.0.1");

    assertThat(said)
        .isEqualTo(
            new Said(
                1,
                List.of("10.1.0.1", "Not enough hosts reachable (required: 2, reachable: 1)"),
                List.of()));
  }

  @Test
  void countsInLinesOfTheirOwnAlsoForTheAlive() throws Exception {
    Said said = run("-a -c 1 10.1.0.1");

    assertThat(said.out()).containsExactly("10.1.0.1 : [0], 64 bytes, T ms (T avg, 0% loss)");
    assertThat(said.err())
        .containsExactly("", "10.1.0.1 : xmt/rcv/%loss = 1/1/0%, min/avg/max = T/T/T");
  }

  @Test
  void discardsRepliesFromElsewhere() throws Exception {
    assertThat(run("--check-source -r 0 -t 100 10.1.3.1 10.1.0.1 -i 200"))
        .isEqualTo(new Said(1, List.of("10.1.0.1 is alive", "10.1.3.1 is unreachable"), List.of()));
    assertThat(run("--check-source -c 1 -t 100 10.1.3.1").out())
        .containsExactly("10.1.3.1 : [0], timed out (NaN avg, 100% loss)");
  }

  @Test
  void printsTheHopLimit() throws Exception {
    assertThat(run("--print-ttl -c 1 10.1.0.1").out())
        .containsExactly("10.1.0.1 : [0], 64 bytes, T ms (T avg, 0% loss) (TTL 64)");
    assertThat(run("--print-ttl -e 10.1.0.1").out())
        .containsExactly("10.1.0.1 is alive (TTL 64) (T ms)");
  }

  @Test
  void printsTheTypeOfService() throws Exception {
    assertThat(run("--print-tos --print-ttl -O 0x20 -c 1 127.0.0.1").out())
        .containsExactly("127.0.0.1 : [0], 64 bytes, T ms (T avg, 0% loss) (TOS 32) (TTL 64)");
    assertThat(run("-J --print-tos -c 1 127.0.0.1").out().getFirst()).endsWith(", \"tos\": 0}}");
  }

  @Test
  void sendsTimestampRequests() throws Exception {
    String times = "timestamps: Originate=\\d+ Receive=\\d+ Transmit=\\d+ Localreceive=\\d+";
    assertThat(run("--icmp-timestamp -c 1 127.0.0.1").out().getFirst())
        .matches("127\\.0\\.0\\.1 : \\[0], 20 bytes, T ms \\(T avg, 0% loss\\), " + times);
    assertThat(run("--icmp-timestamp 127.0.0.1").out().getFirst())
        .matches("127\\.0\\.0\\.1 is alive, " + times);
    assertThat(run("--icmp-timestamp -a 127.0.0.1").out().getFirst())
        .matches("127\\.0\\.0\\.1 " + times);
    assertThat(run("--icmp-timestamp -J -c 1 127.0.0.1").out().getFirst())
        .containsPattern(
            "\"timestamps\": \\{\"originate\": \\d+, \"receive\": \\d+, \"transmit\": \\d+,"
                + " \"localreceive\": \\d+}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "ctime, '\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}] '",
    "iso, '\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[-+]\\d{4}] '",
    "rfc3339, '\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] '"
  })
  void writesTheTimeAsIsWished(String format, String pattern) throws Exception {
    Said said = run("-D --timestamp-format " + format + " -c 1 10.1.0.1");

    assertThat(said.out().getFirst()).matches(pattern + "10\\.1\\.0\\.1 : \\[0], 64 bytes, .*");
  }

  @Test
  void reportsFromTheBeginningIfCumulative() throws Exception {
    Said said = run("-Q 0.5,cumulative -c 3 -p 600 10.1.0.1");

    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .containsExactly(
            "[HH:MM:SS]",
            "10.1.0.1 : xmt/rcv/%loss = 1/1/0%, min/avg/max = T/T/T",
            "[HH:MM:SS]",
            "10.1.0.1 : xmt/rcv/%loss = 2/2/0%, min/avg/max = T/T/T",
            "10.1.0.1 : xmt/rcv/%loss = 3/3/0%, min/avg/max = T/T/T");
  }

  @Test
  void writesAnObjectALine() throws Exception {
    assertThat(run("-J -c 1 10.1.0.1"))
        .isEqualTo(
            new Said(
                0,
                List.of(
                    "{\"resp\": {\"host\": \"10.1.0.1\", \"seq\": 0, \"size\": 64, \"rtt\": T}}",
                    "{\"summary\": {\"host\": \"10.1.0.1\", \"xmt\": 1, \"rcv\": 1, \"loss\": 0,"
                        + " \"rttMin\": T, \"rttAvg\": T, \"rttMax\": T}}"),
                List.of()));
    assertThat(run("-J -q -o -p 100 -c 1 10.1.1.1").out())
        .containsExactly(
            "{\"summary\": {\"host\": \"10.1.1.1\", \"xmt\": 1, \"rcv\": 0, \"loss\": 100,"
                + " \"outage(ms)\": 100}}");
    assertThat(run("--json -s -C 2 -p 50 10.1.1.1 10.1.1.2").out())
        .contains(
            "{\"timeout\": {\"host\": \"10.1.1.1\", \"seq\": 0}}",
            "{\"vSum\": {\"host\": \"10.1.1.2\", \"values\": [null, null]}}",
            "{\"stats\": {\"targets\": 2, \"alive\": 0, \"unreachable\": 2, \"unknownAddresses\":"
                + " 0, \"timeouts\": 4, \"icmpEchosSent\": 4, \"icmpEchoRepliesReceived\": 0,"
                + " \"otherIcmpReceived\": 0, \"rttMin\": T, \"rttAvg\": T, \"rttMax\": T,"
                + " \"elapsed\": T}}");
    assertThat(run("-J -D --print-ttl -c 1 10.1.0.1").out().getFirst())
        .matches("\\{\"resp\": \\{\"timestamp\": \"\\d+\\.\\d{5}\", \"host\": .*, \"ttl\": 64}}");
    assertThat(run("-J -Q 0.5 -p 800 -c 2 10.1.0.1").out().getFirst())
        .matches(
            "\\{\"intSum\": \\{\"time\": \\d{10}, \"host\": \"10.1.0.1\", \"xmt\": 1, \"rcv\": 1,"
                + " \"loss\": 0, \"rttMin\": T, \"rttAvg\": T, \"rttMax\": T}}");
  }

  @Test
  void marksItsPackets() throws Exception {
    assertThat(run("-k 256 10.1.0.1"))
        .isEqualTo(new Said(0, List.of("10.1.0.1 is alive"), List.of()));
  }

  @Test
  void sendsThroughAnInterface() throws Exception {
    assertThat(run("--oiface tun0 10.1.0.1"))
        .isEqualTo(new Said(0, List.of("10.1.0.1 is alive"), List.of()));
  }

  @Test
  void generatesIpv6Addresses() throws Exception {
    assertThat(run("-g fd00:1::4/127").out())
        .containsExactly("fd00:1::4 is alive", "fd00:1::5 is alive");
    assertThat(run("-g fd00:1::ffff fd00:1::1:0").out())
        .containsExactly("fd00:1::ffff is alive", "fd00:1::1:0 is alive");
  }

  @Test
  void generatesMoreAddressesThanFpingDoes() throws Exception {
    Said said = run("-X 1 -i 0 -g 10.1.0.1 10.4.0.0");

    assertThat(said.out()).containsExactly("Enough hosts reachable (required: 1, reachable: 1)");
  }

  @Test
  void reportsIcmpv6Errors() throws Exception {
    Said said = run("-c 1 -t 100 fd00:1:4::1");

    assertThat(said.out()).containsExactly("fd00:1:4::1 : [0], timed out (NaN avg, 100% loss)");
    assertThat(said.err().getFirst())
        .isEqualTo(
            "ICMPv6 Destination Unreachable (No route to destination) from fd00:1::fe for ICMPv6"
                + " Echo Request sent to fd00:1:4::1");
  }

  @Test
  void countsNoDuplicate() throws Exception {
    Said said = run("-q -c 2 -p 300 -t 999 10.1.2.1");

    assertThat(said.err())
        .containsExactly("10.1.2.1 : xmt/rcv/%loss = 2/2/0%, min/avg/max = T/T/T");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -J 10.1.0.1                       | option -J, --json requires -c, -C, or -l
          -I tun0 --oiface tun0 10.1.0.1    | specify only --oiface or -I, --iface
          -b 65508 10.1.0.1                 | data size 65508 not valid, must not be larger than 65507
          -g 10.0.0.0 12.0.0.0              | -g parameter generates too many addresses
          -g fd00:1::/64                    | netmask must be between 65 and 128 (is: 64)
          -g fe80::1%lo fe80::2             | different scopes for start and end addresses
          -6 --icmp-timestamp ::1           | ICMP Timestamp is IPv4 only
          -b 8 --icmp-timestamp 10.1.0.1    | cannot change ICMP Timestamp size
          """)
  void refuses(String arguments, String message) throws Exception {
    assertThat(run(arguments)).isEqualTo(new Said(1, List.of(), List.of("fping: " + message)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 10x",
        "-C 1.5",
        "-H 0x10",
        "-x 2x",
        "-X 0",
        "-r -2",
        "-b 10abc",
        "-B 1.5abc",
        "-i 10ms",
        "-p 1s",
        "-t -1",
        "-Q 1x",
        "-Q -1",
        "-k 0",
        "-k 1x",
        "-O 256",
        "-O 0x1g",
        "--seqmap-timeout x",
        "--timestamp-format rfc"
      })
  void takesNumbersStrictly(String arguments) throws Exception {
    Said said = run(arguments + " 10.1.0.1");

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.err().getFirst()).startsWith("Usage: fping ");
  }
}

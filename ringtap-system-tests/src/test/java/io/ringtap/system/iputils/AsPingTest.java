package io.ringtap.system.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.BackgroundJob;
import io.ringtap.system.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command as `ping` beside iputils' own, where there are replies.
class AsPingTest {
  private static AsPingNetwork network;

  @BeforeAll
  static void makeNetwork() throws IOException {
    network = new AsPingNetwork();
  }

  @AfterAll
  static void close() {
    if (network != null) {
      network.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 3 -i 0.3 10.1.0.1",
        "-c 1 ::1",
        "-c 1 localhost",
        "-c 1 127.1",
        "-c 1 0",
        "-c1 -nqs16 10.1.0.1",
        "-c 1 -s 15 10.1.0.1",
        "-c 9 -c 1 -D -a fd00:1::1",
        "-c 1 -C -d -S 1000 -U -Q 0x10 -t 9 -m 5 10.1.0.1",
        "-c 1 -p c0ffee 10.1.0.1",
        "-c 1 -I lo 127.0.0.1",
        "-c 1 -I 192.0.2.1 10.1.0.1",
        "-c 1 -I v0 10.9.0.1",
        "-c 1 -I v0 -I 10.9.0.1 10.9.0.2",
        "-c 1 -I ::1 ::1",
        "-c 1 -B -r -M want -s 1400 10.9.0.2",
        "-c 3 -l 3 10.1.0.9",
        "-c 5 -f 10.1.0.1",
        "-c 5 -A 10.1.0.1",
        "-w 5 -c 2 -i 0.3 10.1.0.1",
      })
  void printsReplies(String arguments) throws Exception {
    assertThat(network.compare(network.ringtap(), arguments.split(" ")).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 1 -i 0.3 10.1.0.3", // the duplicates come after the end
        "-c 2 -i 0.3 10.1.0.3",
        "-c 1 10.1.0.6",
        "-c 1 10.1.0.8",
        "-b -c 2 -i 0.3 10.9.0.255",
        "-L -c 1 -I v0 224.0.0.1",
      })
  void printsWhatIsOutOfTheOrdinary(String arguments) throws Exception {
    assertThat(network.compare(network.ringtap(), arguments.split(" ")).exitCode()).isZero();
  }

  /// Of a way through a router.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 3 -i 0.3 -R 10.8.0.2", // the same route
        "-c 2 -i 0.3 -a -D -T tsonly 10.8.0.2",
        "-c 1 -T tsandaddr 10.8.0.2", // more hops than there is room for
        "-c 1 -T tsprespec 10.9.0.2 10.8.0.2",
        "-c 1 -T tsprespec 10.9.0.2 10.8.0.2 10.8.0.1 10.8.0.2", // there, and some of the way back
        "-c 1 -T tsprespec 10.8.0.2 10.8.0.2",
        "-c 1 -T tsprespec 10.8.0.2", // no hosts
        "-c 1 -T tsprespec 10.9.0.1 10.9.0.2 localhost",
        "-c 1 -R localhost",
        "-c 1 -f -R 10.8.0.2",
        "-c 1 -R fd09::2",
      })
  void printsWhatRoutersHaveRecorded(String arguments) throws Exception {
    assertThat(network.compare(network.ringtap(), arguments.split(" ")).exitCode()).isZero();
  }

  /// Iputils also says which sockets it has.
  @Test
  void printsTheIdentifier() throws Exception {
    Process ping = network.namespace().start("ping", "-c", "1", "-v", "-e", "4711", "10.1.0.1");
    List<String> ours =
        network.ringtap().run("as-ping", "-c", "1", "-v", "-e", "4711", "10.1.0.1").out();
    List<String> theirs = Command.finish(ping).out();

    assertThat(AsPingNetwork.withoutTimes(ours))
        .isEqualTo(AsPingNetwork.withoutTimes(theirs.subList(1, theirs.size())));
    assertThat(ours.get(1)).contains(" icmp_seq=1 ident=4711 ttl=64 ");
  }

  /// Iputils has words for it, and uses them for no reply.
  @Test
  void countsAWrongChecksumAsCorrupted() throws Exception {
    Command.Result result = network.ringtap().run("as-ping", "-c", "1", "-W", "0.3", "10.1.0.7");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).anyMatch(it -> it.endsWith(" ms (BAD CHECKSUM!)"));
    assertThat(result.out())
        .anyMatch(it -> it.startsWith("1 packets transmitted, 0 received, +1 corrupted, 100% "));
  }

  @Test
  void printsHowFarItIsAndTheSummaryOnSignals(@TempDir Path directory) throws Exception {
    Path devNull = Path.of("/dev/null");
    try (BackgroundJob job =
        BackgroundJob.start(
            network.ringtap(), directory, devNull, "as-ping", "-i", "0.05", "10.1.0.1")) {
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

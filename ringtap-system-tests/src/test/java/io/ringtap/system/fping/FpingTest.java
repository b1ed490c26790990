package io.ringtap.system.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.fping.FpingNetwork.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `ringtap fping` beside fping 5.1: every option that it has says the same on both streams, line
/// by line without the times, and ends with the same code.
class FpingTest {
  @TempDir static Path directory;
  private static FpingNetwork network;

  @BeforeAll
  static void makeNetwork() throws IOException {
    network = new FpingNetwork("fping");
    Files.writeString(
        directory.resolve("targets"),
        "# these are our hosts\n10.1.0.1 and more\n\n \t10.1.0.2\n#10.1.0.3\n10.1.0.4");
    Files.writeString(directory.resolve("none"), "");
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
        // Whom, and by which names
        "10.1.0.1",
        "10.1.0.1 10.1.0.2 fd00:1::1",
        "-4 10.1.0.1",
        "-6 fd00:1::1",
        "-4 fd00:1::1",
        "-6 10.1.0.1",
        "-f DIRECTORY/targets",
        "-f DIRECTORY/none",
        "-f DIRECTORY/missing",
        "--file=DIRECTORY/targets -q",
        "-g 10.1.0.0/29",
        "-g 10.1.0.8/31",
        "-g 10.1.0.9/32",
        "-c1 -g 10.1.0.9 10.1.0.11",
        "-c1 -g 10.1.0.98 10.1.0.101",
        "-g 10.1.0.9 10.1.0.8",
        "-A 10.1.0.1",
        "-m -A 10.1.0.1",
        "-n 10.1.0.1",
        "-n -A 10.1.0.1",
        "-d 10.1.0.1",
        "-d -A 10.1.0.1",
        "-c1 --addr 10.1.0.1 10.1.0.100",
        // Until they answer
        "-a -r0 -t500 10.1.0.1 10.1.4.1",
        "-u -r 0 -t 500 10.1.0.1 10.1.1.1 10.1.1.2",
        "-e 10.1.0.1",
        "-a -e 10.1.5.1",
        "-q 10.1.0.1",
        "-q -r0 -t50 10.1.1.1",
        "-r 1 -t 50 -B 1 10.1.1.1 -s -q",
        "-r2 -B1.0 -t20 10.1.1.1",
        "-r 1 -t 600 -B 5 10.1.7.1",
        "-x 2 10.1.0.1 10.1.0.2",
        "-x 2 -r0 -t500 10.1.0.1 10.1.1.1",
        "-x 1 -a -r0 -t500 10.1.0.1 10.1.1.1",
        "10.1.2.1 10.1.0.1 -i 300",
        "203.0.113.1 10.1.0.1",
        "-q 203.0.113.1",
        // Counting
        "-c 2 -p 50 -t 999 10.1.0.1",
        "-c2 -p100 -t999 10.1.0.1 10.1.0.100",
        "-C 2 -p 50 -t 999 10.1.0.1",
        "-C2 -q -p50 -t999 10.1.5.1 10.1.0.1",
        "-C 1 -q 10.1.1.1 10.1.0.1",
        "-c 2 -p 60 -t 50 10.1.1.1",
        "-C 3 -p 60 -t 50 10.1.1.1",
        "-C2 -q -B1 -r1 -b24 -t999 -i10 -p50 10.1.0.1 10.1.0.2",
        "-C 2 -p 50 -b 68 -t 999 -i 0 10.1.0.1",
        "-c 1 -t 100 10.1.6.1",
        "-c 2 -p 300 -t 999 10.1.2.1",
        "-q -c 1 203.0.113.1 10.1.0.1",
        "-c 1 203.0.113.1",
        "-c 1 -q -o 10.1.1.1 10.1.0.1",
        "-C 2 -o -p 50 -q 10.1.1.1",
        "-c 2 -p 50 -t 999 -D 10.1.0.1",
        "-c 1 -D -p 50 10.1.1.1",
        "-c 1 -e 10.1.0.1",
        "-s -c 2 -p 100 -t 999 10.1.0.1 10.1.0.2",
        "-s -q 10.1.0.1",
        "-s -q -c 1 -p 50 10.1.1.1",
        "-i 0 -q -c 2 -p 100 -t 999 10.1.0.1 10.1.0.2 10.1.0.3",
        "-Q 0.6 -p 400 -c 3 10.1.0.1 10.1.0.2",
        "-Q 0.6 -o -p 400 -c 3 -t 150 10.1.1.1",
        "-c 3 -c 1 -p 10 -p 999 10.1.0.1",
        // ICMP errors
        "-c 1 -t 60 10.1.4.1",
        "-C 1 -t 500 10.1.4.1 10.1.0.1",
        "-c 1 -t 60 -q 10.1.4.1",
        "-r0 -t60 10.1.4.1",
        // Packets
        "-b 0 -c 1 10.1.0.1",
        "-b 12 -c 1 10.1.0.1",
        "-b 1400 -c 1 fd00:1::1",
        "--size=100 -c 1 10.1.0.1",
        "-H 1 -c 1 10.1.0.1",
        "-O 0x20 -c 1 10.1.0.1",
        "-O 8 -c 1 fd00:1::1",
        "-R -c 1 10.1.0.1",
        "-M -c 1 10.1.0.1",
        "-M -b 1472 -c 1 10.1.0.1",
        "-M -b 1473 -c 1 10.1.0.1",
        "-M -b 1473 -r 0 10.1.0.1",
        "-M -b 1453 -r 0 fd00:1::1",
        "-I tun0 -c 1 10.1.0.1",
        "-S 192.0.2.1 -c 1 10.1.0.1",
        "-S 2001:db8::1 -c 1 -i 300 fd00:1::1 10.1.0.1",
        "-S 192.0.2.77 10.1.0.1",
        "-T 100 10.1.0.1",
        // How options are written
        "10.1.0.1 -c 1",
        "-c1 -- 10.1.0.1",
        "-qc1 10.1.0.1",
        "--quiet --interval=1 --vcount=3 --period=50 --timeout=999 10.1.0.1 10.1.0.2",
        "--count 1 --timeout 999 10.1.0.1",
        // What is refused
        "-z 10.1.0.1",
        "-c",
        "--nope",
        "--count",
        "--quiet=1 10.1.0.1",
        "--cou=1 10.1.0.1",
        "-e1 10.1.0.1",
        "-a -u 10.1.0.1",
        "-c1 -l 10.1.0.1",
        "-n -d 10.1.0.1",
        "-d -n 10.1.0.1",
        "-4 -6 10.1.0.1",
        "-H 256 10.1.0.1",
        "-B 0.9 10.1.0.1",
        "-B 5.1 10.1.0.1",
        "-S nowhere 10.1.0.1",
        "-g 10.1.0.0/33",
        "-g 10.1.0.0/0",
        "-g nowhere/24",
        "-g 10.1.0.1 nowhere",
        "-a -u -z 10.1.0.1"
      })
  void saysAndEndsAsFpingDoes(String arguments) throws Exception {
    String[] words = arguments.replace("DIRECTORY", directory.toString()).split(" ");
    Process fping = network.start(words);

    Said ours = network.ours(words);

    assertThat(ours.withoutTimes()).isEqualTo(FpingNetwork.finish(fping).withoutTimes());
  }

  /// The usage is in our own words.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c x 10.1.0.1",
        "-c 0 10.1.0.1",
        "-C 0 10.1.0.1",
        "-H 0 10.1.0.1",
        "-x 0 10.1.0.1",
        "-t x 10.1.0.1",
        "-i -1 10.1.0.1",
        "-p x 10.1.0.1",
        "-Q x 10.1.0.1",
        "-r x 10.1.0.1",
        "-b x 10.1.0.1",
        "-O x 10.1.0.1",
        "-g",
        "-g 10.1.0.1",
        "-g 10.1.0.1 10.1.0.2 10.1.0.3",
        "-f x 10.1.0.1",
        "-f x -g 10.1.0.0/30"
      })
  void showsTheUsageOnStandardErrorWhereFpingDoes(String arguments) throws Exception {
    Process fping = network.start(arguments.split(" "));

    Said ours = network.ours(arguments.split(" "));

    Said theirs = FpingNetwork.finish(fping);
    assertThat(ours.exitCode()).isEqualTo(theirs.exitCode()).isEqualTo(1);
    assertThat(ours.out()).isEqualTo(theirs.out()).isEmpty();
    assertThat(ours.err().getFirst())
        .isEqualTo(theirs.err().getFirst())
        .startsWith("Usage: fping ");
  }

  /// 5.1 writes this part on standard error and does not end the line; so does 5.5.
  @ParameterizedTest
  @ValueSource(strings = {"-c 1 10.1.3.1", "10.1.3.1", "-a -e 10.1.3.1"})
  void writesWhereAReplyComesFromWithoutALineFeed(String arguments) throws Exception {
    Process fping = network.start(arguments.split(" "));

    Said ours = network.ours(arguments.split(" "));

    assertThat(ours.withoutTimes()).isEqualTo(FpingNetwork.finish(fping).withoutTimes());
    assertThat(ours.err().getFirst()).startsWith(" [<- 10.1.9.9]");
  }
}

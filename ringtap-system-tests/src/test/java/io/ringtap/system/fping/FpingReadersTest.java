package io.ringtap.system.fping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringtap.system.BackgroundJob;
import io.ringtap.system.Command;
import io.ringtap.system.InstalledCommand;
import io.ringtap.system.fping.FpingNetwork.Said;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that run fping and read what it says get the same from `ringtap fping`. Their command
/// lines are used as they are; how they read is written anew here, and one of them is run itself.
class FpingReadersTest {
  private static final String CHECK_FPING = "/usr/lib/nagios/plugins/check_fping";
  private static final double DELAY = 20; // of 10.1.5.*, milliseconds
  private static final double SLACK = 500; // of a busy machine

  @TempDir static Path directory;
  private static FpingNetwork network;
  private static Command ringtap;

  /// What a reader takes from an answer: the times of each host, milliseconds.
  private interface Reader {
    Map<String, List<Double>> read(Said said);
  }

  @BeforeAll
  static void makeNetwork() throws IOException {
    network = new FpingNetwork("fpingread");
    ringtap = new Command(network.namespace);
  }

  @AfterAll
  static void close() {
    if (network != null) {
      network.close();
    }
  }

  /// Runs both, and has the reader find as many times of the same hosts in both.
  private static Map<String, List<Double>> both(String arguments, Reader reader) throws Exception {
    String[] words = arguments.split(" ");
    Process fping = network.start(words);
    Map<String, List<Double>> ours = reader.read(network.ours(words));
    Map<String, List<Double>> theirs = reader.read(FpingNetwork.finish(fping));

    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    ours.forEach((host, times) -> {
      assertThat(times).hasSameSizeAs(theirs.get(host));
      double expected = host.startsWith("10.1.5.") ? DELAY : 0;
      assertThat(times).allSatisfy(it -> assertThat(it).isBetween(expected, expected + SLACK));
      assertThat(theirs.get(host))
          .allSatisfy(it -> assertThat(it).isBetween(expected, expected + SLACK));
    });
    return ours;
  }

  private static void add(Map<String, List<Double>> times, String host, String time) {
    times.computeIfAbsent(host, _ -> new ArrayList<>()).add(Double.valueOf(time));
  }

  /// SmokePing's FPing: lines of standard error that begin with a host, a colon and a time or a
  /// dash.
  @Test
  void smokePingReadsTheTimesOfEachProbe() throws Exception {
    Map<String, List<Double>> times =
        both(
            "-C 3 -q -B1 -r1 -b56 -t1500 -i10 -p300 10.1.0.1 10.1.5.1 10.1.1.1",
            said -> {
              Map<String, List<Double>> found = new TreeMap<>();
              assertThat(said.exitCode()).isLessThanOrEqualTo(1);
              for (String line : said.err()) {
                if (line.matches("^\\S+\\s+:\\s+[-\\d.].*")) {
                  String[] parts = line.split("\\s+:\\s+", 2);
                  found.put(parts[0], new ArrayList<>());
                  for (String time : parts[1].split("\\s+", -1)) {
                    if (time.matches("^[-\\d.]+$") && !time.equals("-")) {
                      add(found, parts[0], time);
                    }
                  }
                }
              }
              return found;
            });

    assertThat(times).containsOnlyKeys("10.1.0.1", "10.1.5.1", "10.1.1.1");
    assertThat(times.get("10.1.0.1")).hasSize(3);
    assertThat(times.get("10.1.1.1")).isEmpty();
  }

  /// SmokePing divides two times of its first run to learn their unit: both streams in one pipe, a
  /// line of a probe, an empty one, the summary.
  @Test
  void smokePingFindsTheUnit() throws Exception {
    String text =
        String.join(
            "\n",
            ringtap
                .withPrefix("sh", "-c", "exec \"$@\" 2>&1", "sh")
                .run("fping", "-C", "1", "10.1.5.1")
                .out());

    Matcher found =
        Pattern.compile("bytes, ([0-9.]+)\\sms\\s+.*\n.*\n.*:\\s+([0-9.]+)").matcher(text);

    assertThat(found.find()).isTrue();
    assertThat(Double.parseDouble(found.group(2)) / Double.parseDouble(found.group(1)))
        .isCloseTo(1, within(1e-9));
  }

  /// SmokePing's FPingContinuous: lines while it runs.
  @Test
  void smokePingFollowsALoop() throws Exception {
    Pattern line =
        Pattern.compile("(\\S+)\\s+:\\s+\\[(\\d+)\\],.+bytes,\\s+([0-9.]+)\\s+ms\\s+\\(");
    try (BackgroundJob job =
        BackgroundJob.start(
            ringtap,
            Files.createDirectory(directory.resolve("loop")),
            Path.of("/dev/null"),
            "fping",
            "-l",
            "-B1",
            "-r1",
            "-p",
            "5000",
            "-p",
            "100",
            "10.1.0.1",
            "10.1.5.1")) {
      job.awaitOut("10.1.5.1 : [3], ");
      job.signal("INT");

      assertThat(job.exitCode()).isZero();
      List<MatchResult> found = line.matcher(job.out()).results().toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(7);
      assertThat(found.stream().filter(it -> it.group(1).equals("10.1.0.1")).map(it -> it.group(2)))
          .startsWith("0", "1", "2", "3");
      assertThat(job.err())
          .containsPattern("10\\.1\\.0\\.1 : xmt/rcv/%loss = \\d+/\\d+/0%, min/avg/max = [\\d.]+/");
    }
  }

  /// Zabbix: targets in a file whose last line has no end, both streams in one pipe.
  @Test
  void zabbixReadsProbesAndSummaries() throws Exception {
    Path file = directory.resolve("zabbix");
    Files.writeString(file, "10.1.0.1\n10.1.5.1\n10.1.1.1");
    String redirect = "exec \"$@\" 2>&1 <" + file;
    List<String> lines =
        ringtap
            .withPrefix("sh", "-c", redirect, "sh")
            .run("fping", "-C2", "-p300", "-b68", "-t700", "-i0")
            .out();

    assertThat(String.join("\n", lines)).startsWith("10.1.").doesNotContain(" error:");
    assertThat(lines.stream().filter(it -> it.startsWith("10.1.5.1 : [")))
        .hasSize(2)
        .noneMatch(it -> it.contains(" timed out "));
    assertThat(lines.stream().filter(it -> it.startsWith("10.1.1.1 : [")))
        .hasSize(2)
        .allMatch(it -> it.contains(" timed out "));
    List<String> summaries = lines.subList(lines.indexOf("") + 1, lines.size());
    assertThat(summaries).hasSize(3);
    assertThat(summaries.get(0)).matches("10\\.1\\.0\\.1 : [\\d.]+ [\\d.]+");
    assertThat(summaries.get(1)).matches("10\\.1\\.5\\.1 : [\\d.]+ [\\d.]+");
    assertThat(summaries.get(2)).isEqualTo("10.1.1.1 : - -");
  }

  /// Zabbix looks for where a reply comes from: standard error is before the line that it belongs
  /// to.
  @Test
  void zabbixFindsRepliesFromElsewhere() throws Exception {
    String merged = "exec \"$@\" 2>&1";
    Process fping = network.namespace.start("sh", "-c", merged, "sh", "fping", "-c1", "10.1.3.1");

    Command.Result ours =
        ringtap.withPrefix("sh", "-c", merged, "sh").run("fping", "-c1", "10.1.3.1");

    assertThat(new Said(0, ours.out(), List.of()).withoutTimes().out())
        .isEqualTo(FpingNetwork.finish(fping).withoutTimes().out())
        .first()
        .asString()
        .startsWith(" [<- 10.1.9.9]10.1.3.1 : [0], ");
  }

  /// Readers of standard error take all of it for errors.
  @Test
  void saysNothingOfDatagramSockets() throws Exception {
    Command.Result refused = ringtap.asNobody().run("fping", "10.1.0.1");
    network.namespace.sysctl("net.ipv4.ping_group_range", "0 2147483647");
    Command.Result permitted = ringtap.asNobody().run("fping", "-q", "-c", "1", "10.1.0.1");

    assertThat(refused)
        .isEqualTo(
            new Command.Result(
                4, List.of(), List.of("fping: can't create socket (must run as root?)")));
    assertThat(permitted.exitCode()).isZero();
    assertThat(permitted.out()).isEmpty();
    assertThat(permitted.err()).hasSize(1).first().asString().startsWith("10.1.0.1 : xmt/rcv");
  }

  /// Zabbix asks every hour what intervals the program takes: it begins with the target then, and
  /// less than a KiB follows.
  @Test
  void zabbixProbesTheIntervals() throws Exception {
    for (String interval : List.of("-i0", "-i1", "-i10")) {
      Said said = network.ours("-c1", "-t999", interval, "10.1.0.1");

      assertThat(said.exitCode()).isZero();
      assertThat(said.out().getFirst()).startsWith("10.1.0.1 : [0], ");
    }
  }

  /// netdata's plugin: charts that are declared once, and values at each interval.
  @Test
  void netdataReadsCharts() throws Exception {
    Process fping = network.start(netdata().toArray(String[]::new));
    List<String> theirs = new ArrayList<>();
    try (var lines = fping.inputReader()) {
      while (theirs.stream().filter(it -> it.equals("END")).count() < 12) {
        theirs.add(lines.readLine());
      }
    } finally {
      fping.destroyForcibly();
    }
    List<String> words = new ArrayList<>(List.of("fping"));
    words.addAll(netdata());
    try (BackgroundJob job =
        BackgroundJob.start(
            ringtap,
            Files.createDirectory(directory.resolve("netdata")),
            Path.of("/dev/null"),
            words.toArray(String[]::new))) {
      job.awaitOut("DIMENSION avg average");
      String first = job.out();
      job.awaitOut(first + "BEGIN fping.10_1_0_1_packets"); // the second interval
      job.signal("INT");
      assertThat(job.exitCode()).isEqualTo(1); // one host is silent

      List<String> ours = job.out().lines().limit(theirs.size()).toList();
      assertThat(ours.stream().map(FpingReadersTest::withoutValue).toList())
          .isEqualTo(theirs.stream().map(FpingReadersTest::withoutValue).toList());
      assertThat(ours)
          .contains(
              "CHART fping.10_1_0_1_packets '' 'FPing Packets' packets '10.1.0.1' fping.packets"
                  + " line 110020 1",
              "SET returned = 100");
    }
  }

  private static List<String> netdata() {
    return List.of("-N -l -Q 1 -p 200 -R -b 56 -i 1 -r 0 -t 5000 10.1.0.1 10.1.1.1".split(" "));
  }

  /// Nor with the host in the title, where 5.1 still has it.
  private static String withoutValue(String line) {
    return line.replaceAll("(SET \\w+) = \\d+", "$1").replaceAll(" for host [^']*", "");
  }

  /// monitoring-plugins' check_fping and LibreNMS: the sums of each host.
  @Test
  void sumsAreReadFromTheSummary() throws Exception {
    Pattern sums =
        Pattern.compile(
            "^(\\S+)\\s+: xmt/rcv/%loss = (\\d+)/(\\d+)/(\\d+)%,"
                + " min/avg/max = ([\\d.]+)/([\\d.]+)/([\\d.]+)$");
    Reader reader =
        said -> {
          Map<String, List<Double>> found = new TreeMap<>();
          said.err().stream()
              .map(sums::matcher)
              .filter(Matcher::matches)
              .forEach(it -> {
                assertThat(it.group(2)).isEqualTo(it.group(3)).isEqualTo("3");
                assertThat(it.group(4)).isEqualTo("0");
                for (int group = 5; group <= 7; group++) {
                  add(found, it.group(1), it.group(group));
                }
              });
          return found;
        };

    assertThat(both("-4 -e -q -c 3 -p 500 -t 500 -O 0 10.1.5.1", reader)).containsKey("10.1.5.1");
    assertThat(both("-t 500 -p 100 -b 56 -c 3 10.1.5.1", reader)).containsKey("10.1.5.1");
  }

  /// LibreNMS sends many hosts through standard input and reads who is alive.
  @Test
  void libreNmsReadsWhoIsAlive() throws Exception {
    Path file = directory.resolve("librenms");
    Files.writeString(file, "10.1.0.1\n10.1.1.1\nnowhere.invalid\n");
    String redirect = "exec \"$@\" <" + file;
    Command.Result ours =
        ringtap
            .withPrefix("sh", "-c", redirect, "sh")
            .run("fping", "-f", "-", "-t", "500", "-r", "2", "-O", "0");

    assertThat(ours.exitCode()).isEqualTo(2);
    assertThat(ours.out()).containsExactly("10.1.0.1 is alive", "10.1.1.1 is unreachable");
    assertThat(ours.err())
        .hasSize(1)
        .allMatch(it ->
            it.matches(
                "nowhere\\.invalid: (Name or service not known|Temporary failure in name"
                    + " resolution)"));
  }

  /// check_fping itself, with ours in the place of fping, which it has in its code.
  @Test
  void checkFpingIsContent() throws Exception {
    Requirement.check(Files.isExecutable(Path.of(CHECK_FPING)), CHECK_FPING + " is not installed");
    Path ours = directory.resolve("ours");
    Files.writeString(
        ours,
        "#!/bin/sh\nexec %s \"$@\"\n"
            .formatted(String.join(" ", InstalledCommand.java("fping")) + " fping"));
    assertThat(ours.toFile().setExecutable(true)).isTrue();
    String check = CHECK_FPING + " -n 3 -T 1500 -i 300 -w 300,50% -c 900,80% -H 10.1.5.1";

    Process theirs = network.namespace.start("sh", "-c", check);
    Process replaced =
        network.namespace.start(
            "unshare",
            "-m",
            "--propagation",
            "private",
            "sh",
            "-c",
            "mount --bind " + ours + " \"$(readlink -f \"$(command -v fping)\")\" && " + check);

    Command.Result withFping = Command.finish(theirs);
    Command.Result withOurs = Command.finish(replaced);
    assertThat(withOurs.err()).isEqualTo(withFping.err()).isEmpty();
    assertThat(withOurs.exitCode()).isEqualTo(withFping.exitCode()).isZero();
    // The host answers after 20 ms, or later where the machine is busy.
    String expected = "FPING OK - 10.1.5.1 \\(loss=0%, rta=([2-9]\\d|\\d{3})\\.\\d+ ms\\).*";
    assertThat(withFping.out()).hasSize(1).allMatch(it -> it.matches(expected));
    assertThat(withOurs.out()).hasSize(1).allMatch(it -> it.matches(expected));
  }
}

package io.ringtap.system.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.InstalledCommand;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that run ping get from the command in its place what they get from ping: check_ping
/// itself, and the rules by which others read its output.
class AsPingReadersTest {
  private static final String CHECK_PING = "/usr/lib/nagios/plugins/check_ping";
  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";

  @TempDir static Path directory;
  private static NetworkNamespace namespace;
  private static VirtualHosts hosts;
  private static Command ringtap;
  private static Path asPing;

  @BeforeAll
  static void makeNetwork() throws IOException {
    Requirement.root();
    Requirement.tool("ping");
    namespace = NetworkNamespace.create("readers");
    hosts = VirtualHosts.start(namespace, "tun0", 1);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    hosts.behave("10.1.0.4", HostBehaviour.PROMPT.refuse(IcmpError.of(3, 1, "10.1.9.9")));
    ringtap = new Command(namespace);
    asPing = directory.resolve("ping");
    String java =
        InstalledCommand.java("as-ping").stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(asPing, "#!/bin/sh\nexec " + java + " as-ping \"$@\"\n");
    Files.setPosixFilePermissions(asPing, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterAll
  static void close() {
    if (hosts != null) {
      hosts.close();
      namespace.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, -H 10.1.0.1 -p 2",
    "0, -H fd00:1::1 -p 2 -6",
    "2, -H 10.1.0.4 -p 2",
    "2, -H 203.0.113.1 -p 1",
  })
  void checkPingSaysTheSame(int exitCode, String arguments) throws Exception {
    Requirement.check(Files.isExecutable(Path.of(CHECK_PING)), CHECK_PING + " is not installed");
    List<String> check = new ArrayList<>(List.of(CHECK_PING));
    check.addAll(List.of(arguments.split(" ")));
    check.addAll(List.of("-w", "500,50%", "-c", "1000,80%"));
    Process theirs = namespace.start(check.toArray(String[]::new));
    // In a mount namespace of its own, where ours lies over the file that check_ping runs.
    List<String> inPlace =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" /bin/ping && exec \"$@\"",
                asPing.toString()));
    inPlace.addAll(check);
    Command.Result ours = Command.finish(namespace.start(inPlace.toArray(String[]::new)));
    Command.Result expected = Command.finish(theirs);

    assertThat(withoutTimes(ours)).isEqualTo(withoutTimes(expected)).isNotEmpty();
    assertThat(ours.err()).isEqualTo(expected.err());
    assertThat(ours.exitCode()).isEqualTo(expected.exitCode()).isEqualTo(exitCode);
  }

  private static List<String> withoutTimes(Command.Result result) {
    return result.out().stream()
        .map(line -> line.replaceAll("RTA = [0-9.]+ ms|rta=[0-9.]+ms", "RTA"))
        .toList();
  }

  private interface Reader {
    void read(List<String> lines);
  }

  /// Shows a reader the output of ping and of ours.
  private static void both(Reader reader, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("ping"));
    words.addAll(List.of(arguments));
    Process ping = namespace.start(words.toArray(String[]::new));
    words.set(0, "as-ping");
    Command.Result ours = ringtap.run(words.toArray(String[]::new));
    reader.read(Command.finish(ping).out());
    reader.read(ours.out());
    assertThat(ours.exitCode()).isZero();
  }

  @Test
  void telegrafFindsTtlCountsAndTimes() throws Exception {
    both(
        lines -> {
          List<String> replies = lines.stream().filter(it -> it.contains("ttl=")).toList();
          String counts = lines.stream().filter(it -> it.contains("transmitted")).findFirst().get();
          String times = lines.stream().filter(it -> it.contains("min/avg/max")).findFirst().get();
          String[] words = times.split(" ", -1);

          assertThat(replies).hasSize(1);
          assertThat(replies.getFirst()).contains(" ttl=64 time=");
          assertThat(counts).matches("1 packets transmitted, 1 received, .*");
          assertThat(words[3].split("/", -1))
              .hasSize(4)
              .allMatch(it -> it.matches("\\d+\\.\\d{3}"));
        },
        "-c",
        "1",
        "-n",
        "-s",
        "16",
        "-i",
        "1",
        "-W",
        "1",
        "-w",
        "10",
        "10.1.0.1");
  }

  @Test
  void homeAssistantFindsFourTimes() throws Exception {
    Pattern times = Pattern.compile("(\\d+.\\d+)/(\\d+.\\d+)/(\\d+.\\d+)/(\\d+.\\d+)");
    both(
        lines -> {
          String last = lines.getLast();
          Matcher found = times.matcher(String.join("\n", lines));

          assertThat(found.results().map(it -> " = " + it.group() + " ms"))
              .hasSize(1)
              .allMatch(last::contains);
        },
        "-n",
        "-q",
        "-c",
        "2",
        "-W1",
        "10.1.0.1");
  }

  @Test
  void muninFindsTheTimesAndTheLoss() throws Exception {
    Pattern times = Pattern.compile("min/avg/max.*\\s" + NUMBER + "/" + NUMBER + "/" + NUMBER);
    Pattern loss = Pattern.compile("\\s" + NUMBER + "% packet loss");
    both(
        lines -> {
          String text = String.join("\n", lines);
          Matcher lost = loss.matcher(text);

          assertThat(times.matcher(text).find()).isTrue();
          assertThat(lost.find()).isTrue();
          assertThat(lost.group(1)).isEqualTo("0");
        },
        "-c",
        "2",
        "10.1.0.1");
  }

  @Test
  void scriptsFindTheAverageInTheFifthFieldOfTheLastLine() throws Exception {
    both(
        lines -> assertThat(lines.getLast().split("/", -1)[4]).matches("\\d+\\.\\d{3}"),
        "-c",
        "1",
        "10.1.0.1");
  }
}

package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the command prints, on which stream, and how it ends.
class CommandTest {
  private static final String ALL_GROUPS = "0 2147483647";
  private static final String NO_GROUP = "1 0";

  private NetworkNamespace namespace;
  private VirtualHosts hosts;
  private Command ringtap;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("command");
    namespace.sysctl("net.ipv4.ping_group_range", NO_GROUP);
    hosts = VirtualHosts.start(namespace, "tun0", 20_26);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void close() {
    if (hosts != null) {
      hosts.close();
      namespace.close();
    }
  }

  @Test
  void tellsOneTargetAsPingDoes() throws Exception {
    Command.Result ipv4 = ringtap.run("ping", "-c", "2", "-i", "10ms", "127.0.0.1");
    Command.Result ipv6 = ringtap.run("ping", "-c", "1", "::1");

    assertThat(ipv4.exitCode()).isZero();
    assertThat(ipv4.err()).isEmpty();
    assertThat(withoutTimes(ipv4.out()))
        .isEqualTo(
            """
            PING 127.0.0.1 (127.0.0.1) 18 bytes of data.
            26 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=T ms
            26 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=T ms

            --- 127.0.0.1 ping statistics ---
            2 packets transmitted, 2 received, 0% packet loss, time Tms
            quantiles p50/p90/p99 = T/T/T ms, jitter T ms, stamps kernel
            rtt min/avg/max/mdev = T/T/T/T ms
            """);
    assertThat(ipv6.exitCode()).isZero();
    assertThat(ipv6.err()).isEmpty();
    assertThat(withoutTimes(ipv6.out())).contains("26 bytes from ::1: icmp_seq=1 ttl=64 time=T ms");
  }

  @Test
  void endsWith1WhenATargetDoesNotAnswer() throws Exception {
    hosts.behave("10.1.0.1", HostBehaviour.SILENT);

    Command.Result silent = ringtap.run("ping", "-c", "1", "-W", "200ms", "10.1.0.1");

    assertThat(silent.exitCode()).isEqualTo(1);
    assertThat(silent.err()).isEmpty();
    assertThat(withoutTimes(silent.out()))
        .isEqualTo(
            """
            PING 10.1.0.1 (10.1.0.1) 18 bytes of data.
            no answer for icmp_seq=1 within T ms

            --- 10.1.0.1 ping statistics ---
            1 packets transmitted, 0 received, 100% packet loss, time Tms
            """);
  }

  @Test
  void tellsWhoRefusedAndWhy() throws Exception {
    hosts.behave("10.1.0.1", HostBehaviour.PROMPT.refuse(IcmpError.of(3, 1, "10.1.9.9")));

    Command.Result refused = ringtap.run("ping", "-c", "1", "10.1.0.1");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(withoutTimes(refused.out()))
        .contains("From 10.1.9.9 icmp_seq=1 ")
        .contains("1 packets transmitted, 0 received, +1 errors, 100% packet loss");
  }

  @Test
  void endsWith2ForAnUnknownNameAndPingsTheRest() throws Exception {
    Command.Result result =
        ringtap.run("ping", "-c", "1", "--csv", "no-such-name.invalid", "10.1.0.1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).hasSize(1).first().asString().contains("no-such-name.invalid");
    assertThat(result.out()).hasSize(2).last().asString().startsWith("10.1.0.1,");
  }

  @Test
  void refusesBadArgumentsInOneLine() throws Exception {
    for (String[] arguments :
        List.of(
            new String[] {"ping", "--bogus", "127.0.0.1"},
            new String[] {"ping", "-c", "many", "127.0.0.1"},
            new String[] {"ping", "10.0.0.0/33"},
            new String[] {"ping"},
            new String[] {"pong"})) {
      Command.Result result = ringtap.run(arguments);

      assertThat(result.exitCode()).as(String.join(" ", arguments)).isEqualTo(3);
      assertThat(result.err()).as(String.join(" ", arguments)).hasSize(1);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void namesTheRemedyWhenNothingIsPermitted() throws Exception {
    Command.Result result = ringtap.asNobody().run("ping", "-c", "1", "127.0.0.1");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .hasSize(1)
        .first()
        .asString()
        .contains("CAP_NET_RAW")
        .contains("ping_group_range");
  }

  @Test
  void fallsBackToDatagramSocketsAndSaysSoOnce() throws Exception {
    namespace.sysctl("net.ipv4.ping_group_range", ALL_GROUPS);

    for (String target : List.of("127.0.0.1", "::1")) {
      Command.Result result = ringtap.asNobody().run("ping", "-c", "2", "-i", "10ms", target);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).hasSize(1).first().asString().contains("datagram sockets");
      assertThat(result.out()).anyMatch(it -> it.endsWith(", stamps kernel"));
    }
  }

  @Test
  void sweepsAPrefixWithALineForEachTarget() throws Exception {
    hosts.behave("10.1.2.4/30", HostBehaviour.SILENT);

    Command.Result sweep = ringtap.run("ping", "-W", "300ms", "10.1.2.0/28");

    assertThat(sweep.exitCode()).isEqualTo(1);
    assertThat(sweep.out()).hasSize(16);
    assertThat(sweep.out()).filteredOn(line -> line.contains("= 1/1/0%")).hasSize(12);
    assertThat(sweep.out()).filteredOn(line -> line.contains("= 1/0/100%")).hasSize(4);
  }

  @Test
  void takesTargetsFromStandardInput() throws Exception {
    Process process = ringtap.start("ping", "--csv", "-");
    try (Writer input = process.outputWriter()) {
      input.write("10.1.0.1 10.1.0.2 # and no more\nfd00:1::1\n");
    }

    Command.Result result = Command.finish(process);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(4);
    assertThat(result.out().subList(1, 4))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactlyInAnyOrder("10.1.0.1", "10.1.0.2", "fd00:1::1");
  }

  @Test
  void toldToStopItStillTellsTheSummary() throws Exception {
    hosts.behave("10.1.0.1", HostBehaviour.SILENT);

    Command.Result answered = interrupted("10.1.0.2");
    Command.Result unanswered = interrupted("10.1.0.1");

    assertThat(answered.exitCode()).isZero();
    assertThat(answered.out()).contains("--- 10.1.0.2 ping statistics ---");
    assertThat(answered.out()).anyMatch(line -> line.contains(", 0% packet loss"));
    assertThat(unanswered.exitCode()).isEqualTo(1);
    assertThat(unanswered.out()).contains("--- 10.1.0.1 ping statistics ---");
    assertThat(unanswered.out()).anyMatch(line -> line.contains(", 100% packet loss"));
  }

  /// Pings without end, and presses Ctrl-C once the first probe's fate is told.
  private Command.Result interrupted(String target) throws Exception {
    Process process = ringtap.start("ping", "-i", "100ms", "-W", "200ms", target);
    List<String> before = new ArrayList<>();
    for (int line = 0; line < 2; line++) {
      before.add(process.inputReader().readLine());
    }
    int rc = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    Command.Result after = Command.finish(process);

    assertThat(rc).isZero();
    assertThat(before).last().asString().contains("icmp_seq=1");
    return after;
  }

  private static String withoutTimes(List<String> lines) {
    return (String.join("\n", lines) + "\n").replaceAll("\\b\\d+(\\.\\d+)?(?= ?ms|/)", "T");
  }
}

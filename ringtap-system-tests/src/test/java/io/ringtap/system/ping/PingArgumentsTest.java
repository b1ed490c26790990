package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Arguments of `ringtap ping` that show on the network, beside ping where it has them too.
class PingArgumentsTest {
  private NetworkNamespace namespace;
  private VirtualHosts hosts;
  private Command ringtap;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("ping");
    namespace = NetworkNamespace.create("arguments");
    hosts = VirtualHosts.start(namespace, "tun0", 20_27);
    hosts.link().address("192.0.2.1/32");
    hosts.own("10.1.0.0/16");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void close() {
    if (hosts != null) {
      hosts.close();
      namespace.close();
    }
  }

  private Command.Result ping(String arguments) throws Exception {
    String[] words = ("ping " + arguments).split(" ");
    return Command.finish(namespace.start(words));
  }

  private Command.Result ringtap(String arguments) throws Exception {
    return ringtap.run(("ping " + arguments).split(" "));
  }

  private static String statistics(Command.Result result) {
    return result.out().stream()
        .filter(it -> it.contains(" packets transmitted"))
        .findFirst()
        .orElse("none")
        .replaceAll(", time .*", "");
  }

  /// The count is of answers then, and a host that answers every time has given them with as many
  /// probes.
  @Test
  void goesOnUntilSoManyAnswersBeforeADeadline() throws Exception {
    Command.Result ping = ping("-c 2 -w 20 -i 0.2 10.1.0.2");
    Command.Result ours = ringtap("-c 2 -w 20 -i 0.2 10.1.0.2");

    assertThat(ours.exitCode()).isEqualTo(ping.exitCode()).isZero();
    assertThat(statistics(ours))
        .isEqualTo(statistics(ping))
        .isEqualTo("2 packets transmitted, 2 received, 0% packet loss");
  }

  @Test
  void sendsMoreThanTheCountToAHostThatLosesSomeOfThem() throws Exception {
    hosts.behave("10.1.0.3", HostBehaviour.PROMPT.loss(0.5));

    Command.Result ours = ringtap("-c 20 -w 60 -i 10ms -W 100ms 10.1.0.3");

    assertThat(ours.exitCode()).isZero();
    assertThat(statistics(ours)).containsPattern(" 2\\d received"); // some were in flight
    assertThat(Long.parseLong(statistics(ours).split(" ", 2)[0])).isGreaterThan(20);
  }

  @Test
  void endsAtTheDeadlineWith1IfAnswersAreMissing() throws Exception {
    hosts.behave("10.1.0.1", HostBehaviour.SILENT);

    for (String arguments : List.of("-c 3 -w 1 -i 0.2 10.1.0.1", "-c 9 -w 1 -i 0.5 10.1.0.2")) {
      Command.Result ping = ping(arguments);
      Command.Result ours = ringtap(arguments);

      assertThat(ours.exitCode()).as(arguments).isEqualTo(ping.exitCode()).isEqualTo(1);
      assertThat(statistics(ours)).contains(" packets transmitted");
    }
  }

  @Test
  void endsATargetOfSeveralWhenItHasAnswered() throws Exception {
    hosts.behave("10.1.0.1", HostBehaviour.SILENT);

    Command.Result ours = ringtap("-q -c 2 -w 1 -i 0.1 10.1.0.1 10.1.0.2");

    assertThat(ours.exitCode()).isEqualTo(1);
    assertThat(ours.out()).filteredOn(it -> it.startsWith("10.1.0.2")).hasSize(1);
    assertThat(ours.out())
        .anyMatch(it -> it.startsWith("10.1.0.2 ") && it.contains("%loss = 2/2/0%"))
        .anyMatch(it -> it.matches("10\\.1\\.0\\.1 .*%loss = \\d+/0/(100%|-).*"));
  }

  /// What comes after the summary would be counted nowhere.
  @ParameterizedTest
  @ValueSource(strings = {"", "--json "})
  void showsNothingAfterTheSummary(String form) throws Exception {
    hosts.behave("10.1.0.4", HostBehaviour.PROMPT.delay(Duration.ofMillis(60)));

    Command.Result ours = ringtap(form + "-c 5 -i 50ms -W 50ms 10.1.0.4 ".trim());

    long late =
        ours.out().stream().filter(it -> it.contains("LATE") || it.contains("\"late\"}")).count();
    assertThat(ours.out().getLast())
        .matches(it -> it.contains("packets transmitted") || it.contains("\"summary\""));
    if (form.isEmpty()) {
      assertThat(statistics(ours)).contains(late == 0 ? "received" : ", +" + late + " late");
    }
  }

  @Test
  void keepsTheScopeOfALinkLocalAddress() throws Exception {
    try (NetworkNamespace other = NetworkNamespace.create("scope")) {
      VethPair pair = VethPair.create(namespace, "sc0", other, "sc1");
      pair.a().address("fe80::a/64").up();
      pair.b().address("fe80::b/64").up();

      Command.Result lines = ringtap("-c 1 fe80::b%sc0");
      Command.Result csv = ringtap("-c 1 --csv -I sc0 fe80::b");
      Command.Result json = ringtap("-c 1 --json fe80::b%" + pair.a().index());
      Command.Result range = ringtap("-c 1 fe80::b%sc0-fe80::b");
      Command.Result ping = ping("-c 1 fe80::b%sc0");

      assertThat(lines.out().getFirst()).startsWith("PING fe80::b%sc0 (fe80::b%sc0) ");
      assertThat(ping.out().get(1)).contains(" from fe80::b%sc0: icmp_seq=1 ");
      assertThat(lines.out().get(1)).contains(" from fe80::b%sc0: icmp_seq=1 ");
      assertThat(csv.out().getLast()).startsWith("fe80::b%sc0,fe80::b%sc0,1,1,");
      assertThat(json.out()).allMatch(it -> it.contains("\"address\":\"fe80::b%sc0\""));
      assertThat(String.join("\n", range.out())).contains("fe80::b%sc0");
    }
  }

  @Test
  void refusesASourceThatIsOfAnotherMachineAndTakesOneThatTheKernelTakes() throws Exception {
    Command.Result foreign = ringtap("-c 1 -I 198.51.100.7 10.1.0.2");
    Command.Result own = ringtap("-c 1 -I 192.0.2.1 10.1.0.2");
    Command.Result loopback = ringtap("-c 1 -I 127.7.7.7 127.0.0.1");

    assertThat(foreign.exitCode()).isEqualTo(3);
    assertThat(foreign.err())
        .hasSize(1)
        .first()
        .asString()
        .contains("not an address of this machine");
    assertThat(own.exitCode()).isZero();
    assertThat(loopback.exitCode()).isZero();
  }

  @Test
  void recordsTheWayAsPingDoes() throws Exception {
    Command.Result ping = ping("-n -c 1 -R 127.0.0.1");
    Command.Result ours = ringtap("-c 1 -R 127.0.0.1");
    Command.Result json = ringtap("-c 1 -Q 0x10 --json -T tsandaddr 127.0.0.1");

    String route = String.join(" ", ping.out()).replaceAll(".*RR: \t|  ---.*", "");
    assertThat(ours.out().get(1)).endsWith(" RR: " + route.replaceAll("\\s+", " ").trim());
    assertThat(json.out().getFirst())
        .contains("\"traffic_class\":16,")
        .containsPattern("\"recorded\":\\[(\\{\"address\":\"127.0.0.1\",\"time_ms\":\\d+},?){4}]");
  }

  @Test
  void recordsTheTimesOfHostsBeforeTheTarget() throws Exception {
    Command.Result ours = ringtap("-c 1 -T tsprespec 127.0.0.1 127.0.0.1 127.0.0.1");
    Command.Result json = ringtap("-c 1 --json -T tsonly 127.0.0.1");

    assertThat(ours.out().get(1)).matches(".* TS: 127\\.0\\.0\\.1@\\d+ 127\\.0\\.0\\.1@\\d+");
    assertThat(json.out().getFirst()).doesNotContain("unrecorded");
  }

  /// Each as large as a packet can be.
  @ParameterizedTest
  @ValueSource(strings = {"-s 65507 127.0.0.1", "-s 65527 -F 0xabcde -e 7 ::1"})
  void sendsTheLargestPayloads(String arguments) throws Exception {
    Command.Result ours = ringtap("-c 1 " + arguments);

    assertThat(ours.exitCode()).isZero();
    assertThat(statistics(ours)).isEqualTo("1 packets transmitted, 1 received, 0% packet loss");
  }
}

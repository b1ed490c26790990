package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.situation.ScriptedHost.Wire;
import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the kernel makes of requests on their way out: routes, sizes, priorities, interfaces.
@RequiresRoot
class RoutesTest {
  @Test
  void requestThatIsLargerThanTheDeviceTakesLeavesInFragments() throws Exception {
    try (Cable cable = Cable.toMachine()) {
      cable.near.mtu(400);
      cable.far.mtu(400);

      Verdicts verdicts =
          Trial.of("device MTU below the packet", cable.here, "10.0.0.2").size(1000).run();

      assertAllReceived(verdicts);
    }
  }

  @Test
  void requestHasTheHopLimitOfItsRoute() throws Exception {
    assertRequests(
        "ip route change 10.0.0.0/24 dev v0 hoplimit 7", "", request -> request.hopLimit() == 7);
  }

  @Test
  void requestMayBeFragmentedWhereNoPathMtuIsToBeFound() throws Exception {
    assertRequests(
        "sysctl -q -w net.ipv4.ip_no_pmtu_disc=1", "", request -> !request.dontFragment());
  }

  @Test
  void requestThatIsAskedToHasTheTosThatWasAsked() throws Exception {
    assertRequests("ip link set v0 up", "0x10", request -> request.typeOfService() == 0x10);
  }

  /// Checks the requests of all three.
  ///
  /// @param tos that they are asked to send with; may be empty
  private static void assertRequests(
      String configuration, String tos, Predicate<EchoRequest> isRight) throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost host = ScriptedHost.on(cable.far, RoutesTest::reply)) {
      cable.configure(configuration);
      Trial trial = Trial.of(configuration, cable.here, Cable.host(false, 10));
      Trial asking = tos.isEmpty() ? trial : trial.options("-Q " + tos, "-O " + tos, "-Q " + tos);

      Verdicts verdicts = asking.run();

      assertAllReceived(verdicts);
      assertThat(host.requests()).hasSize(9).allMatch(isRight);
    }
  }

  private static void reply(EchoRequest request, Wire wire) throws IOException {
    wire.send(request.reply());
  }

  @Test
  void tosDecidesThePriority() throws Exception {
    Requirement.tool("nft");
    try (Cable cable = Cable.toMachine()) {
      Cable.configure(
          cable.here,
          "nft",
          "add table ip t; add chain ip t out { type filter hook postrouting priority 0 ; };"
              + " add rule ip t out icmp type echo-request meta priority != 6 drop");

      Verdicts verdicts =
          Trial.of("TOS to priority", cable.here, "10.0.0.2")
              .options("-Q 0x10", "-O 0x10", "-Q 0x10")
              .run();

      assertAllReceived(verdicts);
    }
  }

  private static void assertAllReceived(Verdicts verdicts) {
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.fping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blackhole", "prohibit", "unreachable", "throw"})
  void routeThatLeadsNowhereIsTheStateOfTheNetwork(String type) throws Exception {
    try (Cable cable = Cable.toMachine()) {
      cable.configure("ip route add " + type + " 10.7.0.0/24");
      cable.configure("ip route add " + type + " fd07::/64");
      Trial trial = Trial.of(type + " route", cable.here, "10.7.0.1", "fd07::1");

      for (Verdicts verdicts : trial.runEach().values()) {
        assertThat(verdicts.ping().received()).as(verdicts.toString()).isZero();
        assertThat(verdicts.fping().exitCode()).as(verdicts.toString()).isEqualTo(1);
        assertThat(verdicts.ringtap().exitCode()).as(verdicts.toString()).isEqualTo(1);
        assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isZero();
      }
    }
  }

  /// The name has an IPv6 address only.
  @ParameterizedTest
  @CsvSource({"-I v0, ''", "'', fe80::%v0"})
  void namesAreTakenAsWithoutInterface(String option, String scoped, @TempDir Path directory)
      throws Exception {
    try (Cable cable = Cable.toMachine()) {
      Path hosts = directory.resolve("hosts");
      Files.writeString(hosts, "fd00::2 far.test\n");
      String script = "mount --bind " + hosts + " /etc/hosts && exec \"$@\"";
      cable.near.address("fe80::1/64");
      cable.far.address("fe80::2/64");
      String words = "ping -c 1 -W 400ms " + option + " " + scoped.replace("::", "::2");

      Command.Result ping =
          Command.finish(
              cable.here.start(
                  "unshare", "-m", "sh", "-c", script, "sh", "ping", "-c1", "-Iv0", "far.test"));
      Command.Result ringtap =
          Trial.ringtap(cable.here)
              .withPrefix("unshare", "-m", "sh", "-c", script, "sh")
              .run((words.strip() + " far.test").split(" +"));

      assertThat(ping.exitCode()).as(ping.toString()).isZero();
      assertThat(ringtap.exitCode()).as(ringtap.toString()).isZero();
      assertThat(String.join("\n", ringtap.out())).contains("fd00::2");
    }
  }

  @Test
  void allMembersOfMulticastGroupCount() throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost host =
            ScriptedHost.on(
                cable.far,
                (request, wire) -> {
                  for (int member = 10; member < 13; member++) {
                    wire.send(request.replyFrom(Datagram.bytes("10.0.0." + member)));
                  }
                })) {
      cable.configure("ip route add 224.0.0.0/4 dev v0");

      Verdicts verdicts = Trial.of("multicast", cable.here, "224.0.0.1").run();

      assertThat(host.requests()).isNotEmpty().allMatch(request -> request.hopLimit() == 1);
      assertThat(verdicts.ping().received()).as(verdicts.toString()).isEqualTo(3);
      assertThat(verdicts.fping().received()).as(verdicts.toString()).isPositive();
      assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(3);
      assertThat(verdicts.ringtap().count("elsewhere")).as(verdicts.toString()).isZero();
      // The first answer to the last probe ends the run: the others' may come after its summary.
      for (String member : List.of("10.0.0.10", "10.0.0.11", "10.0.0.12")) {
        assertThat(verdicts.ringtap().objects())
            .filteredOn(object -> member.equals(object.get("from")))
            .hasSizeBetween(2, 3);
      }
    }
  }
}

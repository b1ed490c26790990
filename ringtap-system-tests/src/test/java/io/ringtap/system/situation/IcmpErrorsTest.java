package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What routers say of requests: in whatever shape it comes, it is told; what decides nothing is
/// shown; what comes late is late.
@RequiresRoot
class IcmpErrorsTest {
  private static final String ROUTER_V6 = "fd00::1d";
  private static final List<Integer> HEADERS =
      List.of(Datagram.HOP_BY_HOP, Datagram.DESTINATION_OPTIONS, Datagram.FRAGMENT);
  private static final int UNREACHABLE = 3;
  private static final int UNREACHABLE_V6 = 1;

  @ParameterizedTest
  @ValueSource(ints = {18, 4000, 20_000})
  void errorThatQuotesRequestIsTold(int size) throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost _ =
            ScriptedHost.on(
                cable.far,
                (request, wire) -> wire.send(request.error(UNREACHABLE_V6, 1, 0, ROUTER_V6)))) {
      String row = "error that quotes " + (size > 1400 ? "a fragment of " : "") + size + " bytes";

      assertErrors(
          Trial.of(row, cable.here, "fd00::a").size(size).run(), UNREACHABLE_V6, 1, ROUTER_V6);
    }
  }

  @Test
  void errorBehindExtensionHeaderIsTold() throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost _ =
            ScriptedHost.on(
                cable.far,
                (request, wire) ->
                    wire.send(
                        request
                            .error(UNREACHABLE_V6, 1, 0, ROUTER_V6)
                            .behind(HEADERS.get(request.host() - 10))))) {
      Trial trial =
          Trial.of("error behind extension header", cable.here, "fd00::a", "fd00::b", "fd00::c");

      for (Verdicts verdicts : trial.runEach().values()) {
        assertErrors(verdicts, UNREACHABLE_V6, 1, ROUTER_V6);
      }
    }
  }

  @Test
  void errorOfUnknownTypeOrCodeIsTold() throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost _ =
            ScriptedHost.on(
                cable.far,
                (request, wire) ->
                    wire.send(
                        request.host() == 10
                            ? request.error(UNREACHABLE_V6, 77, 0, ROUTER_V6)
                            : request.error(100 + request.host(), 3, 0, ROUTER_V6)))) {
      Map<String, Verdicts> all =
          Trial.of("unknown ICMPv6 error", cable.here, "fd00::a", "fd00::b", "fd00::1b").runEach();

      assertErrors(all.get("fd00::a"), UNREACHABLE_V6, 77, ROUTER_V6);
      assertErrors(all.get("fd00::b"), 111, 3, ROUTER_V6);
      assertErrors(all.get("fd00::1b"), 127, 3, ROUTER_V6);
    }
  }

  private static void assertErrors(Verdicts verdicts, int type, int code, String router) {
    assertThat(verdicts.ping().errors()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().count("errors")).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().of("error"))
        .allSatisfy(error ->
            assertThat(error)
                .containsEntry("icmp_type", (long) type)
                .containsEntry("icmp_code", (long) code)
                .containsEntry("from", router));
  }

  /// A router says so when its ARP has failed. That takes it three seconds, here half a second.
  /// What comes after the last timeout is not shown, as the summary cannot count it: so probes go
  /// on for several times as long.
  @Test
  void errorThatComesAfterTheTimeoutIsToldAsLate() throws Exception {
    try (Cable cable = Cable.toMachine()) {
      toDeadHosts(cable, "200");
      Trial trial =
          Trial.of("late ICMP error", cable.here, "10.2.0.9").count(12).interval(250).timeout(100);

      Verdicts verdicts = trial.run();

      // ping and fping have no timeout for errors.
      assertThat(verdicts.ping().errors()).as(verdicts.toString()).isPositive();
      assertThat(verdicts.fping().errors()).as(verdicts.toString()).isPositive();
      assertThat(verdicts.ringtap().count("lost")).as(verdicts.toString()).isPositive();
      List<Map<String, Object>> late = verdicts.ringtap().of("late_error");
      assertThat(late).as(verdicts.ringtap().objects().toString()).isNotEmpty();
      assertThat(late)
          .allSatisfy(error ->
              assertThat(error)
                  .containsEntry("icmp_type", (long) UNREACHABLE)
                  .containsEntry("icmp_code", 1L)
                  .containsEntry("from", "10.0.0.2"));
      assertThat(verdicts.ringtap().count("late_errors")).isEqualTo(late.size());
    }
  }

  /// With the kernel's own three seconds and nothing said about timeouts, as people do it.
  @Test
  void hostUnreachableIsSeenByDefault() throws Exception {
    try (Cable cable = Cable.toMachine()) {
      toDeadHosts(cable, "1000");

      Command.Result words = Trial.ringtap(cable.here).run("ping", "-c", "1", "10.2.0.9");

      assertThat(String.join("\n", words.out()))
          .as(words.toString())
          .contains("10.0.0.2")
          .containsIgnoringCase("unreachable");
    }
  }

  /// Makes the far machine a router to a network where nobody is.
  private static void toDeadHosts(Cable cable, String arpMillis) throws Exception {
    NetworkNamespace router = cable.there;
    router.forward();
    Cable.configure(router, "ip", "link", "add", "dead0", "type", "veth", "peer", "name", "dead1");
    router.link("dead1").up();
    router.link("dead0").up().address("10.2.0.1/24");
    router.sysctl("net/ipv4/neigh/dead0/retrans_time_ms", arpMillis);
    router.sysctl("net.ipv4.icmp_ratelimit", "0");
    cable.here.routes().via("10.2.0.0/24", "10.0.0.2");
  }

  @ParameterizedTest
  @CsvSource({"10.3.0.2, 1300, 3, 4", "fd03::2, 1300, 2, 0"})
  void mtuOfTheNextHopIsTold(String host, int mtu, int type, int code) throws Exception {
    try (Cable cable = Cable.toMachine();
        NetworkNamespace beyond = NetworkNamespace.create("beyond")) {
      VethPair narrow = VethPair.create(cable.there, "narrow0", beyond, "narrow1");
      narrow.a().mtu(mtu).address("10.3.0.1/24").address("fd03::1/64");
      narrow.b().mtu(mtu).address("10.3.0.2/24").address("fd03::2/64");
      cable.there.forward();
      cable.here.routes().via("10.3.0.0/24", "10.0.0.2").via("fd03::/64", "fd00::2");
      beyond.routes().via("10.0.0.0/24", "10.3.0.1").via("fd00::/64", "fd03::1");
      Trial trial = Trial.of("MTU of the next hop", cable.here, host).size(1400);

      // What one finds out, the kernel remembers for all.
      Verdict ping = trial.ofPing();
      forgetMtu(cable, host);
      Command.Result words = trial.inWords();
      forgetMtu(cable, host);
      RingtapVerdict json = trial.ofRingtap();

      System.out.println("| MTU of the next hop, " + host + " | " + ping + " | - | " + json + " |");
      assertThat(String.join("\n", ping.lines())).containsIgnoringCase("mtu");
      assertThat(String.join("\n", words.out())).containsIgnoringCase("mtu").contains("" + mtu);
      assertThat(json.of("error")).isNotEmpty();
      assertThat(json.of("error").getFirst())
          .containsEntry("icmp_type", (long) type)
          .containsEntry("icmp_code", (long) code)
          .containsEntry("mtu", (long) mtu);
    }
  }

  /// As ping says it: "local error: message too long, mtu=1300".
  @ParameterizedTest
  @CsvSource({"10.0.0.2, raw", "10.0.0.2, datagram", "fd00::2, raw", "fd00::2, datagram"})
  void mtuOfTheOwnLinkIsToldOfWhatIsNotSent(String host, String transport) throws Exception {
    try (Cable cable = Cable.toMachine()) {
      cable.here.sysctl("net.ipv4.ping_group_range", "0 0");
      cable.near.mtu(1300);
      Trial trial =
          Trial.of("MTU of the own link", cable.here, host)
              .size(1400)
              .options("-M do", "", "-M do --transport " + transport);

      Command.Result words = trial.inWords();
      RingtapVerdict json = trial.ofRingtap();

      assertThat(String.join("\n", trial.ofPing().lines())).containsPattern("mtu[=:] ?1300");
      assertThat(words.out())
          .filteredOn(line -> line.endsWith(" not sent: EMSGSIZE (message too long), mtu=1300"))
          .hasSize(3);
      assertThat(json.of("unsent"))
          .hasSize(3)
          .allSatisfy(unsent -> assertThat(unsent).containsEntry("mtu", 1300L));
    }
  }

  private static void forgetMtu(Cable cable, String host) throws Exception {
    String family = host.contains(":") ? "-6" : "-4";
    cable.configure("ip " + family + " route flush cache");
  }
}

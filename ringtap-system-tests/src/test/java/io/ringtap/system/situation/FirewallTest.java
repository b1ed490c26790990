package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What NAT, packet filters and shapers of the pinging machine make of requests and replies.
@RequiresRoot
class FirewallTest {
  @ParameterizedTest
  @CsvSource({"ip, icmp, 10.0.0.10", "ip6, ipv6-icmp, fd00::a"})
  void repliesBehindMasqueradeThatRewritesTheIdentifierCount(
      String family, String protocol, String target) throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost host =
            ScriptedHost.on(cable.far, (request, wire) -> wire.send(request.reply()))) {
      nft(
          cable.here,
          "add table %s t; add chain %s t post { type nat hook postrouting priority 100 ; };"
                  .formatted(family, family)
              + " add rule %s t post meta l4proto %s masquerade to :40000-40009"
                  .formatted(family, protocol));

      Verdicts verdicts = Trial.of("masquerade, " + family, cable.here, target).run();

      assertThat(host.requests())
          .isNotEmpty()
          .allMatch(request -> request.identifier() / 10 == 4000);
      assertAllReceived(verdicts);
    }
  }

  @ParameterizedTest
  @CsvSource({"ip, 10.9.9.9, 10.0.0.2", "ip6, fd09::9, fd00::2"})
  void repliesToRequestsThatOutputSendsElsewhereCount(String family, String target, String host)
      throws Exception {
    try (Cable cable = Cable.toMachine()) {
      cable.here.routes().device(target + (family.equals("ip") ? "/32" : "/128"), cable.near);
      nft(
          cable.here,
          "add table %s t; add chain %s t out { type nat hook output priority -100 ; };"
                  .formatted(family, family)
              + " add rule %s t out %s daddr %s dnat to %s"
                  .formatted(family, family, target, host));

      Verdicts verdicts = Trial.of("DNAT in OUTPUT, " + family, cable.here, target).run();

      assertAllReceived(verdicts);
    }
  }

  private static void assertAllReceived(Verdicts verdicts) {
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.fping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().count("elsewhere")).as(verdicts.toString()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 1400, 4000})
  void repliesThatInputDropsAreNotTaken(int size) throws Exception {
    try (Cable cable = Cable.toMachine()) {
      nft(
          cable.here,
          "add table inet t; add chain inet t in { type filter hook input priority 0 ; };"
              + " add rule inet t in icmp type echo-reply drop;"
              + " add rule inet t in icmpv6 type echo-reply drop");
      Trial trial = Trial.of("INPUT drop, " + size, cable.here, "10.0.0.2", "fd00::2");

      for (Verdicts verdicts : trial.size(size).runEach().values()) {
        assertNoneReceived(verdicts);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 1400, 4000})
  void repliesThatTheReversePathFilterDropsAreNotTaken(int size) throws Exception {
    try (Cable cable = Cable.toMachine()) {
      // The answers come over another cable than that by which the asker would reach the host.
      VethPair back = VethPair.create(cable.here, "back0", cable.there, "back1");
      back.a().address("10.1.0.1/24");
      back.b().address("10.1.0.2/24").neighbour("10.0.0.1", back.a().mac());
      Cable.configure(
          cable.there, "ip", "route", "add", "10.0.0.1/32", "dev", "back1", "src", "10.0.0.2");
      Trial trial = Trial.of("", cable.here, "10.0.0.2").size(size);
      Verdict without = trial.ofPing();
      cable.here.sysctl("net.ipv4.conf.back0.rp_filter", "1");

      Verdicts with = trial.named("rp_filter, " + size + " bytes").run();

      assertThat(without.received()).isEqualTo(3);
      assertNoneReceived(with);
    }
  }

  @Test
  void repliesThatAnIngressShaperDropsAreNotTakenWhateverTheirSize() throws Exception {
    Requirement.tool("tc");
    try (Cable cable = Cable.toMachine()) {
      cable.configure("ip link add ifb0 type ifb");
      cable.configure("ip link set ifb0 up");
      cable.configure("tc qdisc add dev ifb0 root tbf rate 10mbit burst 300 limit 100000");
      redirectIngress(cable);
      Trial trial = Trial.of("", cable.here, "10.0.0.2");

      Verdicts small = trial.named("ingress shaper lets 18 bytes pass").run();
      Verdicts medium = trial.named("ingress shaper drops 500 bytes").size(500).run();
      Verdicts large = trial.named("ingress shaper drops 1400 bytes").size(1400).run();

      assertAllReceived(small);
      assertThat(small.ringtap().count("duplicates")).isZero();
      assertNoneReceived(medium);
      assertNoneReceived(large);
    }
  }

  /// Lets what arrives pass by ifb0, where a tap sees it a second time.
  static void redirectIngress(Cable cable) throws Exception {
    cable.configure("tc qdisc add dev v0 ingress");
    cable.configure(
        "tc filter add dev v0 parent ffff: protocol all u32 match u32 0 0"
            + " action mirred egress redirect dev ifb0");
  }

  private static void assertNoneReceived(Verdicts verdicts) {
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.fping().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().count("lost")).as(verdicts.toString()).isEqualTo(3);
  }

  private static void nft(NetworkNamespace namespace, String commands) throws Exception {
    Requirement.tool("nft");
    Cable.configure(namespace, "nft", commands);
  }
}

package io.ringtap.testnet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.Prefix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BehaviourTableTest {
  @Test
  void findsTheLongestPrefixOfTheFamily() {
    BehaviourTable table =
        table("0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/24", "10.1.2.3/32", "fd00::/16", "fd00::1/128");

    assertThat(found(table, "192.0.2.1")).isEqualTo(1);
    assertThat(found(table, "10.9.9.9")).isEqualTo(2);
    assertThat(found(table, "10.1.2.4")).isEqualTo(3);
    assertThat(found(table, "10.1.2.3")).isEqualTo(4);
    assertThat(found(table, "fd00:9::9")).isEqualTo(5);
    assertThat(found(table, "fd00::1")).isEqualTo(6);
    assertThat(found(table, "fe80::1")).isEqualTo(HostBehaviour.PROMPT.hopLimit());
  }

  @Test
  void agreesWithALookThroughAllPrefixes() {
    SplittableRandom random = new SplittableRandom(11);
    Map<Prefix, HostBehaviour> prefixes = new LinkedHashMap<>();
    for (int i = 0; i < 250; i++) {
      IpAddress address = IpAddress.ofIpv6(random.nextLong() & 0xf0f0L << 48, random.nextLong(4));
      prefixes.put(
          new Prefix(address, random.nextInt(129)).network(), HostBehaviour.PROMPT.hopLimit(1 + i));
    }
    BehaviourTable table = new BehaviourTable(prefixes);

    for (int i = 0; i < 1_000; i++) {
      IpAddress host = IpAddress.ofIpv6(random.nextLong() & 0xf0f0L << 48, random.nextLong(4));
      int longest = -1;
      HostBehaviour expected = HostBehaviour.PROMPT;
      for (Map.Entry<Prefix, HostBehaviour> entry : prefixes.entrySet()) {
        Prefix prefix = entry.getKey();
        if (new Prefix(host, prefix.length()).network().equals(prefix)
            && prefix.length() > longest) {
          longest = prefix.length();
          expected = entry.getValue();
        }
      }

      assertThat(table.find(true, host.high(), host.low())).isEqualTo(expected);
    }
  }

  @Test
  void clearsTheBitsAfterAPrefix() {
    assertThat(Prefix.parse("10.1.2.3/20").network()).hasToString("10.1.0.0/20");
    assertThat(Prefix.parse("10.1.2.3").network()).hasToString("10.1.2.3/32");
    assertThat(Prefix.parse("255.1.2.3/0").network()).hasToString("0.0.0.0/0");
    assertThat(Prefix.parse("fd00::ffff:1/112").network()).hasToString("fd00::ffff:0/112");
    assertThat(Prefix.parse("fd00:1:2:3:4::/64").network()).hasToString("fd00:1:2:3::/64");
    assertThatThrownBy(() -> Prefix.parse("fd00::/129"))
        .hasMessage("'fd00::/129': the prefix length must be 0 to 128, not 129");
    assertThatThrownBy(() -> Prefix.parse("10.0.0.0/x"))
        .hasMessage("'10.0.0.0/x': no number after the slash");
  }

  @Test
  void countsAddressesApart() {
    AddressTable table = new AddressTable();

    for (int round = 0; round < 3; round++) {
      for (long i = 0; i < 5_000; i++) {
        assertThat(table.increment(i % 7, i << 20)).isEqualTo(round);
      }
    }

    assertThat(table.get(0, 0)).isEqualTo(3);
    assertThat(table.get(1, 0)).isEqualTo(-1);
  }

  /// A table in which the behaviours of the prefixes differ in their hop limits, from 1 on.
  private static BehaviourTable table(String... prefixes) {
    Map<Prefix, HostBehaviour> byPrefix = new LinkedHashMap<>();
    for (String prefix : prefixes) {
      byPrefix.put(Prefix.parse(prefix), HostBehaviour.PROMPT.hopLimit(byPrefix.size() + 1));
    }
    return new BehaviourTable(byPrefix);
  }

  private static int found(BehaviourTable table, String host) {
    IpAddress address = IpAddress.parse(host);
    return table.find(address.isIpv6(), address.high(), address.low()).hopLimit();
  }
}

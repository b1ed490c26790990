package io.ringtap.system.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// `ringtap interfaces` beside `ip` and `ethtool`.
class InterfacesCommandTest {
  @Test
  void saysWhatIpAndEthtoolSay() throws Exception {
    Requirement.root();
    Requirement.tool("ip");
    Requirement.tool("ethtool");
    try (NetworkNamespace namespace = NetworkNamespace.create("list")) {
      VethPair pair = VethPair.create(namespace, "va", namespace, "vb");
      pair.a().address("10.1.2.3/20").address("fd00::7/72").mtu(1400);
      run(namespace, "ethtool", "-K", "va", "gro", "on", "tso", "off");
      Command ringtap = new Command(namespace);

      Command.Result result = ringtap.run("interfaces", "--json");

      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
      List<Map<String, Object>> told = JsonLines.parse(result.out());
      assertThat(told.stream().map(InterfacesCommandTest::comparable).toList())
          .isEqualTo(
              JsonLines.parseArray(run(namespace, "ip", "-j", "addr")).stream()
                  .map(InterfacesCommandTest::object)
                  .map(InterfacesCommandTest::comparableOfIp)
                  .toList());
      Map<String, Object> va =
          told.stream().filter(one -> one.get("name").equals("va")).findFirst().orElseThrow();
      compareWithEthtool(namespace, va);
    }
  }

  private static Map<String, Object> comparable(Map<String, Object> told) {
    Map<String, Object> same = new LinkedHashMap<>();
    same.put("index", told.get("index"));
    same.put("name", told.get("name"));
    same.put("mtu", told.get("mtu_bytes"));
    same.put("mac", told.get("mac"));
    same.put("state", told.get("operational_state"));
    Set<String> addresses = new TreeSet<>();
    for (Object address : (List<?>) told.getOrDefault("addresses", List.of())) {
      addresses.add(object(address).get("address") + "/" + object(address).get("prefix_length"));
    }
    same.put("addresses", addresses);
    return same;
  }

  private static Map<String, Object> comparableOfIp(Map<String, Object> told) {
    Map<String, Object> same = new LinkedHashMap<>();
    same.put("index", told.get("ifindex"));
    same.put("name", told.get("ifname"));
    same.put("mtu", told.get("mtu"));
    same.put("mac", told.get("address"));
    same.put("state", String.valueOf(told.get("operstate")).toLowerCase(Locale.ROOT));
    Set<String> addresses = new TreeSet<>();
    for (Object address : (List<?>) told.getOrDefault("addr_info", List.of())) {
      addresses.add(object(address).get("local") + "/" + object(address).get("prefixlen"));
    }
    same.put("addresses", addresses);
    return same;
  }

  private static void compareWithEthtool(NetworkNamespace namespace, Map<String, Object> va)
      throws IOException, InterruptedException {
    assertThat(run(namespace, "ethtool", "-i", "va"))
        .contains("driver: " + object(va.getOrDefault("driver", Map.of())).get("name") + "\n");
    Map<String, Object> offloads = object(va.getOrDefault("offloads", Map.of()));
    assertThat(offloads).containsEntry("gro", true).containsEntry("tso", false);
    String features = run(namespace, "ethtool", "-k", "va");
    Map.of(
            "gro", "generic-receive-offload",
            "gro_hw", "rx-gro-hw",
            "lro", "large-receive-offload",
            "gso", "generic-segmentation-offload",
            "tso", "tcp-segmentation-offload",
            "rx_vlan", "rx-vlan-offload",
            "tx_checksum", "tx-checksumming")
        .forEach((ours, theirs) ->
            assertThat(features)
                .as(theirs)
                .containsPattern(
                    "(?m)^" + theirs + ": " + (offloads.get(ours).equals(true) ? "on" : "off")));
  }

  @SuppressWarnings("unchecked") // what JsonLines makes of an object
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  private static String run(NetworkNamespace namespace, String... command)
      throws IOException, InterruptedException {
    Command.Result result = Command.finish(namespace.start(command));
    assertThat(result.err()).isEmpty();
    return String.join("\n", result.out()) + "\n";
  }

  @Test
  void namesThoseThatAreThereToOneWhoErrs() throws Exception {
    Requirement.root();
    try (NetworkNamespace namespace = NetworkNamespace.create("none")) {
      Command ringtap = new Command(namespace);

      Command.Result result = ringtap.run("interfaces", "lo", "eth0");

      assertThat(result.err())
          .containsExactly("ringtap interfaces: there is no interface 'eth0'; there is lo");
      assertThat(result.out()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
    }
  }

  @Test
  void needsNoRights() throws Exception {
    Requirement.root();
    try (NetworkNamespace namespace = NetworkNamespace.create("nobody")) {
      Command ringtap = new Command(namespace).asNobody();

      Command.Result result = ringtap.run("interfaces");

      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .first()
          .isEqualTo("1: lo  up, EN10MB (Ethernet), MTU 65536, loopback (shows each packet twice)");
      assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    }
  }
}

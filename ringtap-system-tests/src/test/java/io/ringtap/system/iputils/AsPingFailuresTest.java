package io.ringtap.system.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command as `ping` beside iputils' own, where there is no reply, or nothing is sent.
class AsPingFailuresTest {
  private static AsPingNetwork network;

  @BeforeAll
  static void makeNetwork() throws IOException {
    network = new AsPingNetwork();
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
        "-c 1 -W 0.3 10.1.0.2",
        "-c 1 -W 0.3 fd00:1::2",
        "-c 2 -i 0.3 -W 0.3 -O 10.1.0.2",
        "-c 1 10.1.0.4",
        "-c 1 fd00:1::4",
        "-c 2 -f 10.1.0.4",
        "-w 3 10.1.0.4",
        "-w 1 10.1.0.2",
        "-c 1 -M do -s 2000 10.9.0.2",
        "-c 1 -M do -s 2000 fd09::2",
        "-c 1 -s 65508 10.9.0.2",
      })
  void printsFailures(String arguments) throws Exception {
    assertThat(network.compare(network.ringtap(), arguments.split(" ")).exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 203.0.113.1",
    "2, 2001::1",
    "2, 10.9.0.255",
    "2, -I nosuch 10.1.0.1",
    "2, -T nosuch 10.1.0.1",
    "2, -R -T tsonly 10.1.0.1",
    "2, -I nosuch fd00:1::1",
    "2, -I 203.0.113.1 10.1.0.1",
  })
  void refuses(int exitCode, String arguments) throws Exception {
    assertThat(network.compare(network.ringtap(), arguments.split(" ")).exitCode())
        .isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({
    "0, -c 3 -A 10.1.0.1",
    "2, -i 0.001 10.1.0.1",
    "2, -f 10.1.0.1",
    "2, -l 4 10.1.0.1",
  })
  void treatsUsersAsPingDoes(int exitCode, String arguments) throws Exception {
    network.namespace().sysctl("net.ipv4.ping_group_range", "0 2147483647");
    try {
      assertThat(network.compare(network.ringtap().asNobody(), arguments.split(" ")).exitCode())
          .isEqualTo(exitCode);
    } finally {
      network.namespace().sysctl("net.ipv4.ping_group_range", "1 0");
    }
  }

  @Test
  void refusesWhatItDoesNotSupportByName() throws Exception {
    Command.Result query = network.ringtap().run("as-ping", "-N", "name", "::1");
    Command.Result route = network.ringtap().run("as-ping", "10.1.0.1", "10.1.0.2");

    assertThat(query.err()).containsExactly("ping: -N: node information queries are not supported");
    assertThat(route.err())
        .containsExactly("ping: source routes are not supported: name one destination");
    assertThat(List.of(query.exitCode(), route.exitCode())).containsOnly(2);
  }
}

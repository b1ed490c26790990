package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--replies`: of replies that come by wire, and that the firewall drops, the host takes none and
/// the tap all.
class PingReplySourceTest {
  private static NetworkNamespace here;
  private static NetworkNamespace there;
  private static Command ringtap;

  @BeforeAll
  static void dropReplies() throws IOException, InterruptedException {
    Requirement.root();
    Requirement.tool("nft");
    here = NetworkNamespace.create("asking");
    there = NetworkNamespace.create("asked");
    VethPair cable = VethPair.create(here, "v0", there, "v1");
    cable.a().address("10.0.0.1/24").address("fd00::1/64");
    cable.b().address("10.0.0.2/24").address("fd00::2/64");
    Process nft =
        here.start(
            "nft",
            "add table inet t; add chain inet t in { type filter hook input priority 0 ; };"
                + " add rule inet t in icmp type echo-reply drop;"
                + " add rule inet t in icmpv6 type echo-reply drop");
    assertThat(nft.waitFor()).isZero();
    ringtap = new Command(here);
  }

  @AfterAll
  static void close() {
    if (here != null) {
      here.close();
      there.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "host, 10.0.0.2,   18, 0, 1",
    "host, fd00::2,    18, 0, 1",
    "tap,  10.0.0.2,   18, 3, 0",
    "tap,  fd00::2,    18, 3, 0",
    "tap,  10.0.0.2, 1232, 3, 0",
    "tap,  fd00::2,  1232, 3, 0",
    "tap,  10.0.0.2, 1233, 0, 1", // what may come in fragments is read from the host
  })
  void receives(String replies, String target, String size, long received, int exitCode)
      throws Exception {
    Command.Result result =
        ringtap.run(
            "ping",
            "--json",
            "-q",
            "-c",
            "3",
            "-i",
            "20ms",
            "-W",
            "500ms",
            "--replies",
            replies,
            "-s",
            size,
            target);

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(exitCode);
    Map<String, Object> summary = JsonLines.parse(result.out()).getFirst();
    assertThat(summary)
        .containsEntry("sent", 3L)
        .containsEntry("received", received)
        .containsEntry("lost", 3 - received);
    if (received > 0) {
      assertThat(summary).containsEntry("stamp", "kernel");
    }
  }
}

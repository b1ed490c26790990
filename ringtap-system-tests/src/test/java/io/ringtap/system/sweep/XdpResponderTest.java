package io.ringtap.system.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The responder of the sweeps' tests, judged by a program that knows nothing of sweeps.
class XdpResponderTest {
  private static final String HOSTS = "10.64.0.0/25";

  @Test
  void answersFpingAsItsRuleSays() throws Exception {
    Requirement.root();
    Requirement.tool("fping");
    AnswerRule rule = AnswerRule.ALL.withSilent(400).withDeaf(200, 1);
    try (SweepNetwork network = SweepNetwork.open().route(HOSTS);
        XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, rule)) {
      Set<IpAddress> asked = SweepNetwork.addresses(HOSTS, _ -> true);
      asked.remove(IpAddress.parse("10.64.0.0")); // fping leaves out the network's own addresses
      asked.remove(IpAddress.parse("10.64.0.127"));

      // Each is asked once more, which those hear that do not hear the first time. Those that
      // answer
      // at once must not be asked again, even if fping is held up.
      Set<IpAddress> alive =
          alive(network, "fping", "-a", "-q", "-r", "1", "-t", "1500", "-B", "1", "-g", HOSTS);

      assertThat(alive)
          .isEqualTo(
              asked.stream()
                  .filter(address -> !rule.isSilent(address))
                  .collect(Collectors.toCollection(TreeSet::new)));
      long silent = asked.stream().filter(rule::isSilent).count();
      long deaf = asked.stream().filter(rule::isDeaf).count();
      assertThat(silent).isPositive();
      assertThat(deaf).isPositive();
      assertThat(hosts.counters())
          .containsEntry(ResponderCounter.ECHO_REPLIES, asked.size() - silent)
          .containsEntry(ResponderCounter.SILENT, 2 * silent)
          .containsEntry(ResponderCounter.DEAF, deaf);
    }
  }

  private static Set<IpAddress> alive(SweepNetwork network, String... command) throws Exception {
    Process process =
        network.near.process(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    process.waitFor();
    return lines.stream().map(IpAddress::parse).collect(Collectors.toCollection(TreeSet::new));
  }
}

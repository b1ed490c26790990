package io.ringtap.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.Fault;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the command says in NDJSON adds up, whatever the network does.
class CommandJsonTest {
  private static final int PROBES = 40;
  private static final List<String> TARGETS = List.of("10.1.0.1", "10.1.0.2", "fd00:1::1");

  @Test
  void everySummaryIsTheSumOfItsOutcomes() throws Exception {
    Requirement.root();

    Command.Result result = pingFaultyHosts();

    List<Map<String, Object>> objects = JsonLines.parse(result.out());
    assertThat(result.err()).isEmpty();
    assertThat(objects).filteredOn("type", "summary").hasSameSizeAs(TARGETS);
    for (Map<String, Object> summary : objects) {
      if (summary.get("type").equals("summary")) {
        checkSum(summary, objects);
      }
    }
  }

  private static void checkSum(Map<String, Object> summary, List<Map<String, Object>> objects) {
    Map<Object, Long> counts =
        objects.stream()
            .filter(object -> object.get("target").equals(summary.get("target")))
            .collect(groupingBy(object -> object.get("type"), counting()));
    long decided = 0;
    for (Map.Entry<String, String> field :
        Map.of(
                "reply", "received",
                "elsewhere", "elsewhere",
                "corrupted", "corrupted",
                "error", "errors",
                "timeout", "lost",
                "withdrawn", "withdrawn")
            .entrySet()) {
      long count = counts.getOrDefault(field.getKey(), 0L);
      assertThat(summary).containsEntry(field.getValue(), count);
      decided += count;
    }
    assertThat(summary).containsEntry("sent", decided).containsEntry("sent", (long) PROBES);
    assertThat(summary).containsEntry("unsent", 0L).containsEntry("stamp", "kernel");
    // Those that follow the summary are outcomes still, and not in it.
    assertThat((long) summary.get("duplicates"))
        .isLessThanOrEqualTo(counts.getOrDefault("duplicate", 0L));
  }

  private Command.Result pingFaultyHosts() throws IOException, InterruptedException {
    HostBehaviour faulty =
        HostBehaviour.PROMPT.loss(0.2).duplicate(0.2, 1).corrupt(0.2).jitter(Duration.ofMillis(3));
    try (NetworkNamespace namespace = NetworkNamespace.create("json");
        VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 20_26)) {
      hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
      hosts.own("10.1.0.0/16").own("fd00:1::/32");
      hosts.behave("10.1.0.1", faulty).behave("fd00:1::1", faulty);
      IcmpError refusal = IcmpError.of(3, 1, "10.1.0.254");
      hosts.behave("10.1.0.2", HostBehaviour.PROMPT.with(new Fault.Refusal(0.5, refusal)));
      Command ringtap = new Command(namespace);
      List<String> words = List.of("ping", "--json", "-c", "" + PROBES, "-i", "5ms", "-W", "300ms");
      return ringtap.run(Stream.concat(words.stream(), TARGETS.stream()).toArray(String[]::new));
    }
  }
}

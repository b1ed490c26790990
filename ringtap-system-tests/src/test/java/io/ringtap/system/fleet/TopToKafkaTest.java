package io.ringtap.system.fleet;

import static io.ringtap.system.fleet.StreamLab.PACKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.fleet.StreamLab.Account;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `ringtap top --to kafka` over a real broker: the records have what was sent over a cable, and
/// each of them is accounted for.
@RequiresRoot
class TopToKafkaTest {
  private static final String TOPIC = "ringtap.top";

  private StreamLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = StreamLab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private List<JsonNode> records() throws IOException {
    JsonMapper mapper = new JsonMapper();
    return lab.values(TOPIC).stream().map(mapper::readTree).toList();
  }

  private long packets() throws IOException {
    return records().stream().mapToLong(record -> record.get("packets").asLong()).sum();
  }

  @Test
  void eachIntervalIsARecordAndTheirPacketsAreThoseOfTheCable() throws Exception {
    Process process = lab.startToKafka("top", "--interval", "200ms");
    Eventually.await("there are records", () -> !records().isEmpty());
    lab.send(20);
    Eventually.await("all packets are in records", () -> packets() == PACKETS);
    Command.Result result = StreamLab.end(process);

    List<JsonNode> records = records();
    Account account = Account.of(result);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(PACKETS + " packets captured");
    assertThat(account).isEqualTo(new Account(records.size(), records.size(), 0, 0));
    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.get("schema").asInt()).isOne();
          assertThat(record.get("kind").asString()).isEqualTo("top");
          assertThat(record.get("site").asString()).isEqualTo("fra1");
        });
    assertThat(records.stream().map(record -> record.get("seq").asLong()).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, records.size()).boxed().toList());
    long ofSender =
        records.stream()
            .flatMap(record -> record.get("rows").valueStream())
            .filter(row -> row.get("source").asString().equals(StreamLab.SENDER))
            .mapToLong(row -> row.get("packets").asLong())
            .sum();
    assertThat(ofSender).isEqualTo(PACKETS);
  }

  @Test
  void countsWhatABrokerThatIsKilledDoesNotTake() throws Exception {
    Process process = lab.startToKafka("top", "--interval", "200ms");
    Eventually.await("there are records", () -> !records().isEmpty());
    lab.broker().kill();
    lab.send(20);
    Command.Result result = StreamLab.end(process); // the last interval is a record, too

    Account account = Account.of(result);
    assertThat(account.delivered()).isPositive();
    assertThat(account.unknown()).isPositive();
    assertThat(account.sum()).isEqualTo(account.written());
    assertThat(result.err()).contains(PACKETS + " packets captured");
  }

  @Test
  void refusesWhatDoesNotFitBeforeItCaptures() throws Exception {
    String[] kafka = {"--bootstrap", lab.broker().bootstrap()};

    assertThat(refusal("--to", "file"))
        .containsExactly("ringtap top: --to takes kafka, not 'file'");
    assertThat(refusal("--to", "kafka"))
        .containsExactly(
            "ringtap top: --to kafka needs --bootstrap HOST:PORT, or a --client-config with it");
    assertThat(refusal("--to", "kafka", kafka[0], kafka[1]))
        .containsExactly("ringtap top: --to kafka needs --site, which says where this machine is");
    assertThat(refusal(kafka))
        .containsExactly(
            "ringtap top: --site, --name, --bootstrap and --client-config are for --to kafka");
    assertThat(refusal("--json", "--to", "kafka", kafka[0], kafka[1], "--site", "fra1"))
        .containsExactly(
            "ringtap top: --json is for what is printed here, and --to kafka prints nothing");
  }

  private List<String> refusal(String... words) throws Exception {
    Command.Result result = Command.finish(lab.start("top", words));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    return result.err();
  }
}

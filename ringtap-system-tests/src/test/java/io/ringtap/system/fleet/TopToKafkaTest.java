package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.system.Command;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `ringtap top --to kafka` over a real broker: the records have what was sent over a cable, and
/// each of them is accounted for.
@RequiresRoot
class TopToKafkaTest {
  private static final int PACKETS = 400;
  private static final String SENDER = "10.5.0.1";
  private static final String TARGET = "10.5.1.1";
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(\\d+) records = (\\d+) delivered \\+ (\\d+) dropped, no room \\+ (\\d+) unknown");

  private NetworkNamespace here;
  private NetworkNamespace there;
  private TestBroker broker;

  /// What a run has said of its records.
  private record Account(long written, long delivered, long noRoom, long unknown) {
    static Account of(Command.Result result) {
      Matcher matcher = ACCOUNT.matcher(String.join("\n", result.err()));
      assertThat(matcher.find()).as(result.toString()).isTrue();
      return new Account(
          Long.parseLong(matcher.group(1)),
          Long.parseLong(matcher.group(2)),
          Long.parseLong(matcher.group(3)),
          Long.parseLong(matcher.group(4)));
    }
  }

  @BeforeEach
  void open() throws Exception {
    here = NetworkNamespace.create("top");
    there = NetworkNamespace.create("sender");
    here.link("lo").up();
    VethPair cable = VethPair.create(here, "tap0", there, "out0");
    cable.b().address(SENDER + "/16");
    cable.b().neighbour(TARGET, cable.a().mac());
    broker = new BrokerSetup().in("127.0.0.1", builder -> here.call(builder::start)).start();
  }

  @AfterEach
  void close() {
    if (broker != null) {
      broker.close();
    }
    there.close();
    here.close();
  }

  private Process start(String... more) throws IOException {
    String[] words =
        Stream.concat(
                Stream.of("top", "-i", "tap0", "--interval", "200ms", "udp port 7"),
                Stream.of(more))
            .toArray(String[]::new);
    return here.process(Java.command(Main.class, words)).start();
  }

  private Process startToKafka() throws IOException {
    return start(
        "--to", "kafka", "--bootstrap", broker.bootstrap(), "--site", "fra1", "--name", "a");
  }

  private void send() throws IOException {
    there.call(() -> {
      InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(TARGET), 7);
      try (DatagramSocket socket = new DatagramSocket()) {
        for (int i = 0; i < PACKETS; i++) {
          socket.send(new DatagramPacket(new byte[20], 20, target));
        }
      }
      return null;
    });
  }

  /// Reads all that the topic has, from its beginning.
  private final class Topic implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final List<JsonNode> records = new ArrayList<>();

    Topic() throws IOException {
      consumer =
          here.call(() -> Connection.of(List.of(broker.bootstrap()), null).consumer(Map.of()));
    }

    List<JsonNode> read() {
      if (consumer.assignment().isEmpty()) {
        List<TopicPartition> all =
            consumer.partitionsFor("ringtap.top").stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("fra1/a");
        records.add(new JsonMapper().readTree(record.value()));
      }
      return records;
    }

    long packets() {
      return read().stream().mapToLong(record -> record.get("packets").asLong()).sum();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  private void awaitRecords() {
    Eventually.await(
        "there are records",
        () ->
            here.call(() -> {
              try (Topic topic = new Topic()) {
                return !topic.read().isEmpty();
              }
            }));
  }

  private static Command.Result end(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    return Command.finish(process);
  }

  @Test
  void eachIntervalIsARecordAndTheirPacketsAreThoseOfTheCable() throws Exception {
    Process process = startToKafka();
    Eventually.await("the topic is there", () -> isThere());
    awaitRecords();
    send();
    List<JsonNode> records =
        here.call(() -> {
          try (Topic topic = new Topic()) {
            Eventually.await("all packets are in records", () -> topic.packets() == PACKETS);
            Command.Result result = end(process);
            Account account = Account.of(result);
            Eventually.await(
                "all records are read", () -> topic.read().size() == account.written());
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains(PACKETS + " packets captured");
            assertThat(account).isEqualTo(new Account(account.written(), account.written(), 0, 0));
            return topic.read();
          }
        });

    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.get("schema").asInt()).isOne();
          assertThat(record.get("kind").asString()).isEqualTo("top");
          assertThat(record.get("site").asString()).isEqualTo("fra1");
        });
    assertThat(records.stream().mapToLong(record -> record.get("seq").asLong()).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, records.size()).boxed().toList());
    long ofSender =
        records.stream()
            .flatMap(record -> record.get("rows").valueStream())
            .filter(row -> row.get("source").asString().equals(SENDER))
            .mapToLong(row -> row.get("packets").asLong())
            .sum();
    assertThat(ofSender).isEqualTo(PACKETS);
  }

  private boolean isThere() throws IOException {
    return here.call(() -> {
      try (Consumer<byte[], byte[]> consumer =
          Connection.of(List.of(broker.bootstrap()), null).consumer(Map.of())) {
        return consumer.listTopics().containsKey("ringtap.top");
      }
    });
  }

  @Test
  void countsWhatABrokerThatIsKilledDoesNotTake() throws Exception {
    Process process = startToKafka();
    Eventually.await("the topic is there", () -> isThere());
    awaitRecords();
    broker.kill();
    send();
    Thread.sleep(500); // in which there are intervals that are not delivered

    Command.Result result = end(process);

    Account account = Account.of(result);
    assertThat(account.delivered()).isPositive();
    assertThat(account.unknown()).isPositive();
    assertThat(account.delivered() + account.noRoom() + account.unknown())
        .isEqualTo(account.written());
    assertThat(result.err()).contains(PACKETS + " packets captured");
  }

  @Test
  void refusesWhatDoesNotFitBeforeItCaptures() throws Exception {
    String[] kafka = {"--bootstrap", broker.bootstrap()};

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
    Command.Result result = Command.finish(start(words));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    return result.err();
  }
}

package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.system.Command;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// A broker, and a cable over which packets come to a command that writes to a topic.
final class StreamLab implements AutoCloseable {
  static final int PACKETS = 400;
  static final String SENDER = "10.5.0.1";

  private static final String TARGET = "10.5.1.1";
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(\\d+) (?:records|packets) = (\\d+) delivered \\+ (\\d+) dropped, no room \\+ (\\d+)"
              + " unknown");

  private final NetworkNamespace here;
  private final NetworkNamespace there;
  private final TestBroker broker;

  /// What a run has said of what it wrote.
  record Account(long written, long delivered, long noRoom, long unknown) {
    static Account of(Command.Result result) {
      Matcher matcher = ACCOUNT.matcher(String.join("\n", result.err()));
      assertThat(matcher.find()).as(result.toString()).isTrue();
      return new Account(
          Long.parseLong(matcher.group(1)),
          Long.parseLong(matcher.group(2)),
          Long.parseLong(matcher.group(3)),
          Long.parseLong(matcher.group(4)));
    }

    long sum() {
      return delivered + noRoom + unknown;
    }
  }

  private StreamLab(NetworkNamespace here, NetworkNamespace there, TestBroker broker) {
    this.here = here;
    this.there = there;
    this.broker = broker;
  }

  static StreamLab open() throws Exception {
    NetworkNamespace here = NetworkNamespace.create("stream");
    NetworkNamespace there = NetworkNamespace.create("sender");
    try {
      here.link("lo").up();
      VethPair cable = VethPair.create(here, "tap0", there, "out0");
      cable.b().address(SENDER + "/16");
      cable.b().neighbour(TARGET, cable.a().mac());
      TestBroker broker =
          new BrokerSetup().in("127.0.0.1", builder -> here.call(builder::start)).start();
      return new StreamLab(here, there, broker);
    } catch (IOException | RuntimeException e) {
      there.close();
      here.close();
      throw e;
    }
  }

  TestBroker broker() {
    return broker;
  }

  /// Starts `ringtap WORD -i tap0 'udp port 7'` with more arguments.
  Process start(String word, String... more) throws IOException {
    String[] words =
        Stream.concat(Stream.of(word, "-i", "tap0", "udp port 7"), Stream.of(more))
            .toArray(String[]::new);
    return here.process(Java.command(Main.class, words)).start();
  }

  Process startToKafka(String word, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("--to", "kafka", "--bootstrap", broker.bootstrap()));
    words.addAll(List.of("--site", "fra1", "--name", "a"));
    words.addAll(List.of(more));
    return start(word, words.toArray(String[]::new));
  }

  /// Sends [#PACKETS] packets of UDP to port 7, with so many bytes of payload.
  void send(int bytes) throws IOException {
    there.call(() -> {
      InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(TARGET), 7);
      try (DatagramSocket socket = new DatagramSocket()) {
        for (int i = 0; i < PACKETS; i++) {
          socket.send(new DatagramPacket(new byte[bytes], bytes, target));
        }
      }
      return null;
    });
  }

  /// The values of all records of a topic, partition by partition; empty if there is no such topic.
  List<byte[]> values(String topic) throws IOException {
    return here.call(() -> {
      try (Consumer<byte[], byte[]> consumer =
          Connection.of(List.of(broker.bootstrap()), null).consumer(Map.of())) {
        if (!consumer.listTopics().containsKey(topic)) {
          return List.of();
        }
        List<TopicPartition> all =
            consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        long wanted = consumer.endOffsets(all).values().stream().mapToLong(Long::longValue).sum();
        List<byte[]> values = new ArrayList<>();
        Eventually.await(
            "all is read",
            () -> {
              for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("fra1/a");
                values.add(record.value());
              }
              return values.size() >= wanted;
            });
        return values;
      }
    });
  }

  /// Ends it by SIGINT.
  static Command.Result end(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    return Command.finish(process);
  }

  @Override
  public void close() {
    broker.close();
    there.close();
    here.close();
  }
}

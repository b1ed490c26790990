package io.ringtap.fleet.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringtap.fleet.broker.BrokerException.Kind;
import io.ringtap.fleet.record.Topics;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  private static TestBroker broker;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = new BrokerSetup().user("ann").start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void checksWhatTheUserGives() throws IOException {
    assertThat(failure(List.of(), null)).hasMessageContaining("--bootstrap HOST:PORT");
    assertThat(failure(List.of("broker"), null))
        .hasMessage("'broker' is not a broker: write HOST:PORT");
    Path absent = folder.resolve("absent");
    assertThat(failure(List.of("broker:9092"), absent)).hasMessage(absent + ": no such file");
    Path file = Files.writeString(folder.resolve("file"), "bootstrap.servers = a:1 , [::1]:2\n");
    assertThat(Connection.of(List.of(), file).bootstrap()).containsExactly("a:1", "[::1]:2");
  }

  private static BrokerException failure(List<String> bootstrap, @Nullable Path file) {
    BrokerException e =
        catchThrowableOfType(BrokerException.class, () -> Connection.of(bootstrap, file));
    assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
    return e;
  }

  @Test
  void connectsWithAndWithoutSecurity() throws Exception {
    Connection.of(List.of(broker.openBootstrap()), null).check();
    Connection.of(List.of(broker.bootstrap()), broker.clientFile("ann")).check();
  }

  @Test
  void saysWhyNoBrokerAnswers() throws Exception {
    String closed = "127.0.0.1:" + FreePort.find();
    refused(
        closed,
        null,
        Kind.UNREACHABLE,
        "cannot reach a broker at " + closed + ": connection refused");
    refused(
        "no-such-host.invalid:9092",
        null,
        Kind.UNREACHABLE,
        "cannot reach a broker at no-such-host.invalid:9092: no address is found for the name");
  }

  @Test
  void saysWhatTheFileLacksForTheBrokersSecurity() throws Exception {
    String secure = broker.bootstrap();
    String open = broker.openBootstrap();
    refused(
        secure,
        null,
        Kind.PROTOCOL,
        secure
            + " speaks TLS, and security.protocol is PLAINTEXT: write SSL or SASL_SSL into the file"
            + " of --client-config, or name another port");
    refused(
        open,
        it -> it,
        Kind.PROTOCOL,
        "does not speak TLS, and security.protocol is SASL_SSL: write PLAINTEXT or SASL_PLAINTEXT");
    refused(
        secure,
        it -> it.replaceAll("ssl.truststore.*\n", ""),
        Kind.PROTOCOL,
        "(ssl.truststore.location in the file of --client-config names who signed it)");
    refused(
        secure,
        it -> it.replaceAll("password=\"[^\"]*", "password=\"wrong-secret"),
        Kind.NOT_AUTHENTICATED,
        "the broker refuses this user: ");
    refused(
        secure,
        it -> it.replace("SCRAM-SHA-512", "PLAIN").replace("scram.Scram", "plain.Plain"),
        Kind.PROTOCOL,
        "set sasl.mechanism in the file of --client-config");
    refused(
        secure,
        it -> it.replace("password=\"", "password \"wrong-secret"),
        Kind.CONFIGURATION,
        "the client's properties: ");
  }

  /// @param change of the file of a user's properties; null for no file
  private void refused(
      String bootstrap, @Nullable UnaryOperator<String> change, Kind kind, String message)
      throws IOException {
    Path file = null;
    if (change != null) {
      String text = Files.readString(broker.clientFile("ann"));
      file = Files.writeString(folder.resolve("client.properties"), change.apply(text));
    }
    Connection connection = Connection.of(List.of(bootstrap), file);
    BrokerException e = catchThrowableOfType(BrokerException.class, connection::check);
    assertThat(e).as(message).isNotNull();
    assertThat(e.getMessage()).contains(message).doesNotContain("\n", "wrong-secret");
    assertThat(e.kind()).isEqualTo(kind);
  }

  @Test
  void makesTheTopicsOfAFleetOnceAndFindsThoseOfAnotherForm() throws Exception {
    Connection connection = Connection.of(List.of(broker.openBootstrap()), null);
    try (Admin admin = connection.admin()) {
      TopicAdmin topics = new TopicAdmin(connection, admin);
      List<TopicForm> forms = TopicForm.ofFleet(new Topics("made"), 8);
      assertThatThrownBy(() -> topics.partitions(List.of("made.targets")))
          .hasMessage("no topic made.targets: 'ringtap fleet apply' makes the topics of a fleet");
      topics.make(forms);
      topics.make(forms);
      assertThat(topics.missing(forms)).isEmpty();
      assertThat(topics.partitions(List.of("made.targets", "made.agents")))
          .isEqualTo(Map.of("made.targets", 8, "made.agents", 1));
      assertThatThrownBy(() -> topics.make(List.of(TopicForm.compacted("made.results", 1))))
          .hasMessageStartingWith(
              "topic made.results has cleanup.policy=delete and needs compact: ");
    }
  }

  @Test
  void saysWhichAclIsMissing() throws Exception {
    Connection connection = Connection.of(List.of(broker.bootstrap()), broker.clientFile("ann"));
    try (Admin admin = connection.admin()) {
      TopicAdmin topics = new TopicAdmin(connection, admin);
      assertThatThrownBy(() -> topics.partitions(List.of("x.targets")))
          .hasMessage(
              "not authorized for topic x.targets: this user needs an ACL that allows Describe"
                  + " (kafka-acls --add --allow-principal User:NAME --operation Describe --topic"
                  + " x.targets)");
      assertThatThrownBy(() ->
              connection.await(
                  admin.listConsumerGroupOffsets("x-agents").partitionsToOffsetAndMetadata(),
                  AclOperation.DESCRIBE,
                  ""))
          .hasMessageStartingWith("not authorized for group x-agents: ");
    }
  }
}

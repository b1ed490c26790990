package io.ringtap.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.testing.Eventually;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TestBrokerTest {
  @Test
  void aClusterKeepsItsTopicsThroughAStopAndAKilledBroker() throws Exception {
    try (TestBroker cluster = new BrokerSetup().brokers(3).start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) cluster.bootstrap()))) {
      makeTopic(admin);
      cluster.kill(2);
      assertThat(admin.describeTopics(List.of("kept")).allTopicNames().get()).hasSize(1);
      cluster.stop(3);
      cluster.startAgain();
      Eventually.await(
          "all replicas in sync",
          () ->
              admin
                      .describeTopics(List.of("kept"))
                      .topicNameValues()
                      .values()
                      .iterator()
                      .next()
                      .get()
                      .partitions()
                      .getFirst()
                      .isr()
                      .size()
                  == 3);
    }
  }

  @Test
  void aUserMayDoNothingAtFirst() throws Exception {
    try (TestBroker broker = new BrokerSetup().user("ann").start()) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(broker.clientFile("ann"))) {
        properties.load(reader);
      }
      properties.put("bootstrap.servers", broker.bootstrap());
      try (Admin admin = Admin.create(properties)) {
        assertThatThrownBy(() -> makeTopic(admin))
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  private static void makeTopic(Admin admin) throws Exception {
    admin.createTopics(List.of(new NewTopic("kept", Optional.of(1), Optional.empty()))).all().get();
  }

  @Test
  void nothingIsLeftOfABrokerWhoseStarterWasKilled(@org.junit.jupiter.api.io.TempDir Path folder)
      throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                Stream.of("java.class.path", "jdk.module.path")
                    .map(System::getProperty)
                    .filter(path -> path != null)
                    .reduce((a, b) -> a + File.pathSeparator + b)
                    .orElseThrow(),
                Starter.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = starter.inputReader()) {
      assertThat(reader.readLine()).isEqualTo("started");
    }
    List<ProcessHandle> children = starter.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    assertThat(starter.destroyForcibly().waitFor()).isNotZero();
    Eventually.await("no process", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    Eventually.await("no files", () -> isEmpty(folder));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /// A program that starts a broker and then waits to be killed.
  static final class Starter {
    private Starter() {}

    public static void main(String... arguments) throws Exception {
      TestBroker broker = TestBroker.start();
      System.out.println("started");
      Thread.currentThread().join();
      broker.close();
    }
  }
}

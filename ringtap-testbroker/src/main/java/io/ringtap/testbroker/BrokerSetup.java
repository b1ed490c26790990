package io.ringtap.testbroker;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/// What a cluster is to be like. Without any call it is one broker on the loopback interface, open
/// to all. Each method returns the same object.
public final class BrokerSetup {
  private static final int PORTS_PER_BROKER = 3;
  private static final int TRIES = 5;
  private static final String IN_USE = "Address already in use";

  private final List<String> users = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private int brokers = 1;
  private String address = "127.0.0.1";
  private ProcessStarter starter = ProcessBuilder::start;

  /// Makes a setup of one broker on the loopback interface.
  public BrokerSetup() {}

  /// Sets the number of brokers. Topics that are made without a number of replicas have as many as
  /// there are brokers, three at most.
  public BrokerSetup brokers(int number) {
    brokers = number;
    return this;
  }

  /// Has the brokers listen on `address`, and be started by `starter`, which has that address.
  public BrokerSetup in(String address, ProcessStarter starter) {
    this.address = address;
    this.starter = starter;
    return this;
  }

  /// Adds a user, and has the brokers ask each client who it is: by TLS, with a certificate of
  /// their own, and SCRAM-SHA-512. No user may do anything until an ACL is made for it through
  /// [TestBroker#openBootstrap]. [TestBroker#clientFile] is what it connects with.
  public BrokerSetup user(String name) {
    users.add(name);
    return this;
  }

  /// Sets a property of the brokers.
  public BrokerSetup setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /// Starts the brokers and waits until they serve.
  ///
  /// @throws IOException if one does not start; the message has what it says
  public TestBroker start() throws IOException {
    for (int left = TRIES; ; left--) {
      try {
        return TestBroker.start(this);
      } catch (IOException e) {
        // A port that was free is so no longer.
        if (left == 1 || !String.valueOf(e.getMessage()).contains(IN_USE)) {
          throw e;
        }
      }
    }
  }

  /// Writes what the brokers need into `folder`.
  List<BrokerProcess> prepare(Path folder) throws IOException {
    String host = address.contains(":") ? "[" + address + "]" : address;
    int[] ports = FreePorts.find(brokers * PORTS_PER_BROKER);
    List<String> arguments = new ArrayList<>();
    arguments.add(Uuid.randomUuid().toString());
    BrokerSecurity security = users.isEmpty() ? null : BrokerSecurity.create(folder, address);
    if (security != null) {
      for (String user : users) {
        arguments.add(security.add(user));
      }
    }
    String voters =
        IntStream.range(0, brokers)
            .mapToObj(i -> "%d@%s:%d".formatted(i + 1, host, ports[i * PORTS_PER_BROKER]))
            .collect(Collectors.joining(","));
    List<BrokerProcess> processes = new ArrayList<>();
    for (int i = 0; i < brokers; i++) {
      Path own = Files.createDirectory(folder.resolve(Integer.toString(i + 1)));
      String controller = host + ":" + ports[i * PORTS_PER_BROKER];
      String open = host + ":" + ports[i * PORTS_PER_BROKER + 1];
      String clients = security == null ? open : host + ":" + ports[i * PORTS_PER_BROKER + 2];
      Properties properties = common(voters);
      properties.setProperty("node.id", Integer.toString(i + 1));
      properties.setProperty("log.dirs", own.resolve("data").toString());
      String listeners = "OPEN://" + open;
      if (security != null) {
        listeners += ",CLIENTS://" + clients;
        properties.putAll(security.broker());
      }
      properties.setProperty("listeners", listeners + ",CONTROLLER://" + controller);
      properties.putAll(settings);
      Path file = own.resolve("properties");
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
      Files.writeString(
          own.resolve("logging"),
          """
          handlers=java.util.logging.ConsoleHandler
          .level=WARNING
          """);
      processes.add(new BrokerProcess(clients, open, file, arguments, starter));
    }
    return processes;
  }

  /// What all brokers have in common: little memory, few threads, no waiting for what comes later.
  private Properties common(String voters) {
    String replicas = Integer.toString(Math.min(brokers, 3));
    String inSync = Integer.toString(Math.min(brokers, 2));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "controller.quorum.voters", voters,
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "OPEN",
            "listener.security.protocol.map",
                "OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL",
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            // A broker that was killed may begin again only when its session has ended.
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500"));
    properties.putAll(
        Map.of(
            "default.replication.factor", replicas,
            "min.insync.replicas", inSync,
            "offsets.topic.replication.factor", replicas,
            "transaction.state.log.replication.factor", replicas,
            "transaction.state.log.min.isr", inSync,
            "share.coordinator.state.topic.replication.factor", replicas,
            "share.coordinator.state.topic.min.isr", inSync));
    properties.putAll(
        Map.of(
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "num.network.threads", "1",
            "num.io.threads", "2",
            "background.threads", "2",
            "log.cleaner.dedupe.buffer.size", "2097152",
            "log.index.size.max.bytes", "1048576",
            "controller.quorum.election.timeout.ms", "200",
            "controller.quorum.election.backoff.max.ms", "100"));
    return properties;
  }
}

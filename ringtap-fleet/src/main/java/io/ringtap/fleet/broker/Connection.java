package io.ringtap.fleet.broker;

import io.ringtap.fleet.broker.BrokerException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// How to get at a Kafka cluster: it makes clients, each of which its caller closes. Nothing is
/// connected before a client is made. Any thread may use this class.
///
/// What a caller wants of a client comes before what the user's file says, and that before the
/// defaults here.
public final class Connection {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[^\\]]+\\]|[^\\[\\]:,\\s]+):\\d{1,5}");
  private static final int CHECK_MILLIS = 10_000;

  /// After this time without an answer it is looked at why; a client would only wait.
  private static final long TLS_MILLIS = 2_000;

  /// The probing goes on without a broker, so it should be soon there again for whoever waits.
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "", // no JMX
          CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false",
          CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000",
          CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "3000",
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "10000",
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");

  private static final Map<String, Object> PRODUCER_DEFAULTS =
      Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd", ProducerConfig.LINGER_MS_CONFIG, "20");

  private final List<String> bootstrap;
  private final ClientFile file;

  private Connection(List<String> bootstrap, ClientFile file) {
    this.bootstrap = bootstrap;
    this.file = file;
  }

  /// Checks what the user has given.
  ///
  /// @param bootstrap brokers, each `HOST:PORT`; if empty, they stand in the file
  /// @param clientFile properties of Kafka's clients; null for none
  /// @throws BrokerException of the kind CONFIGURATION
  public static Connection of(List<String> bootstrap, @Nullable Path clientFile)
      throws BrokerException {
    ClientFile file = clientFile == null ? ClientFile.empty() : ClientFile.read(clientFile);
    List<String> brokers = bootstrap;
    if (brokers.isEmpty()) {
      String own = file.values().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
      if (own == null) {
        throw new BrokerException(
            Kind.CONFIGURATION, "which Kafka cluster? Name a broker with --bootstrap HOST:PORT");
      }
      brokers = Pattern.compile("\\s*,\\s*").splitAsStream(own).toList();
    }
    for (String broker : brokers) {
      if (!ADDRESS.matcher(broker).matches()) {
        throw new BrokerException(
            Kind.CONFIGURATION, "'%s' is not a broker: write HOST:PORT".formatted(broker));
      }
    }
    return new Connection(List.copyOf(brokers), file);
  }

  /// The brokers to begin with, each `HOST:PORT`.
  public List<String> bootstrap() {
    return bootstrap;
  }

  /// Makes a client that asks for and changes what is in the cluster.
  ///
  /// @throws BrokerException if the properties are wrong, or no name of a broker is found
  public Admin admin() throws BrokerException {
    return client(Map.of(), Admin::create);
  }

  /// Makes a client that writes.
  ///
  /// @param own its properties
  /// @throws BrokerException if the properties are wrong, or no name of a broker is found
  public Producer<byte[], byte[]> producer(Map<String, ?> own) throws BrokerException {
    Map<String, Object> merged = new HashMap<>(PRODUCER_DEFAULTS);
    merged.keySet().removeAll(file.values().keySet());
    merged.putAll(own);
    return client(
        merged,
        properties ->
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /// Makes a client that reads.
  ///
  /// @param own its properties
  /// @throws BrokerException if the properties are wrong, or no name of a broker is found
  public Consumer<byte[], byte[]> consumer(Map<String, ?> own) throws BrokerException {
    return client(
        own,
        properties ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /// Makes a client of any kind.
  ///
  /// @param own its properties
  /// @param maker makes it of all properties
  /// @throws BrokerException if the properties are wrong, or no name of a broker is found
  public <T> T client(Map<String, ?> own, Function<Map<String, Object>, T> maker)
      throws BrokerException {
    Map<String, Object> properties = new HashMap<>(DEFAULTS);
    properties.putAll(file.values());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", bootstrap));
    properties.putAll(own);
    try {
      return maker.apply(properties);
    } catch (KafkaException | IllegalArgumentException e) {
      throw Explanation.ofClient(e, bootstrap, file);
    }
  }

  /// Finds out whether the cluster answers, for ten seconds at most. It takes no ACL.
  ///
  /// @throws BrokerException if it does not, with the reason as far as it can be found out
  public void check() throws BrokerException, InterruptedException {
    Reachability.checkAddresses(bootstrap);
    Admin admin = admin();
    try {
      KafkaFuture<Collection<Node>> nodes =
          admin.describeCluster(new DescribeClusterOptions().timeoutMs(CHECK_MILLIS)).nodes();
      try {
        Collection<Node> _ = nodes.get(TLS_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Reachability.checkTls(bootstrap, file);
      } catch (ExecutionException e) {
        // It is thrown again below.
      }
      Reachability.check(await(nodes, AclOperation.DESCRIBE, ""));
    } finally {
      admin.close(Duration.ZERO); // else it would wait for an answer
    }
  }

  /// Waits for what a client has been asked for.
  ///
  /// @param operation what the ACL has to allow if one is missing
  /// @param topic what it is about; empty if not about one topic
  /// @throws BrokerException if it fails
  public <T> T await(KafkaFuture<T> future, AclOperation operation, String topic)
      throws BrokerException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw explain(e, operation, topic);
    }
  }

  /// Says in words what a client has failed with. This may take a few seconds where no broker
  /// answers.
  ///
  /// @param operation what the ACL has to allow if one is missing
  /// @param topic what it was about; empty if not about one topic
  public BrokerException explain(Throwable failure, AclOperation operation, String topic) {
    return new Explanation(bootstrap, file, operation, topic).of(failure);
  }
}

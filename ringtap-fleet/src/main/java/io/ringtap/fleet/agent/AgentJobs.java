package io.ringtap.fleet.agent;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.work.JobPolicy;
import io.ringtap.fleet.job.work.JobRunner;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The jobs that an agent does beside its probing, with clients of its own: what they wait for
/// holds nothing else up.
final class AgentJobs implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.agent");
  private static final Map<String, ?> READING =
      Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "ringtap-jobs");
  private static final Map<String, ?> WRITING =
      Map.of(
          ProducerConfig.CLIENT_ID_CONFIG,
          "ringtap-job-results",
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          "2000",
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          Integer.toString(8 << 20));
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> orders;
  private final Producer<byte[], byte[]> results;
  private final JobRunner runner;

  private AgentJobs(
      AgentSetup setup,
      long run,
      Consumer<byte[], byte[]> orders,
      Producer<byte[], byte[]> results) {
    this.orders = orders;
    this.results = results;
    runner =
        JobRunner.start(
            new Worker(setup.site(), setup.name(), run),
            JobPolicy.of(setup.allowed().ranges(), setup.jobRate()),
            setup.topics(),
            new JobRunner.Clients(orders, results),
            line -> LOG.log(Level.INFO, line));
  }

  /// Begins to listen.
  ///
  /// @throws BrokerException if the client's properties are wrong
  static AgentJobs start(AgentSetup setup, long run) throws BrokerException {
    Consumer<byte[], byte[]> orders = setup.connection().consumer(READING);
    try {
      return new AgentJobs(setup, run, orders, setup.connection().producer(WRITING));
    } catch (BrokerException e) {
      orders.close();
      throw e;
    }
  }

  /// Stops what is being done; callers give it to others.
  @Override
  public void close() {
    runner.close();
    results.close(CLOSING);
    orders.close();
  }
}

package io.ringtap.cli.fleet;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which Kafka cluster, and how to get at it. Nothing in its fields is of the fleet's module.
public final class KafkaArguments {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Brokers of the Kafka cluster to begin with, separated by commas.")
  List<String> bootstrap = List.of();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's clients, such as TLS, SASL and passwords, in Kafka's own form.")
  @Nullable Path clientConfig;

  @Option(
      names = "--topics",
      paramLabel = "PREFIX",
      description = "What the names of the fleet's topics begin with. Default: ringtap.")
  String prefix = "ringtap";

  /// None given.
  public KafkaArguments() {}

  /// Whether there is any of them that says which cluster.
  public boolean areGiven() {
    return !bootstrap.isEmpty() || clientConfig != null;
  }
}

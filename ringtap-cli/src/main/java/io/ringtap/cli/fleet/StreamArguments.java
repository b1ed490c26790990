package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whether a command writes what it finds to Kafka, and as whom. Nothing in its fields is of the
/// fleet's module.
public final class StreamArguments {
  @Option(
      names = "--to",
      paramLabel = "kafka",
      description = "Write to a topic of a Kafka cluster, and not here ('ringtap fleet').")
  private @Nullable String to;

  @Option(
      names = "--site",
      paramLabel = "NAME",
      description = "Where this machine is, such as fra1; stands in each record.")
  @Nullable String site;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Who writes, beside the site; stands in each record. Default: the name of this machine.")
  @Nullable String name;

  @Mixin private KafkaArguments kafka = new KafkaArguments();

  /// None given.
  public StreamArguments() {}

  /// Whether it goes to Kafka.
  ///
  /// @throws BadArgument if not, and something is said of Kafka; or if something of it is missing
  public boolean isAsked() throws BadArgument {
    if (to == null) {
      if (site != null || name != null || kafka.areGiven()) {
        throw new BadArgument("--site, --name, --bootstrap and --client-config are for --to kafka");
      }
      return false;
    }
    if (!to.equals("kafka")) {
      throw new BadArgument("--to takes kafka, not '" + to + "'");
    }
    if (!kafka.areGiven()) {
      throw new BadArgument("--to kafka needs --bootstrap HOST:PORT, or a --client-config with it");
    }
    if (site == null) {
      throw new BadArgument("--to kafka needs --site, which says where this machine is");
    }
    return true;
  }

  /// The cluster, and how to get at it.
  public KafkaArguments kafka() {
    return kafka;
  }
}

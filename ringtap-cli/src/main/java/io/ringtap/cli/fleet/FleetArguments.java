package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whether the agents of a fleet are to do what a command does, and which. Nothing in its fields is
/// of the fleet's module.
public final class FleetArguments {
  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  @Option(
      names = "--fleet",
      description = "Have the agents of a fleet do it, and not this machine ('ringtap fleet').")
  private boolean isAsked;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      split = ",",
      description = "Only agents at these sites, separated by commas. Default: all.")
  private List<String> sites = List.of();

  @Mixin private KafkaArguments kafka = new KafkaArguments();

  /// None given.
  public FleetArguments() {}

  /// Whether agents are to do it.
  ///
  /// @throws BadArgument if not, and something is said of them
  public boolean isAsked() throws BadArgument {
    boolean isSaid = !sites.isEmpty() || !kafka.bootstrap.isEmpty() || kafka.clientConfig != null;
    if (isSaid && !isAsked) {
      throw new BadArgument("--site, --bootstrap and --client-config are for --fleet");
    }
    return isAsked;
  }

  /// The sites that are meant; empty for all.
  public List<String> sites() throws BadArgument {
    for (String site : sites) {
      if (!SITE.matcher(site).matches()) {
        throw new BadArgument("--site: '" + site + "' is no name of a site");
      }
    }
    return List.copyOf(sites);
  }

  /// The cluster, and how to get at it.
  public KafkaArguments kafka() {
    return kafka;
  }
}

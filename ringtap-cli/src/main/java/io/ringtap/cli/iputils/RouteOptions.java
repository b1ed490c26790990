package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options about the way that probes take.
final class RouteOptions {
  @Option(names = "-4", description = "IPv4 only.")
  boolean isIpv4;

  @Option(names = "-6", description = "IPv6 only.")
  boolean isIpv6;

  @Option(
      names = "-I",
      paramLabel = "INTERFACE|ADDRESS",
      description = "Send through an interface, or from an address; given twice, both.")
  private List<String> origins = List.of();

  @Option(names = "-B", description = "Keep the source address of the first probe.")
  private boolean isSticky;

  @Option(names = "-b", description = "Allow a broadcast address.")
  boolean isBroadcast;

  @Option(names = "-C", description = "No effect: there is no socket of the destination's own.")
  boolean isConnected;

  private @Nullable IpAddress source;
  private @Nullable String device;

  /// Reads the values.
  void check() throws BadArgument {
    if (isIpv4 && isIpv6) {
      throw new BadArgument("only one -4 or -6 option may be specified");
    }
    for (String text : origins) {
      int percent = text.indexOf('%');
      boolean isAddress = text.indexOf(':') >= 0;
      try {
        source = IpAddress.parse(isAddress && percent >= 0 ? text.substring(0, percent) : text);
        device = isAddress && percent >= 0 ? text.substring(percent + 1) : device;
      } catch (IllegalArgumentException e) {
        if (isAddress) {
          throw new BadArgument("invalid source address: " + text);
        }
        device = text;
      }
    }
  }

  Destination.Family family() {
    IpAddress from = source;
    if (isIpv4 || (from != null && !from.isIpv6() && !isIpv6)) {
      return Destination.Family.IPV4;
    }
    return isIpv6 || from != null ? Destination.Family.IPV6 : Destination.Family.ANY;
  }

  /// The address to send from; null leaves the choice to routing.
  @Nullable IpAddress source() {
    return source;
  }

  /// The interface to send through; null leaves the choice to routing.
  @Nullable String device() {
    return device;
  }

  /// Whether the source address does not change with the routes.
  boolean isSourceFixed() {
    return isSticky || source != null;
  }
}

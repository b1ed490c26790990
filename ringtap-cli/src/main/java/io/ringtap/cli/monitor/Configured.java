package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.monitor.MetricsForm;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ConfigFile;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.packet.IpAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the arguments, and a configuration that they name, come to.
///
/// @param targets as they were named
/// @param file of the configuration; null if there are targets instead
/// @param isOfFleet whether the targets come from a fleet's topics
record Configured(
    List<String> targets,
    @Nullable Path file,
    boolean isOfFleet,
    ProbeArguments probes,
    ServiceArguments service) {
  /// The configuration.
  ///
  /// @param mistakes takes a line for each mistake in the file
  /// @throws BadArgument if there is one, or if an argument is wrong
  MonitorConfig read(Consumer<String> mistakes) throws BadArgument {
    if (file == null && isOfFleet) {
      return new MonitorConfig(
          List.of(), store(StoreConfig.DEFAULT), DeliveryConfig.NONE, web(WebConfig.DEFAULT));
    }
    if (file == null) {
      probes.check();
      try {
        return MonitorConfig.of(
            targets, settings(), store(StoreConfig.DEFAULT), web(WebConfig.DEFAULT));
      } catch (IllegalArgumentException e) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
    }
    return switch (isOfFleet ? ConfigFile.readForFleet(file) : ConfigFile.read(file)) {
      case ConfigFile.Reading.Valid(MonitorConfig config) -> adapted(config);
      case ConfigFile.Reading.Invalid(var all) -> {
        all.forEach(mistake -> mistakes.accept(mistake.toString()));
        throw new BadArgument(
            "%s has %s".formatted(file, all.size() == 1 ? "a mistake" : all.size() + " mistakes"));
      }
    };
  }

  /// What a configuration says, with what the arguments say before it.
  MonitorConfig adapted(MonitorConfig config) {
    return new MonitorConfig(
        config.groups(), store(config.store()), config.delivery(), web(config.web()));
  }

  /// How metrics are shown.
  MetricsForm metrics() {
    return new MetricsForm(service.metricNames, service.hasClassicBuckets);
  }

  private StoreConfig store(StoreConfig base) {
    return service.folder == null
        ? base
        : new StoreConfig(
            service.folder,
            base.maxBytes(),
            base.raw(),
            base.tenSeconds(),
            base.minutes(),
            base.hours());
  }

  private WebConfig web(WebConfig base) {
    return new WebConfig(
        service.listen == null ? base.listen() : service.listen,
        service.security == null ? base.security() : service.security,
        base.probe(),
        base.modules());
  }

  private ProbeSettings settings() throws BadArgument {
    ProbeSettings base = ProbeSettings.DEFAULT;
    String named = probes.interfaceOrSource;
    boolean isInterface = named != null && isInterface(named);
    return new ProbeSettings(
        probes.interval == null ? base.interval() : probes.interval,
        probes.timeout == null ? base.timeout() : probes.timeout,
        probes.payloadBytes == null ? base.payloadBytes() : probes.payloadBytes,
        probes.trafficClass == null ? base.trafficClass() : probes.trafficClass,
        probes.hopLimit == null ? base.hopLimit() : probes.hopLimit,
        named == null || isInterface ? null : source(named),
        isInterface ? named : null,
        probes.transport == null ? base.transport() : probes.transport,
        family());
  }

  private AddressFamily family() {
    if (probes.isIpv4 && probes.isIpv6) {
      return AddressFamily.BOTH;
    }
    return probes.isIpv4
        ? AddressFamily.IPV4
        : probes.isIpv6 ? AddressFamily.IPV6 : AddressFamily.ANY;
  }

  private static boolean isInterface(String name) {
    try {
      return NetworkInterface.getByName(name) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static String source(String text) throws BadArgument {
    try {
      return IpAddress.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new BadArgument("-I '" + text + "': not an interface, and not an address");
    }
  }
}

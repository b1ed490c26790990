package io.ringtap.monitor.config;

import io.ringtap.packet.IpRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is served.
///
/// @param listen `address:port`; an empty address listens on all
/// @param security the web configuration file of Prometheus' exporters; null has neither TLS nor
///   users
/// @param probe whom `/probe` may be asked to ping; empty turns it off
/// @param modules how `/probe` pings, by the name of the module
public record WebConfig(
    String listen, @Nullable Path security, List<IpRange> probe, Map<String, ProbeModule> modules) {
  /// On the loopback interface only, without `/probe`.
  public static final WebConfig DEFAULT =
      new WebConfig("127.0.0.1:9427", null, List.of(), Map.of());

  /// How `/probe` pings.
  ///
  /// @param settings as of a group; the interval is that between the packets of one request
  /// @param packets how many one request sends, 1 to 100
  /// @param timeout how long one request may take at most
  public record ProbeModule(ProbeSettings settings, int packets, Duration timeout) {
    /// Three packets, 200 ms apart, within five seconds.
    public static final ProbeModule DEFAULT =
        new ProbeModule(
            ProbeSettings.DEFAULT.withInterval(Duration.ofMillis(200)), 3, Duration.ofSeconds(5));
  }
}

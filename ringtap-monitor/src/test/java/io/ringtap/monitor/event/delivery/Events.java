package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Events and configurations for tests.
final class Events {
  private static final long SECOND = 1_000_000_000;

  private Events() {}

  static Target target(int id) {
    TargetKey key = new TargetKey("office", "10.0.0." + id, AddressFamily.ANY);
    Map<String, String> labels = Map.of("site.name", "north");
    return new Target(id, key, "router " + id, labels, ProbeSettings.DEFAULT);
  }

  /// A target goes down.
  ///
  /// @param sinceSeconds since the epoch
  static Event down(int id, long sinceSeconds) {
    long since = sinceSeconds * SECOND;
    return new Event(target(id), EventKind.DOWN, true, since, since + SECOND, "no reply");
  }

  /// It is up again.
  static Event up(Event down, long epochSeconds) {
    return new Event(
        down.target(), down.kind(), false, down.sinceNanos(), epochSeconds * SECOND, "replies");
  }

  static DeliveryConfig webhook(URI uri) {
    return new DeliveryConfig(List.of(), List.of(uri), List.of(), Duration.ofMinutes(1), List.of());
  }

  static DeliveryConfig alertmanagers(Duration repeat, URI... uris) {
    return new DeliveryConfig(List.of(uris), List.of(), List.of(), repeat, List.of());
  }

  static DeliveryConfig command(String... words) {
    return new DeliveryConfig(
        List.of(), List.of(), List.of(List.of(words)), Duration.ofMinutes(1), List.of());
  }

  static DeliveryConfig with(DeliveryConfig config, DeliveryConfig.Maintenance... maintenance) {
    return new DeliveryConfig(
        config.alertmanagers(),
        config.webhooks(),
        config.commands(),
        config.repeat(),
        List.of(maintenance));
  }
}

package io.ringtap.monitor.config;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Who hears of events.
///
/// @param alertmanagers base addresses of Alertmanagers, such as `http://127.0.0.1:9093`
/// @param webhooks addresses to which each event is posted as JSON
/// @param commands each run once an event, with its words as they stand, the event in the
///   environment and as JSON on standard input
/// @param repeat how often a state that goes on is sent to Alertmanager again
/// @param maintenance when nothing is delivered, and of whom
public record DeliveryConfig(
    List<URI> alertmanagers,
    List<URI> webhooks,
    List<List<String>> commands,
    Duration repeat,
    List<Maintenance> maintenance) {
  /// Nobody hears of anything.
  public static final DeliveryConfig NONE =
      new DeliveryConfig(List.of(), List.of(), List.of(), Duration.ofMinutes(1), List.of());

  /// A time in which events are recorded as ever and not delivered.
  ///
  /// @param from when it begins
  /// @param to when it ends; a state that goes on then is delivered then
  /// @param labels all of which a target must have; `group` and `host` stand for those. Empty means
  ///   all targets
  public record Maintenance(Instant from, Instant to, Map<String, String> labels) {}
}

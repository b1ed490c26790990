package io.ringtap.monitor;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.collect.SiteCounts;
import io.ringtap.monitor.event.delivery.DeliveryStatus;
import io.ringtap.monitor.event.delivery.EventDelivery;
import io.ringtap.monitor.metrics.Figures;
import io.ringtap.monitor.probe.Prober;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.store.StoreStatus;
import io.ringtap.monitor.target.Inventory;
import io.ringtap.ping.PingerCounters;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What the parts of the monitor say of their own health, as metrics.
final class Health {
  private final Figures metrics;

  Health(Figures metrics) {
    this.metrics = metrics;
  }

  void add(Collector collector) {
    metrics.counter(
        "ringtap_outcomes_missed_total",
        "Outcomes that the monitor was too slow to count. They are in no other count.",
        collector::missed);
    metrics.counter(
        "ringtap_listener_failures_total",
        "Errors in parts of the monitor that hear of outcomes.",
        collector::listenerFailures);
  }

  void add(SiteCounts counts) {
    metrics.counter(
        "ringtap_listener_failures_total",
        "Errors in parts of the monitor that hear of windows.",
        counts::listenerFailures);
  }

  void add(Prober prober) {
    pinger(
        prober,
        "ringtap_pinger_answers_dropped_total",
        "Answers for which sockets had no room.",
        PingerCounters::answersDropped);
    pinger(
        prober,
        "ringtap_pinger_foreign_total",
        "Packets that answer no probe of this process.",
        PingerCounters::foreign);
  }

  private void pinger(
      Prober prober, String name, String help, ToLongFunction<PingerCounters> counter) {
    metrics.counter(name, help, () -> prober.counters().stream().mapToLong(counter).sum());
  }

  void add(Inventory inventory) {
    metrics.counter(
        "ringtap_source_failures_total",
        "How often a list of targets could not be read.",
        inventory::failures);
  }

  void add(Store store) {
    store(store, "size_bytes", "What the history takes up.", true, StoreStatus::bytes);
    store(store, "windows_total", "Windows kept.", false, StoreStatus::windowsWritten);
    store(store, "windows_lost_total", "Windows not kept.", false, StoreStatus::windowsLost);
    store(store, "probes_total", "Single outcomes kept.", false, StoreStatus::probesWritten);
    store(store, "probes_lost_total", "Single outcomes not kept.", false, StoreStatus::probesLost);
    store(store, "damaged_blocks_total", "Parts not legible.", false, StoreStatus::damagedBlocks);
    store(store, "up", "0 while it cannot be written.", true, it -> it.trouble() == null ? 1 : 0);
  }

  private void store(
      Store store, String name, String help, boolean isGauge, ToLongFunction<StoreStatus> figure) {
    if (isGauge) {
      metrics.gauge("ringtap_store_" + name, help, () -> figure.applyAsLong(store.status()));
    } else {
      metrics.counter("ringtap_store_" + name, help, () -> figure.applyAsLong(store.status()));
    }
  }

  void add(EventDelivery delivery) {
    deliveries(delivery, "queued_total", "Events to be delivered.", DeliveryStatus::queued);
    deliveries(delivery, "delivered_total", "Events delivered.", DeliveryStatus::delivered);
    deliveries(delivery, "refused_total", "Events not taken.", DeliveryStatus::refused);
    deliveries(delivery, "dropped_total", "Events given up.", DeliveryStatus::dropped);
  }

  private void deliveries(
      EventDelivery delivery, String name, String help, ToLongFunction<DeliveryStatus> figure) {
    metrics.counter(
        "ringtap_deliveries_" + name,
        help,
        () -> delivery.status().stream().mapToLong(figure).sum());
  }

  void addReloads(Supplier<ReloadStatus> status) {
    metrics.counter(
        "ringtap_config_reloads_total",
        "How often the configuration was read again and taken.",
        () -> status.get().reloads());
    metrics.counter(
        "ringtap_config_reload_failures_total",
        "How often it could not be taken.",
        () -> status.get().failures());
    metrics.gauge(
        "ringtap_config_last_reload_successful",
        "Whether the configuration that was read last is in force.",
        () -> status.get().isOk() ? 1 : 0);
  }
}

package io.ringtap.cli.top;

import io.ringtap.top.Interval;
import io.ringtap.top.KeyKind;
import io.ringtap.top.Order;
import io.ringtap.top.TrafficKey;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// The fields of an interval and of its rows in JSON.
final class IntervalJson {
  private final JsonGenerator json;

  IntervalJson(JsonGenerator json) {
    this.json = json;
  }

  void interval(Interval interval) {
    json.writeNumberProperty("ts_ns", interval.epochNanos());
    json.writeNumberProperty("duration_ns", interval.durationNanos());
    json.writeNumberProperty("packets", interval.packets());
    json.writeNumberProperty("bytes", interval.bytes());
    rates(interval.packetsPerSecond(), interval.bitsPerSecond());
    json.writeNumberProperty("not_ip_packets", interval.notIp());
    json.writeNumberProperty("dropped_by_kernel", interval.droppedByKernel());
    json.writeNumberProperty("dropped_by_interface", interval.droppedByInterface());
    json.writeStringProperty("by", interval.by().word());
    json.writeStringProperty("order", interval.order().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("keys", interval.keys());
    json.writeNumberProperty("uncounted_packets", interval.uncounted());
    missed(interval, interval.bound());
  }

  void row(Interval interval, Interval.Row row) {
    key(row.key());
    json.writeNumberProperty("packets", row.packets());
    json.writeNumberProperty("bytes", row.bytes());
    rates(row.packetsPerSecond(), row.bitsPerSecond());
    json.writeNumberProperty("share", row.share());
    missed(interval, row.missed());
  }

  private void rates(double packetsPerSecond, double bitsPerSecond) {
    json.writeNumberProperty("packets_per_second", packetsPerSecond);
    json.writeNumberProperty("bits_per_second", bitsPerSecond);
  }

  private void missed(Interval interval, long most) {
    String name = interval.order() == Order.BITS ? "missed_bytes_max" : "missed_packets_max";
    json.writeNumberProperty(name, most);
  }

  private void key(TrafficKey key) {
    switch (key.kind()) {
      case SOURCE -> json.writeStringProperty("source", key.address().toString());
      case DESTINATION -> json.writeStringProperty("destination", key.address().toString());
      case PAIR -> pair(key);
      case FLOW -> {
        pair(key);
        json.writeStringProperty("protocol", key.protocol());
        if (key.hasPorts()) {
          json.writeNumberProperty("source_port", key.sourcePort());
          json.writeNumberProperty("destination_port", key.destinationPort());
        }
      }
      case PORT, SOURCE_PORT, DESTINATION_PORT -> {
        json.writeStringProperty("protocol", key.protocol());
        if (key.hasPorts()) {
          json.writeNumberProperty(portName(key.kind()), key.port());
        }
      }
      case PROTOCOL -> json.writeStringProperty("protocol", key.protocol());
      case VLAN -> {
        if (key.vlan() < 0) {
          json.writeNullProperty("vlan");
        } else {
          json.writeNumberProperty("vlan", key.vlan());
        }
      }
    }
  }

  private void pair(TrafficKey key) {
    json.writeStringProperty("source", key.address().toString());
    json.writeStringProperty("destination", key.destination().toString());
  }

  private static String portName(KeyKind kind) {
    return kind.word().replace('-', '_');
  }
}

package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import tools.jackson.core.JsonGenerator;

/// An object a line for each interface, queue and CPU at each tick (NDJSON): what was counted since
/// the last tick, and the rates that it comes to.
final class JsonView implements PpsView {
  private final JsonGenerator json;

  JsonView(Output out) {
    this.json = JsonLines.generator(out);
  }

  @Override
  public void onTick(Tick tick) {
    for (Tick.Change change : tick.changes()) {
      change(tick, change);
    }
    for (Tick.Flow flow : tick.flows()) {
      flow(tick, flow);
      for (QueueCounters queue : flow.queues()) {
        queue(tick, flow, queue);
      }
    }
    for (SoftnetCounters cpu : tick.cpus()) {
      cpu(tick, cpu);
    }
  }

  private void change(Tick tick, Tick.Change change) {
    switch (change) {
      case Tick.Change.Appeared _ -> JsonLines.begin(json, "appeared");
      case Tick.Change.Vanished _ -> JsonLines.begin(json, "vanished");
      case Tick.Change.Renamed renamed -> {
        JsonLines.begin(json, "renamed");
        json.writeStringProperty("old", renamed.old());
      }
    }
    json.writeStringProperty("interface", change.name());
    json.writeNumberProperty("index", change.index());
    json.writeNumberProperty("ts_ns", tick.epochNanos());
    JsonLines.end(json);
  }

  private void flow(Tick tick, Tick.Flow flow) {
    InterfaceCounters counted = flow.counted();
    begin("interface", tick);
    json.writeStringProperty("interface", flow.name());
    json.writeNumberProperty("index", flow.index());
    json.writeNumberProperty("rx_packets", counted.rxPackets());
    json.writeNumberProperty("rx_bytes", counted.rxBytes());
    json.writeNumberProperty("rx_dropped", counted.rxDropped());
    json.writeNumberProperty("rx_missed", counted.rxMissedErrors());
    json.writeNumberProperty("rx_errors", counted.rxErrors());
    json.writeNumberProperty("rx_fifo_errors", counted.rxFifoErrors());
    json.writeNumberProperty("rx_over_errors", counted.rxOverErrors());
    json.writeNumberProperty("rx_crc_errors", counted.rxCrcErrors());
    json.writeNumberProperty("rx_nohandler", counted.rxNohandler());
    json.writeNumberProperty("tx_packets", counted.txPackets());
    json.writeNumberProperty("tx_bytes", counted.txBytes());
    json.writeNumberProperty("tx_dropped", counted.txDropped());
    json.writeNumberProperty("tx_errors", counted.txErrors());
    rates(tick, "rx", counted.rxPackets(), counted.rxBytes());
    rates(tick, "tx", counted.txPackets(), counted.txBytes());
    JsonLines.end(json);
  }

  private void queue(Tick tick, Tick.Flow flow, QueueCounters queue) {
    String direction = queue.isReceive() ? "rx" : "tx";
    begin("queue", tick);
    json.writeStringProperty("interface", flow.name());
    json.writeNumberProperty("index", flow.index());
    json.writeStringProperty("queue", direction + "-" + queue.queue());
    known("packets", queue.packets());
    known("bytes", queue.bytes());
    known("dropped", queue.drops());
    JsonLines.end(json);
  }

  private void cpu(Tick tick, SoftnetCounters cpu) {
    begin("cpu", tick);
    json.writeNumberProperty("cpu", cpu.cpu());
    json.writeNumberProperty("processed", cpu.processed());
    json.writeNumberProperty("dropped", cpu.dropped());
    json.writeNumberProperty("time_squeezed", cpu.timeSqueezed());
    json.writeNumberProperty("steered", cpu.steered());
    json.writeNumberProperty("packets_per_s", tick.perSecond(cpu.processed()));
    JsonLines.end(json);
  }

  private void begin(String type, Tick tick) {
    JsonLines.begin(json, type);
    json.writeNumberProperty("ts_ns", tick.epochNanos());
    json.writeNumberProperty("elapsed_ns", tick.elapsedNanos());
  }

  private void rates(Tick tick, String direction, long packets, long bytes) {
    json.writeNumberProperty(direction + "_packets_per_s", tick.perSecond(packets));
    json.writeNumberProperty(direction + "_bits_per_s", tick.bitsPerSecond(bytes));
  }

  private void known(String name, long value) {
    if (value < 0) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }
}

package io.ringtap.cli.interfaces;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.Link;
import io.ringtap.packet.IpAddress;
import tools.jackson.core.JsonGenerator;

/// Writes interfaces as NDJSON, an object each. What is not known is null.
final class InterfaceJson {
  private final JsonGenerator json;

  InterfaceJson(Output out) {
    json = JsonLines.generator(out);
  }

  void write(InterfaceReport report) {
    Link link = report.link();
    JsonLines.begin(json, "interface");
    json.writeNumberProperty("index", link.index());
    json.writeStringProperty("name", link.name());
    json.writeBooleanProperty("up", link.isUp());
    json.writeBooleanProperty("running", link.isRunning());
    json.writeBooleanProperty("loopback", link.isLoopback());
    json.writeBooleanProperty("promiscuous", link.isPromiscuous());
    json.writeStringProperty("operational_state", link.operationalState().word());
    json.writeNumberProperty("hardware_type", link.hardwareType());
    json.writeStringProperty("link_type", report.linkType().word());
    json.writeNumberProperty("link_type_number", report.linkType().number());
    json.writeNumberProperty("mtu_bytes", link.mtu());
    text("mac", link.hardwareAddress());
    text("kind", link.kind());
    index("master", link.master());
    index("peer", link.peer());
    json.writeBooleanProperty("peer_elsewhere", link.isPeerElsewhere());
    json.writeName("addresses").writeStartArray();
    for (InterfaceAddress address : report.addresses()) {
      json.writeStartObject();
      json.writeStringProperty("address", IpAddress.of(address.address()).toString());
      json.writeNumberProperty("prefix_length", address.prefixLength());
      json.writeEndObject();
    }
    json.writeEndArray();
    driver(report);
    queues(report);
    offloads(report);
    stamps(report);
    JsonLines.end(json);
  }

  private void driver(InterfaceReport report) {
    if (report.driver().isEmpty()) {
      json.writeNullProperty("driver");
      return;
    }
    json.writeName("driver").writeStartObject();
    json.writeStringProperty("name", report.driver().get().name());
    text("version", report.driver().get().version());
    text("firmware", report.driver().get().firmware());
    text("bus", report.driver().get().bus());
    json.writeEndObject();
  }

  private void queues(InterfaceReport report) {
    json.writeNumberProperty("rx_queues", report.receiving());
    json.writeNumberProperty("tx_queues", report.transmitting());
    if (report.rings().isEmpty()) {
      json.writeNullProperty("rings");
      return;
    }
    json.writeName("rings").writeStartObject();
    json.writeNumberProperty("rx_packets", report.rings().get().rx());
    json.writeNumberProperty("tx_packets", report.rings().get().tx());
    json.writeNumberProperty("max_rx_packets", report.rings().get().maxRx());
    json.writeNumberProperty("max_tx_packets", report.rings().get().maxTx());
    json.writeEndObject();
  }

  private void offloads(InterfaceReport report) {
    if (report.offloads().isEmpty()) {
      json.writeNullProperty("offloads");
      return;
    }
    var offloads = report.offloads().get();
    json.writeName("offloads").writeStartObject();
    json.writeBooleanProperty("gro", offloads.isGro());
    json.writeBooleanProperty("gro_hw", offloads.isHardwareGro());
    json.writeBooleanProperty("lro", offloads.isLro());
    json.writeBooleanProperty("gso", offloads.isGso());
    json.writeBooleanProperty("tso", offloads.isTso());
    json.writeBooleanProperty("rx_vlan", offloads.isVlanStripped());
    json.writeBooleanProperty("tx_checksum", offloads.isTransmitChecksum());
    json.writeEndObject();
  }

  private void stamps(InterfaceReport report) {
    if (report.stamps().isEmpty()) {
      json.writeNullProperty("time_stamps");
      return;
    }
    var stamps = report.stamps().get();
    json.writeName("time_stamps").writeStartObject();
    json.writeBooleanProperty("rx_software", stamps.isSoftwareReceive());
    json.writeBooleanProperty("rx_hardware", stamps.isHardwareReceive());
    json.writeBooleanProperty("tx_software", stamps.isSoftwareTransmit());
    json.writeBooleanProperty("tx_hardware", stamps.isHardwareTransmit());
    json.writeEndObject();
  }

  private void text(String name, String value) {
    if (value.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }

  private void index(String name, int index) {
    if (index == 0) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, index);
    }
  }
}

package io.ringtap.cli.interfaces;

import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.EthtoolSocket.Channels;
import io.ringtap.device.EthtoolSocket.Driver;
import io.ringtap.device.EthtoolSocket.RingSizes;
import io.ringtap.device.EthtoolSocket.TimeStamping;
import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.Link;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.Offloads;
import io.ringtap.packet.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that the command shows of one interface.
record InterfaceReport(
    Link link,
    List<InterfaceAddress> addresses,
    Optional<Driver> driver,
    Optional<Channels> channels,
    Optional<RingSizes> rings,
    Optional<Offloads> offloads,
    Optional<TimeStamping> stamps) {
  static InterfaceReport of(NetworkInterface reported, EthtoolSocket ethtool) {
    String name = reported.name();
    return new InterfaceReport(
        reported.link(),
        reported.addresses(),
        ethtool.driver(name),
        ethtool.channels(name),
        ethtool.rings(name),
        ethtool.offloads(name),
        ethtool.timeStamping(name));
  }

  /// What a frame of a capture begins with.
  LinkType linkType() {
    return link.linkType();
  }

  /// Receive queues in use, or those that the interface was made with.
  int receiving() {
    return channels.map(Channels::receiving).filter(queues -> queues > 0).orElse(link.rxQueues());
  }

  /// Transmit queues in use, or those that the interface was made with.
  int transmitting() {
    return channels
        .map(Channels::transmitting)
        .filter(queues -> queues > 0)
        .orElse(link.txQueues());
  }

  /// What makes a capture show other frames than the wire carried, and how to end it; empty if
  /// nothing does.
  String distortions() {
    List<String> effects = new ArrayList<>();
    List<String> features = new ArrayList<>();
    offloads.ifPresent(in -> {
      List<String> joining = new ArrayList<>();
      add(joining, in.isGro(), "gro");
      add(joining, in.isHardwareGro(), "rx-gro-hw");
      add(joining, in.isLro(), "lro");
      List<String> cutting = new ArrayList<>();
      add(cutting, in.isTso(), "tso");
      add(cutting, in.isGso(), "gso");
      List<String> checksums = new ArrayList<>();
      add(checksums, in.isTransmitChecksum(), "tx");
      effect(effects, "joined", joining);
      effect(effects, "not yet cut", cutting);
      effect(effects, "without their checksums", checksums);
      features.addAll(joining);
      features.addAll(cutting);
      features.addAll(checksums);
    });
    return effects.isEmpty()
        ? ""
        : "frames may be shown "
            + String.join(", ", effects)
            + ": ethtool -K "
            + link.name()
            + " "
            + String.join(" off ", features)
            + " off";
  }

  private static void add(List<String> features, boolean isActive, String feature) {
    if (isActive) {
      features.add(feature);
    }
  }

  private static void effect(List<String> effects, String effect, List<String> features) {
    if (!features.isEmpty()) {
      effects.add(effect + " (" + String.join(", ", features) + ")");
    }
  }
}

package io.ringtap.device;

import io.ringtap.packet.LinkType;
import java.util.List;

/// A network interface with its addresses, at the moment when the kernel was asked.
///
/// @param link MTU, flags, hardware address and so on
/// @param addresses its own addresses, IPv4 before IPv6; empty if it has none
public record NetworkInterface(Link link, List<InterfaceAddress> addresses) {
  /// Copies the list.
  public NetworkInterface {
    addresses = List.copyOf(addresses);
  }

  /// Its number in its namespace, which it keeps until it vanishes.
  public int index() {
    return link.index();
  }

  /// Its name, which may change.
  public String name() {
    return link.name();
  }

  /// Whether that is its name, or one of its alternative names.
  public boolean isCalled(String name) {
    return link.name().equals(name) || link.alternativeNames().contains(name);
  }

  /// The link type of frames captured on it.
  public LinkType linkType() {
    return link.linkType();
  }

  /// Whether it carries packets.
  public OperationalState state() {
    return link.operationalState();
  }

  /// Whether it has been set up (`IFF_UP`).
  public boolean isUp() {
    return link.isUp();
  }

  /// Whether it is a loopback interface, on which a capture sees each packet twice.
  public boolean isLoopback() {
    return link.isLoopback();
  }
}

package io.ringtap.capture;

import io.ringtap.device.Link;
import io.ringtap.packet.LinkType;

/// An interface that is being captured on.
///
/// @param name its name when the capture was opened, or [CaptureOptions#ANY]
/// @param index its number in the kernel, which it keeps when it is renamed; 0 for all
/// @param linkType what its frames begin with
/// @param wasUp whether it was up when the capture was opened. Where it was not, packets come as
///   soon as it is
public record CaptureInterface(String name, int index, LinkType linkType, boolean wasUp) {
  /// What frames begin with when they are captured on `link`. Where it is neither Ethernet nor bare
  /// IP the kernel's own idea of the packet is taken, for the beginning may be of any kind.
  public static LinkType linkTypeOf(Link link) {
    return switch (link.hardwareType()) {
      case Link.ETHER, Link.LOOPBACK -> LinkType.ETHERNET;
      case Link.NONE -> LinkType.RAW;
      default -> LinkType.LINUX_SLL2;
    };
  }
}

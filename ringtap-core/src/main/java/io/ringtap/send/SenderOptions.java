package io.ringtap.send;

import org.jspecify.annotations.Nullable;

/// Where and how frames are sent. Immutable; begin with [#on].
///
/// ```java
/// SenderOptions options = SenderOptions.on("eth0").withQdiscBypass(true);
/// ```
///
/// @param interfaceName the interface's name
/// @param bypassesQdisc whether frames bypass the queueing discipline of the interface
/// @param sendBufferBytes the send buffer, which holds frames until the driver has sent them; null
///   for the system's default (`net.core.wmem_default`)
public record SenderOptions(
    String interfaceName, boolean bypassesQdisc, @Nullable Integer sendBufferBytes) {
  private static final int LEAST_SEND_BUFFER = 4096;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message names the option and
  ///   the range
  public SenderOptions {
    if (interfaceName.isEmpty()) {
      throw new IllegalArgumentException("a sender needs the name of an interface");
    }
    if (sendBufferBytes != null && sendBufferBytes < LEAST_SEND_BUFFER) {
      throw new IllegalArgumentException(
          "a send buffer has " + LEAST_SEND_BUFFER + " bytes or more, not " + sendBufferBytes);
    }
  }

  /// Options for sending on the interface `name`, through its queueing discipline.
  public static SenderOptions on(String interfaceName) {
    return new SenderOptions(interfaceName, false, null);
  }

  /// Whether frames go to the driver without the queueing discipline (`PACKET_QDISC_BYPASS` of
  /// `packet(7)`): faster, but `tc` does not shape them, a capture on this machine does not see
  /// them, and a full transmit queue refuses them at once.
  public SenderOptions withQdiscBypass(boolean isWanted) {
    return new SenderOptions(interfaceName, isWanted, sendBufferBytes);
  }

  /// The size of the send buffer in bytes. More than `net.core.wmem_max` needs CAP_NET_ADMIN.
  ///
  /// @throws IllegalArgumentException if it is less than a page
  public SenderOptions withSendBuffer(int bytes) {
    return new SenderOptions(interfaceName, bypassesQdisc, bytes);
  }
}

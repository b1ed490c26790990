package io.ringtap.send;

import org.jspecify.annotations.Nullable;

/// Where frames are sent, and how. Immutable; [#on] begins one.
///
/// ```java
/// SenderOptions options = SenderOptions.on("eth0").withQdiscBypass(true);
/// ```
///
/// @param interfaceName the interface's name
/// @param bypassesQdisc whether frames go to the driver past the queueing discipline
/// @param sendBufferBytes memory of frames that are on their way; null leaves it to the system
///   (`net.core.wmem_default`)
public record SenderOptions(
    String interfaceName, boolean bypassesQdisc, @Nullable Integer sendBufferBytes) {
  private static final int LEAST_SEND_BUFFER = 4096;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the option and what it may be
  public SenderOptions {
    if (interfaceName.isEmpty()) {
      throw new IllegalArgumentException("a sender needs the name of an interface");
    }
    if (sendBufferBytes != null && sendBufferBytes < LEAST_SEND_BUFFER) {
      throw new IllegalArgumentException(
          "a send buffer has " + LEAST_SEND_BUFFER + " bytes or more, not " + sendBufferBytes);
    }
  }

  /// Sends by the interface of that name, through its queueing discipline.
  public static SenderOptions on(String interfaceName) {
    return new SenderOptions(interfaceName, false, null);
  }

  /// Whether frames go to the driver past the queueing discipline (`PACKET_QDISC_BYPASS` of
  /// `packet(7)`): faster, but `tc` does not shape them, a capture on this machine does not see
  /// them, and a full transmit queue refuses them at once.
  public SenderOptions withQdiscBypass(boolean isWanted) {
    return new SenderOptions(interfaceName, isWanted, sendBufferBytes);
  }

  /// The memory of frames that are on their way, in bytes. Beyond `net.core.wmem_max` it takes
  /// CAP_NET_ADMIN.
  ///
  /// @throws IllegalArgumentException if it is less than a page
  public SenderOptions withSendBuffer(int bytes) {
    return new SenderOptions(interfaceName, bypassesQdisc, bytes);
  }
}

package io.ringtap.cli.capture;

import io.ringtap.packet.Frame;
import org.jspecify.annotations.Nullable;

/// Shows packets on standard output. One thread uses it.
interface PacketView {
  /// Shows a packet, which is lent until this returns.
  ///
  /// @param interfaceName where it was captured; null where that is not known
  void show(Frame packet, @Nullable String interfaceName);

  /// Hands over what has gathered, for no further packet may come for long.
  void flush();
}

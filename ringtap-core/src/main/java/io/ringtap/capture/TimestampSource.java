package io.ringtap.capture;

/// Who timestamps packets.
public enum TimestampSource {
  /// The kernel, when it takes the packet from the driver.
  SOFTWARE,

  /// The network card, by its own clock, which agrees with the system clock only if a service such
  /// as `phc2sys(8)` synchronizes them. Packets that the card did not stamp carry the kernel's
  /// stamp ([io.ringtap.packet.Frame#isAdapterStamp]).
  ADAPTER
}

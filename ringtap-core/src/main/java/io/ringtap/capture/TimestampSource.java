package io.ringtap.capture;

/// Who stamps packets.
public enum TimestampSource {
  /// The kernel, when it takes a packet from the driver.
  SOFTWARE,

  /// The network card, by its own clock, which is that of the machine only where something sets it
  /// so. Packets that the card did not stamp carry the kernel's stamp
  /// ([io.ringtap.packet.Frame#isAdapterStamp]).
  ADAPTER
}

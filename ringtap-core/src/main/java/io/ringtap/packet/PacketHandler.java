package io.ringtap.packet;

/// Is shown the packets of one source, on the thread that reads it: a capture thread, or the reader
/// of a savefile.
@FunctionalInterface
public interface PacketHandler {
  /// Sees one packet, which is lent until the call returns.
  void onPacket(Frame packet);

  /// All that the kernel had handed over has been shown and the thread is about to wait; also every
  /// tenth of a second while packets come without a pause.
  ///
  /// @param completeUntil no packet with an earlier stamp will follow on this thread, in
  ///   nanoseconds since the epoch; Long.MAX_VALUE at the end
  default void onDrained(long completeUntil) {}
}

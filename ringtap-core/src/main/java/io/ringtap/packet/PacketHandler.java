package io.ringtap.packet;

/// Receives the packets of one source, on the thread that reads the source: a capture thread, or
/// the thread that reads a savefile.
@FunctionalInterface
public interface PacketHandler {
  /// Called with each packet, which is lent until the call returns.
  void onPacket(Frame packet);

  /// Called when all packets that the kernel had ready have been shown and the thread is about to
  /// wait; also every tenth of a second while packets arrive without a pause.
  ///
  /// @param completeUntil no packet with an earlier stamp will follow on this thread, in
  ///   nanoseconds since the epoch; Long.MAX_VALUE at the end
  default void onDrained(long completeUntil) {}
}

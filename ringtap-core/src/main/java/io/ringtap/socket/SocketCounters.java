package io.ringtap.socket;

/// What a packet socket's kernel side has counted since it was opened.
///
/// @param received packets that the filter passed and that found room
/// @param dropped packets that the filter passed and that found no room
/// @param freezes how often a ring was full and the kernel stopped filling it
public record SocketCounters(long received, long dropped, long freezes) {
  /// Nothing yet.
  public static final SocketCounters NONE = new SocketCounters(0, 0, 0);

  SocketCounters plus(long moreReceived, long moreDropped, long moreFreezes) {
    return new SocketCounters(
        received + moreReceived, dropped + moreDropped, freezes + moreFreezes);
  }

  /// The sum of both.
  public SocketCounters plus(SocketCounters other) {
    return plus(other.received, other.dropped, other.freezes);
  }
}

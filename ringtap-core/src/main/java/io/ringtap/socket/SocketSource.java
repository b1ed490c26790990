package io.ringtap.socket;

import io.ringtap.error.LinuxException;

/// Reads packets from one packet socket, which it owns.
public abstract sealed class SocketSource extends PacketSource permits RingSource, RecvSource {
  private final PacketSocket socket;

  SocketSource(PacketSocket socket) {
    this.socket = socket;
  }

  /// The socket. Any thread may ask for its counters and change its filter.
  public final PacketSocket socket() {
    return socket;
  }

  @Override
  public final int number() {
    return socket.number();
  }

  @Override
  public final void clearError() throws LinuxException {
    socket.clearError();
  }

  @Override
  public final SocketCounters counters() {
    return socket.counters();
  }

  @Override
  public final void shut() throws LinuxException {
    socket.shut();
  }
}

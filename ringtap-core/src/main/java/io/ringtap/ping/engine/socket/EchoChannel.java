package io.ringtap.ping.engine.socket;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.socket.RawSockets;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The raw sockets of one address family: one to receive from, and one to send through, or more if
/// that is without room for long.
final class EchoChannel implements AutoCloseable {
  private static final int BATCH = 128;
  private static final int MOST_SENDERS = 8;

  private final boolean ipv6;
  private final Socket receiver;
  private final List<EchoOutlet> senders = new ArrayList<>(); // the one in use last
  private final SendBatch batch;
  private final SocketReader reader;

  private EchoChannel(
      boolean ipv6, Socket sender, Socket receiver, ProbeIdentity identity, Arena arena)
      throws LinuxException {
    this.ipv6 = ipv6;
    senders.add(new EchoOutlet(sender, ipv6));
    this.receiver = receiver;
    batch = new SendBatch(ipv6, senders.getFirst(), BATCH, identity, arena);
    reader = new SocketReader(receiver, ipv6, true, identity.identifiers(), arena);
  }

  /// Opens both in the network namespace of the calling thread. Nothing is received yet.
  ///
  /// @param filter what is received
  /// @return null if the system does not have IPv6
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  static @Nullable EchoChannel open(
      boolean ipv6, BpfProgram filter, ProbeIdentity identity, Arena arena) throws LinuxException {
    Socket sender = RawSockets.sender(ipv6);
    Socket receiver = null;
    try {
      receiver = sender == null ? null : RawSockets.receiver(ipv6, filter);
      return sender == null || receiver == null
          ? null
          : new EchoChannel(ipv6, sender, receiver, identity, arena);
    } catch (LinuxException | RuntimeException e) {
      if (receiver != null) {
        receiver.close();
      }
      if (sender != null) {
        sender.close();
      }
      throw e;
    }
  }

  /// Receives replies and errors.
  void showAnswers() throws LinuxException {
    RawSockets.showAnswers(receiver, ipv6);
  }

  /// Receives replies.
  void showReplies() throws LinuxException {
    RawSockets.showReplies(receiver, ipv6);
  }

  /// Has the batch go through another socket than now: a new one, or the one that has not been used
  /// for longest. Waiting for a neighbour to answer, packets fill the buffer of the socket that
  /// sent them.
  void relieve() {
    EchoOutlet next = senders.size() < MOST_SENDERS ? another() : null;
    senders.add(next != null ? next : senders.removeFirst());
    batch.outlet(senders.getLast());
  }

  /// One more socket; null if the system has none to give.
  private @Nullable EchoOutlet another() {
    try {
      Socket socket = RawSockets.sender(ipv6);
      return socket == null ? null : new EchoOutlet(socket, ipv6);
    } catch (LinuxException e) {
      return null;
    }
  }

  /// Whether a request has gone out: before that there are no answers.
  boolean isUsed() {
    return batch.isUsed();
  }

  SendBatch batch() {
    return batch;
  }

  SocketReader reader() {
    return reader;
  }

  @Override
  public void close() {
    reader.close();
    receiver.close();
    senders.forEach(EchoOutlet::close);
  }
}

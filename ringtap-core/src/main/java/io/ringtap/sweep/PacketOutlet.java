package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.socket.FrameBatch;
import io.ringtap.socket.SendSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Whole frames to one next hop through a packet socket, past the queueing discipline. The link
/// header of each place is written once.
final class PacketOutlet extends ProbeOutlet.OfMessages {
  /// About the time in which a driver's queue drains.
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private static final int SEND_BUFFER_BYTES = 4 << 20;

  private final SendSocket socket;

  private PacketOutlet(SendSocket socket, FrameBatch batch) {
    super(batch, EthernetHeader.BYTES, EthernetHeader.BYTES);
    this.socket = socket;
  }

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @param packetBytes of each packet
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  static PacketOutlet open(boolean isIpv6, NextHop hop, int packetBytes) throws LinuxException {
    Link link = hop.link();
    SendSocket socket = SendSocket.open(link.name());
    try {
      socket.bypassQdisc();
      socket.sendBuffer(SEND_BUFFER_BYTES);
      socket.bind(link.index());
      FrameBatch batch = socket.batch(CAPACITY, EthernetHeader.BYTES + packetBytes);
      int type = isIpv6 ? EtherType.IPV6 : EtherType.IPV4;
      for (int i = 0; i < CAPACITY; i++) {
        EthernetHeader.write(batch.memory(), batch.place(i), hop.destination(), hop.source(), type);
      }
      return new PacketOutlet(socket, batch);
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void awaitRoom() {
    LockSupport.parkNanos(PAUSE_NANOS); // poll does not report a full driver queue
  }

  @Override
  public void close() {
    socket.close();
  }
}

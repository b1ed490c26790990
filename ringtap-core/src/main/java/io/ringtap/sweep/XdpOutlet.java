package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.socket.xdp.Umem;
import io.ringtap.socket.xdp.XdpSocket;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Whole frames to one next hop through an AF_XDP socket on the first queue of an interface. The
/// link header of each chunk is written once: the kernel does not change it.
///
/// What has been put on the ring cannot be taken back. A packet that was given up there leaves if
/// the interface recovers, and still counts as refused.
final class XdpOutlet implements ProbeOutlet {
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final int CHUNK_BYTES = 2048;
  private static final int CHUNKS = 2048;
  private static final int RING = 512;

  private final Umem umem;
  private final XdpSocket socket;
  private final long[] chunks = new long[CAPACITY];
  private final int[] lengths = new int[CAPACITY];
  private int size;
  private int submitted; // packets of the batch that are on the ring, or were
  private int done;
  private int waiting; // packets on the ring, when it was looked at last
  private int abandoned; // packets of earlier batches that are still on the ring

  private XdpOutlet(Umem umem, XdpSocket socket) {
    this.umem = umem;
    this.socket = socket;
  }

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`), or if the queue has an AF_XDP socket
  ///   (`EBUSY`)
  static XdpOutlet open(boolean isIpv6, NextHop hop) throws LinuxException {
    Link link = hop.link();
    Umem umem = Umem.allocate(CHUNK_BYTES, CHUNKS);
    try {
      int type = isIpv6 ? EtherType.IPV6 : EtherType.IPV4;
      for (long i = 0; i < CHUNKS; i++) {
        EthernetHeader.write(umem.memory(), i * CHUNK_BYTES, hop.destination(), hop.source(), type);
      }
      XdpSocket socket =
          XdpSocket.open(
              umem,
              new XdpSocket.Place(link.name(), link.index(), 0),
              new XdpSocket.Rings(0, RING, XdpSocket.LongFrames.NONE));
      return new XdpOutlet(umem, socket);
    } catch (LinuxException | RuntimeException e) {
      umem.close();
      throw e;
    }
  }

  @Override
  public MemorySegment memory() {
    return umem.memory();
  }

  @Override
  public long offset(int index) {
    return chunks[index] + EthernetHeader.BYTES;
  }

  @Override
  public int linkBytes() {
    return EthernetHeader.BYTES;
  }

  @Override
  public boolean isFull() {
    if (umem.freeCount() == 0) {
      int _ = socket.reap();
    }
    return size == CAPACITY || umem.freeCount() == 0;
  }

  @Override
  public int add(int bytes, SweepTarget target) {
    chunks[size] = umem.take();
    lengths[size] = EthernetHeader.BYTES + bytes;
    return size++;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int done() {
    return done;
  }

  @Override
  public int firstChangeable() {
    return submitted;
  }

  @Override
  public int send() {
    int count = Math.min(size - submitted, socket.transmitRoom());
    for (int i = 0; i < count; i++) {
      socket.put(i, chunks[submitted + i], lengths[submitted + i]);
    }
    socket.transmit(count);
    submitted += count;
    waiting += count;
    int rc = socket.needsTransmitWakeUp() ? socket.wakeTransmit() : 0;
    int _ = socket.reap();
    int left = RING - socket.transmitRoom();
    int taken = waiting - left;
    waiting = left;
    int earlier = Math.min(taken, abandoned);
    abandoned -= earlier;
    taken -= earlier;
    if (taken > 0) {
      done += taken;
      return taken;
    }
    return rc < 0 && !Errno.EBUSY.is(rc) ? rc : -Errno.EAGAIN.number();
  }

  @Override
  public void awaitRoom() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  @Override
  public void skip() {
    if (done < submitted) {
      abandoned++;
    } else {
      umem.give(chunks[done]);
      submitted++;
    }
    done++;
  }

  @Override
  public void clear() {
    while (done < size) {
      skip();
    }
    size = 0;
    submitted = 0;
    done = 0;
  }

  @Override
  public void close() {
    socket.close();
    umem.close();
  }
}

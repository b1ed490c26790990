package io.ringtap.send;

import io.ringtap.device.Link;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.socket.FrameBatch;
import io.ringtap.socket.SendSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sends frames on one network interface, each as it is, link header included (`packet(7)`).
///
/// ```java
/// try (PacketSender sender = PacketSender.open(SenderOptions.on("eth0"))) {
///   SendOutcome outcome = sender.send(Frame.of(LinkType.ETHERNET, bytes));
/// }
/// ```
///
/// [Replay] sends many frames with their timing, or at a rate.
///
/// A frame that does not fit the interface is not sent but refused with the reason ([Refusal]); the
/// others are sent in order. If the kernel has no room, the sender waits up to a second for a
/// frame, then counts it as refused, and does not wait again until a frame has been sent. Frames
/// that the kernel refuses are counted by error. A frame captured before the hardware computed its
/// checksum is sent without a valid checksum.
///
/// Nothing is allocated for a frame. Only one thread at a time may send, and none while the sender
/// is being closed; any thread may read the counters.
public final class PacketSender implements AutoCloseable {
  private static final int BATCH = 64;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int POLL_MILLIS = 10; // the longest delay until a stop is noticed
  private static final long PAUSE_NANOS = 50_000; // about the time in which a driver's queue drains
  private static final SendOutcome SENT = new SendOutcome.Sent();

  private final SendSocket socket;
  private final String name;
  private final FrameCheck check;
  private final FrameBatch batch;
  private final SendTally tally = new SendTally();
  private long waitingSince; // since when the next frame has been waiting; 0 if it is not
  private boolean isPatient = true;
  private int latestError; // `-errno` of the last frame that the kernel refused; 0 if it was sent

  private PacketSender(SendSocket socket, String name, FrameCheck check) {
    this.socket = socket;
    this.name = name;
    this.check = check;
    batch = socket.batch(BATCH, check.longest());
  }

  /// Opens a sender on an interface in the calling thread's network namespace.
  ///
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`); if there is no such interface
  ///   (`ENODEV`), it is down (`ENETDOWN`), or its frames are neither Ethernet's nor bare IP
  ///   packets (`EOPNOTSUPP`)
  public static PacketSender open(SenderOptions options) throws LinuxException {
    Link link = find(options.interfaceName());
    FrameCheck check = check(link);
    SendSocket socket = SendSocket.open(link.name());
    try {
      if (options.bypassesQdisc()) {
        socket.bypassQdisc();
      }
      Integer bytes = options.sendBufferBytes();
      if (bytes != null) {
        socket.sendBuffer(bytes);
      }
      socket.bind(link.index());
      return new PacketSender(socket, link.name(), check);
    } catch (LinuxException | RuntimeException | OutOfMemoryError e) {
      socket.close();
      throw e;
    }
  }

  private static Link find(String name) throws LinuxException {
    List<Link> all;
    try (RtnetlinkSocket rtnetlink = RtnetlinkSocket.open()) {
      all = rtnetlink.links();
    }
    for (Link link : all) {
      if (link.name().equals(name)) {
        if (!link.isUp()) {
          String remedy = "bring it up: ip link set " + name + " up";
          throw new LinuxException("send", name, Errno.ENETDOWN, remedy);
        }
        return link;
      }
    }
    String known = all.stream().map(Link::name).collect(Collectors.joining(", "));
    throw new LinuxException("send", name, Errno.ENODEV, "there are: " + known);
  }

  private static FrameCheck check(Link link) throws LinuxException {
    LinkType linkType = link.linkType();
    if (linkType.equals(LinkType.ETHERNET)) {
      boolean takesVlanTag = link.hardwareType() == Link.ETHER;
      return new FrameCheck(linkType, EthernetHeader.BYTES, link.mtu(), takesVlanTag);
    }
    if (linkType.equals(LinkType.RAW)) {
      return new FrameCheck(linkType, 0, link.mtu(), false);
    }
    throw new LinuxException(
        "send",
        link.name(),
        Errno.EOPNOTSUPP,
        "only Ethernet, loopback and bare IP interfaces can send, and its hardware type is "
            + link.hardwareType());
  }

  /// The interface's name when the sender was opened.
  public String interfaceName() {
    return name;
  }

  /// The link type of the interface's frames.
  public LinkType linkType() {
    return check.linkType();
  }

  /// Whether frames of a link type can be sent: those of the interface's own link type, and IPv4
  /// and IPv6 packets on an interface for bare IP packets.
  public boolean takes(LinkType linkType) {
    return check.takes(linkType);
  }

  /// Why a frame does not fit the interface; null if it does.
  public @Nullable Refusal refusal(Frame frame) {
    return check.refusal(frame);
  }

  /// Sends one frame. When this returns, the kernel has taken or refused it.
  ///
  /// @throws LinuxException if the interface is gone (`ENXIO`)
  /// @throws IllegalStateException if the sender is closed
  public SendOutcome send(Frame frame) throws LinuxException {
    requireOpen();
    Refusal refusal = check.refusal(frame);
    if (refusal != null) {
      tally.refused(refusal);
      return new SendOutcome.Refused(refusal);
    }
    latestError = 0;
    batch.add(frame);
    flush(PacketSender::never);
    return latestError == 0 ? SENT : new SendOutcome.RefusedByKernel(Errno.of(latestError));
  }

  /// Sends frames in order, in as few system calls as possible. Each frame need only be valid until
  /// the next is asked for.
  ///
  /// @return how many the kernel took; the [#counters] show why the others were refused
  /// @throws LinuxException if the interface is gone (`ENXIO`)
  /// @throws IllegalStateException if the sender is closed
  public long sendAll(Iterable<? extends Frame> frames) throws LinuxException {
    long before = tally.sent();
    requireOpen();
    for (Frame frame : frames) {
      if (admits(frame)) {
        add(frame, PacketSender::never);
      }
    }
    flush(PacketSender::never);
    return tally.sent() - before;
  }

  /// Counters of all frames so far. Any thread, also after the sender was closed.
  public SendCounters counters() {
    return tally.snapshot();
  }

  private static boolean never() {
    return false;
  }

  void requireOpen() {
    if (!socket.isOpen()) {
      throw new IllegalStateException("the sender on " + name + " is closed");
    }
  }

  /// Whether a frame fits the interface; if not, it is counted.
  boolean admits(Frame frame) {
    Refusal refusal = check.refusal(frame);
    if (refusal != null) {
      tally.refused(refusal);
    }
    return refusal == null;
  }

  /// Adds a frame that fits to the batch, and sends the batch when it is full.
  void add(Frame frame, BooleanSupplier isStopped) throws LinuxException {
    batch.add(frame);
    if (batch.isFull()) {
      flush(isStopped);
    }
  }

  /// Sends the batch. Once `isStopped` returns true, frames for which there is no room at once are
  /// discarded and not counted.
  void flush(BooleanSupplier isStopped) throws LinuxException {
    while (!batch.isEmpty()) {
      int rc = batch.send();
      if (rc > 0) {
        tally.sent(rc, batch.bytesOfLatest(rc));
        isPatient = true;
        waitingSince = 0;
      } else if (isGone(rc)) {
        tally.refusedByKernel(rc, batch.remaining());
        batch.clear();
        throw new LinuxException("sendmmsg", name, Errno.of(rc), "the interface is gone");
      } else if (!Errno.EINTR.is(rc) && !awaitsRoom(rc)) {
        tally.refusedByKernel(rc, 1);
        latestError = rc;
        batch.skip();
        waitingSince = 0;
      } else if (isStopped.getAsBoolean()) {
        break;
      }
    }
    batch.clear();
  }

  private static boolean isGone(int rc) {
    return Errno.ENXIO.is(rc) || Errno.ENODEV.is(rc);
  }

  /// Waits a short time for room, if the error means that there is none.
  ///
  /// @return false for another error, or if there has been no room for too long
  private boolean awaitsRoom(int rc) {
    boolean isBufferFull = Errno.EAGAIN.is(rc);
    boolean isQueueFull = Errno.ENOBUFS.is(rc);
    if (!isPatient || !(isBufferFull || isQueueFull)) {
      return false;
    }
    long now = System.nanoTime();
    if (waitingSince == 0) {
      waitingSince = now;
    } else if (now - waitingSince > PATIENCE_NANOS) {
      isPatient = false;
      return false;
    }
    tally.retried();
    if (isBufferFull) {
      socket.awaitRoom(POLL_MILLIS);
    } else {
      LockSupport.parkNanos(PAUSE_NANOS); // poll does not report a full driver queue
    }
    return true;
  }

  /// Closes the socket. No thread may be sending.
  @Override
  public void close() {
    socket.close();
  }
}

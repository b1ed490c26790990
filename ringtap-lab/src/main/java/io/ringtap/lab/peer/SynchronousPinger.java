package io.ringtap.lab.peer;

import io.ringtap.error.Errno;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.Ipv4Header;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// A pinger of the blocking model, as an honest example of it: a pool of threads, each with a raw
/// socket of its own; a thread sends a request and waits in `recvfrom` until the reply has come or
/// its time is over. The kernel shows every ICMP packet to every raw socket, and the thread
/// examines each in user space. It does as well as the model lets it: sockets and buffers are made
/// once, and it is JIT-compiled Java without an allocation for each packet.
///
/// Arguments: threads, count, interval in milliseconds, first and last target, and `quiet` for the
/// sums only.
public final class SynchronousPinger {
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int RECEIVE_BYTES = 2048;
  private static final int REQUEST_BYTES = IcmpHeader.BYTES + PingPeer.PAYLOAD;

  private final int count;
  private final long intervalNanos;
  private final int first;
  private final int targets;
  private final boolean isQuiet;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger identifiers =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();

  private SynchronousPinger(int count, long intervalNanos, int first, int last, boolean isQuiet) {
    this.count = count;
    this.intervalNanos = intervalNanos;
    this.first = first;
    this.targets = last - first + 1;
    this.isQuiet = isQuiet;
  }

  /// Pings, and ends with 1 if something was lost.
  public static void main(String[] arguments) throws InterruptedException {
    int threads = Integer.parseInt(arguments[0]);
    SynchronousPinger pinger =
        new SynchronousPinger(
            Integer.parseInt(arguments[1]),
            Duration.ofMillis(Long.parseLong(arguments[2])).toNanos(),
            (int) IpAddress.parse(arguments[3]).low(),
            (int) IpAddress.parse(arguments[4]).low(),
            arguments.length > 5);
    List<Thread> pool = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      pool.add(Thread.ofPlatform().name("pinger-" + i).start(pinger::work));
    }
    for (Thread thread : pool) {
      thread.join();
    }
    IO.println("sent %d, received %d".formatted(pinger.sent.sum(), pinger.received.sum()));
    System.exit(pinger.sent.sum() == pinger.received.sum() ? 0 : 1);
  }

  private void work() {
    try (Arena arena = Arena.ofConfined();
        Socket socket =
            Socket.open(
                SysSocket.AF_INET,
                SysSocket.SOCK_RAW,
                NetinetIn.IPPROTO_ICMP,
                "the synchronous pinger",
                "needs CAP_NET_RAW")) {
      MemorySegment timeout =
          arena.allocate(Timespec.LAYOUT); // a timeval of one second reads alike
      Timespec.nanos(timeout, 0, TIMEOUT_NANOS);
      socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_RCVTIMEO, timeout, "SO_RCVTIMEO");
      Worker worker = new Worker(arena, socket, identifiers.getAndIncrement() & 0xffff);
      for (int i = next.getAndIncrement(); i < targets; i = next.getAndIncrement()) {
        pingTarget(worker, first + i);
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  private void pingTarget(Worker worker, int target) {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      // A blocked thread is late for its next probe, which then leaves at once.
      LockSupport.parkNanos(begin + i * intervalNanos - System.nanoTime());
      sent.increment();
      long rtt = worker.ping(target);
      if (rtt >= 0) {
        received.increment();
        if (!isQuiet) {
          IO.println("seq=%d time=%.3f ms".formatted(i + 1, rtt / 1e6));
        }
      }
    }
  }

  /// What one thread has.
  private static final class Worker {
    private final MemorySegment callState;
    private final MemorySegment request;
    private final MemorySegment address;
    private final MemorySegment reply;
    private final Socket socket;
    private final int identifier;
    private int sequence;

    Worker(Arena arena, Socket socket, int identifier) {
      this.callState = CallState.allocate(arena);
      this.request = arena.allocate(REQUEST_BYTES);
      this.address = arena.allocate(SockaddrIn.LAYOUT);
      this.reply = arena.allocate(RECEIVE_BYTES);
      this.socket = socket;
      this.identifier = identifier;
    }

    /// @return nanoseconds; -1 without a reply
    long ping(int target) {
      sequence = sequence + 1 & 0xffff;
      IcmpHeader.writeEcho(request, 0, IcmpType.ECHO_REQUEST, identifier, sequence);
      IcmpHeader.checksum(request, 0, Checksum.fold(Checksum.sum(request, 0, REQUEST_BYTES)));
      SockaddrIn.write(address, 0, 0, target);
      long begin = System.nanoTime();
      long rc =
          Libc.sendto(
              callState, socket.number(), request, REQUEST_BYTES, 0, address, SockaddrIn.BYTES);
      return rc < 0 ? -1 : await(target, begin);
    }

    private long await(int target, long begin) {
      while (System.nanoTime() - begin < TIMEOUT_NANOS) {
        long bytes =
            Libc.recvfrom(
                callState,
                socket.number(),
                reply,
                RECEIVE_BYTES,
                0,
                MemorySegment.NULL,
                MemorySegment.NULL);
        if (bytes < 0 && !Errno.EINTR.is(bytes)) {
          return -1;
        }
        if (bytes > 0 && isAnswer(target, bytes)) {
          return System.nanoTime() - begin;
        }
      }
      return -1;
    }

    private boolean isAnswer(int target, long bytes) {
      if (!Ipv4Header.isWhole(reply, 0, bytes)) {
        return false;
      }
      int icmp = Ipv4Header.headerLength(reply, 0);
      return IcmpHeader.isWhole(reply, icmp, bytes)
          && IcmpHeader.type(reply, icmp) == IcmpType.ECHO_REPLY
          && IcmpHeader.identifier(reply, icmp) == identifier
          && IcmpHeader.sequence(reply, icmp) == sequence
          && Ipv4Header.source(reply, 0) == target;
    }
  }
}

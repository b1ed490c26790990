package io.ringtap.lab.peer;

import static io.ringtap.bpf.BpfAssembler.KEEP_ALL;
import static io.ringtap.bpf.BpfAssembler.NEXT;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.packet.Direction;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.testnet.Link;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lab's own capture of the IPv4 echoes at the far end of a cable, where no pinger's process
/// has a hand in it. Requests and replies are matched by address, identifier and sequence number
/// and carry the kernel's stamps.
///
/// Any thread may use it.
public final class WireRecorder implements AutoCloseable {
  private static final int ETHER_TYPE = 12;
  private static final int PROTOCOL = EthernetHeader.BYTES + 9;
  private static final int SNAPLEN = 128;
  private static final long BUFFER_BYTES = 8 << 20;
  private static final int SEQUENCE_BITS = 16;

  private final Capture capture;
  private final Map<Long, Exchange> exchanges = new LinkedHashMap<>(); // guarded by itself

  private WireRecorder(Capture capture) {
    this.capture = capture;
  }

  /// Starts recording at `link`, an Ethernet interface of a namespace of the lab.
  ///
  /// @throws IOException (a LinuxException) without CAP_NET_RAW or without such an interface
  public static WireRecorder start(Link link) throws IOException {
    CaptureOptions options =
        CaptureOptions.on(link.name())
            .withFilter(icmp())
            .withSnaplen(SNAPLEN)
            .withBuffer(BUFFER_BYTES)
            .withRetire(Duration.ofMillis(5));
    WireRecorder recorder = new WireRecorder(link.namespace().call(() -> Capture.open(options)));
    recorder.capture.start(recorder::see);
    return recorder;
  }

  private static BpfProgram icmp() {
    return new BpfAssembler()
        .ldHalf(ETHER_TYPE)
        .jeq(EtherType.IPV4, NEXT, "drop")
        .ldByte(PROTOCOL)
        .jeq(IpProtocol.ICMP, NEXT, "drop")
        .ret(KEEP_ALL)
        .bind("drop")
        .ret(0)
        .assemble();
  }

  private void see(Frame packet) {
    MemorySegment frame = packet.memory();
    long ip = packet.offset() + EthernetHeader.BYTES;
    long end = packet.offset() + packet.caplen();
    if (!Ipv4Header.isWhole(frame, ip, end)) {
      return;
    }
    long icmp = ip + Ipv4Header.headerLength(frame, ip);
    if (!IcmpHeader.isWhole(frame, icmp, end)) {
      return;
    }
    boolean leaves = packet.direction() == Direction.OUTGOING;
    int type = IcmpHeader.type(frame, icmp);
    if (type == IcmpType.ECHO_REQUEST && !leaves) {
      request(frame, ip, icmp, packet.epochNanos());
    } else if (type == IcmpType.ECHO_REPLY && leaves) {
      reply(frame, ip, icmp, packet.epochNanos());
    }
  }

  private void request(MemorySegment frame, long ip, long icmp, long nanos) {
    int target = Ipv4Header.destination(frame, ip);
    int identifier = IcmpHeader.identifier(frame, icmp);
    int sequence = IcmpHeader.sequence(frame, icmp);
    synchronized (exchanges) {
      Exchange _ =
          exchanges.putIfAbsent(
              key(target, identifier, sequence),
              new Exchange(target, identifier, sequence, nanos, -1));
      exchanges.notifyAll();
    }
  }

  private void reply(MemorySegment frame, long ip, long icmp, long nanos) {
    long key =
        key(
            Ipv4Header.source(frame, ip),
            IcmpHeader.identifier(frame, icmp),
            IcmpHeader.sequence(frame, icmp));
    synchronized (exchanges) {
      Exchange _ =
          exchanges.computeIfPresent(
              key, (_, seen) -> seen.isAnswered() ? seen : seen.answeredAt(nanos));
    }
  }

  private static long key(int address, int identifier, int sequence) {
    return (long) address << Integer.SIZE
        | Integer.toUnsignedLong(identifier << SEQUENCE_BITS | sequence);
  }

  /// The first request, waited for; empty if none came in `patience`.
  public Optional<Exchange> awaitFirst(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (exchanges) {
      while (exchanges.isEmpty()) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return Optional.empty();
        }
        exchanges.wait(millis);
      }
      return exchanges.values().stream().findFirst();
    }
  }

  /// Ends recording and returns all requests in the order in which they came.
  ///
  /// @throws IOException if recording failed, or a packet was lost to it, for then the record is
  ///   not the truth
  public List<Exchange> stop() throws IOException, InterruptedException {
    capture.stop();
    capture.await();
    long dropped = capture.counters().droppedByKernel();
    capture.close();
    if (dropped > 0) {
      throw new IOException("the lab's own capture lost " + dropped + " packets");
    }
    synchronized (exchanges) {
      return List.copyOf(exchanges.values());
    }
  }

  @Override
  public void close() {
    capture.close();
  }
}

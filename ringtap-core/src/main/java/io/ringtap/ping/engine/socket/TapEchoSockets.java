package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.socket.RingLayout;
import io.ringtap.socket.RingSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Raw ICMP sockets to send through, and a tap on all interfaces to receive from: it shows replies
/// as they come from the wire, before the host's own network stack has judged them, and requests as
/// they depart.
///
/// Large replies, which may have come in fragments, are read from raw sockets instead, put
/// together.
public final class TapEchoSockets implements EchoSockets {
  // The retire timer hands over a block each millisecond, however little is in it. Many small
  // blocks thus outlast a pause of this process that a few large ones of the same memory do not:
  // here, a second.
  private static final int BLOCK_BYTES = 16 * 1024;
  private static final int BLOCKS = 1024;
  private static final int RETIRE_MILLIS = 1;

  // A block waits for its retire timer, which older kernels round up to jiffies of up to 10 ms.
  private static final long DELIVERY_NANOS = 20_000_000;

  /// Batches of a pass: more than the receive buffer holds.
  private static final int MOST_BATCHES = 1024;

  private final IdentifierBlock identifiers;
  private final Arena arena;
  private final EchoChannel ipv4;
  private final @Nullable EchoChannel ipv6;
  private final RingSource ring;
  private final List<SendBatch> batches;
  private @Nullable RingReader ringReader; // the receiving thread's
  private boolean expectsLargeReplies; // the sending thread's

  private TapEchoSockets(
      IdentifierBlock identifiers,
      EchoChannel ipv4,
      @Nullable EchoChannel ipv6,
      RingSource ring,
      Arena arena) {
    this.identifiers = identifiers;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.ring = ring;
    this.arena = arena;
    batches = ipv6 == null ? List.of(ipv4.batch()) : List.of(ipv4.batch(), ipv6.batch());
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @throws IOException a [LinuxException] without CAP_NET_RAW
  public static TapEchoSockets open(ProbeIdentity identity) throws IOException {
    Arena arena = Arena.ofShared();
    List<AutoCloseable> opened = new ArrayList<>(List.of(arena));
    try {
      IdentifierBlock identifiers = identity.identifiers();
      EchoChannel ipv4 =
          Objects.requireNonNull(
              EchoChannel.open(false, EchoFilter.onRawIpv4(identifiers), identity, arena));
      opened.add(ipv4);
      EchoChannel ipv6 = EchoChannel.open(true, EchoFilter.onRawIpv6(identifiers), identity, arena);
      if (ipv6 != null) {
        opened.add(ipv6);
      }
      RingSource ring =
          RingSource.openCooked(
              EchoFilter.onRing(identifiers), new RingLayout(BLOCK_BYTES, BLOCKS, RETIRE_MILLIS));
      return new TapEchoSockets(identifiers, ipv4, ipv6, ring, arena);
    } catch (Throwable e) {
      EchoSockets.closeAll(opened);
      throw e;
    }
  }

  @Override
  public boolean mayReportEarlierErrors() {
    return false;
  }

  @Override
  public int maxProbes() {
    return IdentifierBlock.MAX_PROBES;
  }

  @Override
  public boolean seesDepartures() {
    return true;
  }

  @Override
  public long deliveryNanos() {
    return DELIVERY_NANOS;
  }

  @Override
  public @Nullable SendBatch batch(boolean forIpv6) {
    if (!forIpv6) {
      return ipv4.batch();
    }
    return ipv6 == null ? null : ipv6.batch();
  }

  @Override
  public void relieve(SendBatch batch) {
    if (ipv6 != null && batch.isIpv6()) {
      ipv6.relieve();
    } else {
      ipv4.relieve();
    }
  }

  @Override
  public List<SendBatch> batches() {
    return batches;
  }

  /// Until a large request the raw sockets are shown nothing, which saves the kernel a copy of
  /// every reply.
  @Override
  public void expectReplies(ProbeForm form) throws LinuxException {
    if (expectsLargeReplies || form.payloadBytes() <= EchoFilter.LARGEST_ON_RING) {
      return;
    }
    ipv4.showReplies();
    if (ipv6 != null) {
      ipv6.showReplies();
    }
    expectsLargeReplies = true;
  }

  @Override
  public void watch(PollSet descriptors) {
    PollSet _ = descriptors.add(ring.number());
    PollSet _ = descriptors.add(ipv4.reader().number());
    if (ipv6 != null) {
      PollSet _ = descriptors.add(ipv6.reader().number());
    }
  }

  @Override
  public int drain(ProbeJudge judge) {
    RingReader reader = ringReader;
    if (reader == null) {
      reader = new RingReader(judge, identifiers);
      ringReader = reader;
    }
    int shown = 0;
    // Once round the ring takes all that was handed over before; what comes meanwhile can wait its
    // turn.
    for (int i = 0; i < BLOCKS; i++) {
      int packets = ring.drain(reader);
      if (packets == 0) {
        break;
      }
      shown += packets;
    }
    shown += drain(ipv4.reader(), judge);
    return ipv6 == null ? shown : shown + drain(ipv6.reader(), judge);
  }

  private static int drain(SocketReader reader, ProbeJudge judge) {
    int shown = 0;
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      int received = reader.receive();
      reader.show(received, judge);
      shown += received;
      if (!SocketReader.isFull(received)) {
        break;
      }
    }
    return shown;
  }

  /// What lies in the ring's open block is younger than what was shown, and may be a reply in time.
  @Override
  public long completeUntil(long before, long shown) {
    return ring.hasMore() ? Math.min(before, shown) : before;
  }

  @Override
  public int bufferBytes() {
    int bytes = ipv4.reader().bufferBytes();
    return ipv6 == null ? bytes : Math.min(bytes, ipv6.reader().bufferBytes());
  }

  @Override
  public long answersDropped() {
    long dropped = ring.counters().dropped() + ipv4.reader().dropped();
    return ipv6 == null ? dropped : dropped + ipv6.reader().dropped();
  }

  /// Departures and answers share the ring: all that it drops may have been answers.
  @Override
  public long departuresDropped() {
    return 0;
  }

  @Override
  public void close() {
    ring.close();
    if (ipv6 != null) {
      ipv6.close();
    }
    ipv4.close();
    arena.close();
  }
}

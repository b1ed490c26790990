package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.socket.PollSet;
import io.ringtap.socket.RingLayout;
import io.ringtap.socket.RingSource;
import java.io.IOException;
import java.util.List;
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
  private final EchoChannels channels;
  private final RingSource ring;
  private @Nullable RingReader ringReader; // the receiving thread's
  private boolean expectsLargeReplies; // the sending thread's

  private TapEchoSockets(IdentifierBlock identifiers, EchoChannels channels, RingSource ring) {
    this.identifiers = identifiers;
    this.channels = channels;
    this.ring = ring;
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @throws IOException a [LinuxException] without CAP_NET_RAW
  public static TapEchoSockets open(ProbeIdentity identity) throws IOException {
    IdentifierBlock identifiers = identity.identifiers();
    EchoChannels channels =
        EchoChannels.open(
            identity, EchoFilter.onRawIpv4(identifiers), EchoFilter.onRawIpv6(identifiers));
    try {
      RingSource ring =
          RingSource.openCooked(
              EchoFilter.onRing(identifiers), new RingLayout(BLOCK_BYTES, BLOCKS, RETIRE_MILLIS));
      return new TapEchoSockets(identifiers, channels, ring);
    } catch (Throwable e) {
      channels.close();
      throw e;
    }
  }

  @Override
  public boolean mayReportEarlierErrors() {
    return false;
  }

  @Override
  public int maxProbes() {
    return identifiers.probes();
  }

  @Override
  public boolean sendsTimestampRequests() {
    return true;
  }

  @Override
  public long deliveryNanos() {
    return DELIVERY_NANOS;
  }

  @Override
  public @Nullable SendBatch batch(boolean forIpv6) {
    return channels.batch(forIpv6);
  }

  @Override
  public void relieve(SendBatch batch) {
    channels.relieve(batch);
  }

  @Override
  public void refused(SendBatch batch) {
    batch.forgetErrors();
  }

  @Override
  public List<SendBatch> batches() {
    return channels.batches();
  }

  /// Until a large request the raw sockets are shown nothing, which saves the kernel a copy of
  /// every reply.
  @Override
  public void expectReplies(ProbeForm form) throws LinuxException {
    if (expectsLargeReplies || form.payloadBytes() <= EchoFilter.LARGEST_ON_RING) {
      return;
    }
    for (EchoChannel channel : channels.all()) {
      channel.showReplies();
    }
    expectsLargeReplies = true;
  }

  @Override
  public void watch(PollSet descriptors) {
    PollSet _ = descriptors.add(ring.number());
    channels.watch(descriptors);
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
    for (int i = 0; i < channels.all().size(); i++) {
      shown += drain(channels.all().get(i).reader(), judge);
    }
    return shown;
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
    return channels.bufferBytes();
  }

  @Override
  public long answersDropped() {
    return ring.counters().dropped() + channels.dropped();
  }

  /// Departures and answers share the ring: all that it drops may have been answers.
  @Override
  public long departuresDropped() {
    return 0;
  }

  @Override
  public void close() {
    ring.close();
    channels.close();
  }
}

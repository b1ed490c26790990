package io.ringtap.ping.engine.socket;

import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.socket.FrameRing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Raw ICMP sockets to send and to receive through, and a tap that shows when requests depart.
///
/// What the sockets receive, the host's own network stack has accepted: put together from
/// fragments, translated back, past the firewall. The tap is asked for departures only, each time
/// that answers are read: what has been answered has departed before.
public final class RawEchoSockets implements EchoSockets {
  /// From the stamp of an arriving packet to its place in the socket's queue the kernel may take as
  /// long as its own threads wait for the processor.
  private static final long DELIVERY_NANOS = 10_000_000;

  /// Departures that the tap's ring holds. The sender runs ahead of the receiver by fewer, and a
  /// bridge shows each twice.
  private static final int DEPARTURES = 2 * MOST_BACKLOG;

  /// Batches of a pass: more than the receive buffer holds.
  private static final int MOST_BATCHES = 1024;

  private final IdentifierBlock identifiers;
  private final Arena arena;
  private final EchoChannel ipv4;
  private final @Nullable EchoChannel ipv6;
  private final FrameRing tap;
  private final List<SendBatch> batches;
  private @Nullable DepartureReader departures; // the receiving thread's
  private boolean isCutShort; // the receiving thread's

  private RawEchoSockets(
      IdentifierBlock identifiers,
      EchoChannel ipv4,
      @Nullable EchoChannel ipv6,
      FrameRing tap,
      Arena arena) {
    this.identifiers = identifiers;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.tap = tap;
    this.arena = arena;
    batches = ipv6 == null ? List.of(ipv4.batch()) : List.of(ipv4.batch(), ipv6.batch());
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @throws IOException a [LinuxException] without CAP_NET_RAW
  public static RawEchoSockets open(ProbeIdentity identity) throws IOException {
    Arena arena = Arena.ofShared();
    List<AutoCloseable> opened = new ArrayList<>(List.of(arena));
    try {
      IdentifierBlock identifiers = identity.identifiers();
      FrameRing tap =
          FrameRing.open(
              DepartureFilter.of(identity), DepartureFilter.CAPLEN, DEPARTURES, "the tap");
      opened.add(tap);
      EchoChannel ipv4 =
          Objects.requireNonNull(
              EchoChannel.open(false, AnswerFilter.onIpv4(identifiers), identity, arena));
      opened.add(ipv4);
      EchoChannel ipv6 = EchoChannel.open(true, AnswerFilter.onIpv6(identifiers), identity, arena);
      if (ipv6 != null) {
        opened.add(ipv6);
        ipv6.showAnswers();
      }
      ipv4.showAnswers();
      return new RawEchoSockets(identifiers, ipv4, ipv6, tap, arena);
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

  /// The sockets are shown all replies whole.
  @Override
  public void expectReplies(ProbeForm form) {}

  @Override
  public void watch(PollSet descriptors) {
    PollSet _ = descriptors.add(ipv4.reader().number());
    if (ipv6 != null) {
      PollSet _ = descriptors.add(ipv6.reader().number());
    }
  }

  @Override
  public int drain(ProbeJudge judge) {
    DepartureReader reader = departures;
    if (reader == null) {
      reader = new DepartureReader(judge, identifiers);
      departures = reader;
    }
    isCutShort = false;
    int departed = tap.drain(reader);
    int shown = departed + drain(ipv4, judge, reader);
    return ipv6 == null ? shown : shown + drain(ipv6, judge, reader);
  }

  private int drain(EchoChannel channel, ProbeJudge judge, DepartureReader reader) {
    int shown = 0;
    if (!channel.isUsed()) {
      return shown;
    }
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      int received = channel.reader().receive();
      if (received > 0) {
        int _ = tap.drain(reader); // what these answer has departed by now
        channel.reader().show(received, judge);
        shown += received;
      }
      if (!SocketReader.isFull(received)) {
        return shown;
      }
    }
    isCutShort = true;
    return shown;
  }

  @Override
  public long completeUntil(long before, long shown) {
    return isCutShort ? Long.MIN_VALUE : before;
  }

  @Override
  public int bufferBytes() {
    int bytes = ipv4.reader().bufferBytes();
    return ipv6 == null ? bytes : Math.min(bytes, ipv6.reader().bufferBytes());
  }

  @Override
  public long answersDropped() {
    long dropped = ipv4.reader().dropped();
    return ipv6 == null ? dropped : dropped + ipv6.reader().dropped();
  }

  @Override
  public long departuresDropped() {
    return tap.counters().dropped();
  }

  @Override
  public void close() {
    if (ipv6 != null) {
      ipv6.close();
    }
    ipv4.close();
    tap.close();
    arena.close();
  }
}

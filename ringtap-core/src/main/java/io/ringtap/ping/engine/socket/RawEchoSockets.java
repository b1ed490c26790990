package io.ringtap.ping.engine.socket;

import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.socket.FrameRing;
import io.ringtap.socket.PollSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Raw ICMP sockets to send and to receive through, and a tap that shows when requests depart.
///
/// What the sockets receive, the host's own network stack has accepted: put together from
/// fragments, translated back, past the firewall. The tap is asked for departures only, each time
/// that answers are read: what has been answered has departed before.
public final class RawEchoSockets implements EchoSockets {
  /// Departures that the tap's ring holds. The sender runs ahead of the receiver by fewer, and a
  /// bridge shows each twice.
  private static final int DEPARTURES = 2 * MOST_BACKLOG;

  /// Batches of a pass: more than the receive buffer holds.
  private static final int MOST_BATCHES = 1024;

  private final IdentifierBlock identifiers;
  private final EchoChannels channels;
  private final FrameRing tap;
  private @Nullable DepartureReader departures; // the receiving thread's
  private boolean isCutShort; // the receiving thread's

  private RawEchoSockets(IdentifierBlock identifiers, EchoChannels channels, FrameRing tap) {
    this.identifiers = identifiers;
    this.channels = channels;
    this.tap = tap;
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @throws IOException a [LinuxException] without CAP_NET_RAW
  public static RawEchoSockets open(ProbeIdentity identity) throws IOException {
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      IdentifierBlock identifiers = identity.identifiers();
      FrameRing tap =
          FrameRing.open(
              DepartureFilter.of(identity), DepartureFilter.CAPLEN, DEPARTURES, "the tap");
      opened.add(tap);
      EchoChannels channels =
          EchoChannels.open(
              identity, AnswerFilter.onIpv4(identifiers), AnswerFilter.onIpv6(identifiers));
      opened.add(channels);
      for (EchoChannel channel : channels.all()) {
        channel.showAnswers();
      }
      return new RawEchoSockets(identifiers, channels, tap);
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

  /// The sockets are shown all replies whole.
  @Override
  public void expectReplies(ProbeForm form) {}

  @Override
  public void watch(PollSet descriptors) {
    channels.watch(descriptors);
  }

  @Override
  public int drain(ProbeJudge judge) {
    DepartureReader reader = departures;
    if (reader == null) {
      reader = new DepartureReader(judge, identifiers);
      departures = reader;
    }
    isCutShort = false;
    int shown = tap.drain(reader);
    for (int i = 0; i < channels.all().size(); i++) {
      shown += drain(channels.all().get(i), judge, reader);
    }
    return shown;
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
    return channels.bufferBytes();
  }

  @Override
  public long answersDropped() {
    return channels.dropped();
  }

  @Override
  public long departuresDropped() {
    return tap.counters().dropped();
  }

  @Override
  public void close() {
    channels.close();
    tap.close();
  }
}

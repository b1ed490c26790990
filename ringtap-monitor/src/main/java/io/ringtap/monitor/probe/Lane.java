package io.ringtap.monitor.probe;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.collect.ProbeRing;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.Transport;
import java.io.IOException;
import java.time.Duration;

/// A pinger, the ring that it fills, and how many more targets it has room for.
final class Lane implements AutoCloseable {
  /// Probes in flight, and targets. What a pinger has for each takes 64 bytes.
  private static final int CAPACITY = 1 << 17;

  /// Datagram sockets have as many sequence numbers.
  private static final int DATAGRAM_CAPACITY = 1 << 16;

  /// Nobody looks more often than ten times a second, and with fewer wake-ups a probe costs less.
  private static final Duration SLACK = Duration.ofMillis(50);

  /// Outcomes on their way to the collector, in 4 MB: ten seconds of 10 000 probes a second.
  private static final int RING_OUTCOMES = 1 << 17;

  final Pinger pinger;
  final ProbeRing ring;
  private long room;

  private Lane(Pinger pinger, ProbeRing ring) {
    this.pinger = pinger;
    this.ring = ring;
    room = pinger.transport() == Transport.DATAGRAM ? DATAGRAM_CAPACITY : CAPACITY;
  }

  /// Opens a pinger.
  ///
  /// @throws IOException if the kernel refuses its sockets
  static Lane open(Transport transport, Collector collector) throws IOException {
    Pinger pinger =
        Pinger.open(
            PingerOptions.DEFAULT
                .withTransport(transport)
                .withMaxInFlight(CAPACITY)
                .withSlack(SLACK)
                .withExecutor(Runnable::run)); // what is done at a target's end is brief
    return new Lane(pinger, collector.newRing(RING_OUTCOMES));
  }

  /// Takes room for a target.
  ///
  /// @param inFlight how many of its probes may be in flight at a time
  /// @return false if there is not as much
  boolean take(long inFlight) {
    boolean isEnough = inFlight <= room;
    room -= isEnough ? inFlight : 0;
    return isEnough;
  }

  void giveBack(long inFlight) {
    room += inFlight;
  }

  @Override
  public void close() {
    pinger.close();
  }
}

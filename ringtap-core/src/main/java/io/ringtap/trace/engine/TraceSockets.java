package io.ringtap.trace.engine;

import io.ringtap.socket.PollSet;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/// Raw sockets of both families to send probes and receive answers through, and a tap that shows
/// when probes depart. One thread uses them.
public final class TraceSockets implements AutoCloseable {
  /// Hears what has been seen of probes.
  public interface Judge {
    /// A probe has departed.
    ///
    /// @param epochNanos the kernel's stamp
    void onDeparture(int number, long epochNanos);

    /// Something has come that seems to answer a probe.
    ///
    /// @param answer lent for the call
    void onAnswer(Answer answer);
  }

  private final Arena arena = Arena.ofShared();
  private final TraceTap tap;
  private @Nullable TraceChannel ipv4;
  private @Nullable TraceChannel ipv6;

  private TraceSockets(TraceTap tap) {
    this.tap = tap;
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @param interfaceIndex the interface to send through, else 0
  /// @throws IOException a LinuxException without CAP_NET_RAW
  public static TraceSockets open(ProbeIdentity identity, int interfaceIndex) throws IOException {
    TraceSockets sockets = new TraceSockets(TraceTap.open(identity));
    try {
      sockets.ipv4 = TraceChannel.open(false, identity, interfaceIndex, sockets.arena);
      sockets.ipv6 = TraceChannel.open(true, identity, interfaceIndex, sockets.arena);
      return sockets;
    } catch (IOException | RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  /// What is to be sent in a family; null if the system does not have it.
  public @Nullable ProbeBatch batch(boolean isIpv6) {
    TraceChannel channel = isIpv6 ? ipv6 : ipv4;
    return channel == null ? null : channel.batch();
  }

  /// Adds what becomes readable when an answer comes.
  public void watch(PollSet descriptors) {
    if (ipv4 != null) {
      ipv4.watch(descriptors);
    }
    if (ipv6 != null) {
      ipv6.watch(descriptors);
    }
  }

  /// Shows what has departed, and what has been answered. The departure of what is answered is
  /// shown before.
  public void drain(Judge judge) {
    tap.drain(judge);
    if (ipv4 != null) {
      ipv4.drain(tap, judge);
    }
    if (ipv6 != null) {
      ipv6.drain(tap, judge);
    }
  }

  /// Answers for which the sockets had no room, so far.
  public long dropped() {
    return (ipv4 == null ? 0 : ipv4.dropped()) + (ipv6 == null ? 0 : ipv6.dropped());
  }

  @Override
  public void close() {
    if (ipv6 != null) {
      ipv6.close();
    }
    if (ipv4 != null) {
      ipv4.close();
    }
    tap.close();
    arena.close();
  }

  static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException(e); // sockets and mappings do not throw
    }
  }
}

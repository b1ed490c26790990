package io.ringtap.trace.engine;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import io.ringtap.socket.FrameRing;
import io.ringtap.socket.PollSet;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Raw sockets of both families to send probes and receive answers through, and a tap that shows
/// when probes depart. One thread uses them.
public final class TraceSockets implements AutoCloseable {
  private static final int DEPARTURES = 1 << 15;

  /// Hears when a probe has departed.
  @FunctionalInterface
  public interface Departure {
    /// A probe has departed.
    ///
    /// @param epochNanos the kernel's stamp
    void departed(int number, long epochNanos);
  }

  private final ProbeIdentity identity;
  private final Arena arena = Arena.ofShared();
  private final FrameRing tap;
  private final List<TraceChannel> channels = new ArrayList<>(); // IPv4's first

  private TraceSockets(ProbeIdentity identity, FrameRing tap) {
    this.identity = identity;
    this.tap = tap;
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @param interfaceIndex the interface to send through, else 0
  /// @throws IOException a LinuxException without CAP_NET_RAW
  public static TraceSockets open(ProbeIdentity identity, int interfaceIndex) throws IOException {
    FrameRing tap =
        FrameRing.open(TraceFilter.departures(identity), TraceFilter.CAPLEN, DEPARTURES, "the tap");
    TraceSockets sockets = new TraceSockets(identity, tap);
    try {
      for (boolean isIpv6 : new boolean[] {false, true}) {
        TraceChannel channel = TraceChannel.open(isIpv6, identity, interfaceIndex, sockets.arena);
        if (channel != null) {
          sockets.channels.add(channel);
        }
      }
      return sockets;
    } catch (IOException | RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  private @Nullable TraceChannel channel(boolean isIpv6) {
    int place = isIpv6 ? 1 : 0;
    return place < channels.size() ? channels.get(place) : null;
  }

  /// Whether the system has the family.
  public boolean has(boolean isIpv6) {
    return channel(isIpv6) != null;
  }

  /// Sends a packet.
  ///
  /// @param scopeId the interface index that a link-local target needs, else 0
  /// @return bytes sent or `-errno`
  public long send(ProbePacket packet, IpAddress target, int scopeId) {
    TraceChannel channel = channel(target.isIpv6());
    if (channel == null) {
      throw new IllegalStateException("no IPv6");
    }
    return channel.send(packet, target, scopeId);
  }

  /// Adds what becomes readable when an answer comes.
  public void watch(PollSet descriptors) {
    channels.forEach(channel -> channel.watch(descriptors));
  }

  /// Shows what has departed, and what has been answered. The departure of what is answered is
  /// shown before.
  public void drain(Departure departures, Consumer<Answer> judge) {
    drainTap(departures);
    for (TraceChannel channel : channels) {
      channel.drain(() -> drainTap(departures), judge);
    }
  }

  private void drainTap(Departure departures) {
    int _ =
        tap.drain((memory, offset, end, epochNanos) -> {
          boolean isIpv4 = Ipv4Header.isWhole(memory, offset, end);
          long transport =
              offset + (isIpv4 ? Ipv4Header.headerLength(memory, offset) : Ipv6Header.BYTES);
          if (end - transport >= UdpHeader.BYTES + ProbePacket.NUMBER + Short.BYTES) {
            departures.departed(number(memory, transport), epochNanos);
          }
        });
  }

  private int number(MemorySegment memory, long transport) {
    return identity.protocol() == IpProtocol.TCP
        ? TcpHeader.sequence(memory, transport) & 0xffff
        : NetworkOrder.unsignedShort(memory, transport + UdpHeader.BYTES + ProbePacket.NUMBER);
  }

  /// Answers for which the sockets had no room, so far.
  public long dropped() {
    return channels.stream().mapToLong(TraceChannel::dropped).sum();
  }

  @Override
  public void close() {
    channels.reversed().forEach(TraceChannel::close);
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

package io.ringtap.ping.engine.socket;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.socket.PollSet;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The raw sockets of both families, or of IPv4 only if the system does not have IPv6.
final class EchoChannels implements AutoCloseable {
  private final Arena arena;
  private final List<EchoChannel> channels; // IPv4's first
  private final List<SendBatch> batches;

  private EchoChannels(Arena arena, List<EchoChannel> channels) {
    this.arena = arena;
    this.channels = List.copyOf(channels);
    batches = channels.stream().map(EchoChannel::batch).toList();
  }

  /// Opens them in the network namespace of the calling thread.
  ///
  /// @throws IOException a [LinuxException] without CAP_NET_RAW
  static EchoChannels open(ProbeIdentity identity, BpfProgram onIpv4, BpfProgram onIpv6)
      throws IOException {
    Arena arena = Arena.ofShared();
    List<EchoChannel> channels = new ArrayList<>();
    try {
      for (boolean isIpv6 : new boolean[] {false, true}) {
        EchoChannel channel = EchoChannel.open(isIpv6, isIpv6 ? onIpv6 : onIpv4, identity, arena);
        if (channel != null) {
          channels.add(channel);
        }
      }
      return new EchoChannels(arena, channels);
    } catch (Throwable e) {
      EchoSockets.closeAll(List.copyOf(channels));
      arena.close();
      throw e;
    }
  }

  /// For loops by index, which make no object.
  List<EchoChannel> all() {
    return channels;
  }

  List<SendBatch> batches() {
    return batches;
  }

  @Nullable SendBatch batch(boolean forIpv6) {
    EchoChannel channel = channel(forIpv6);
    return channel == null ? null : channel.batch();
  }

  void relieve(SendBatch batch) {
    EchoChannel channel = channel(batch.isIpv6());
    if (channel != null) {
      channel.relieve();
    }
  }

  private @Nullable EchoChannel channel(boolean forIpv6) {
    int place = forIpv6 ? 1 : 0;
    return place < channels.size() ? channels.get(place) : null;
  }

  void watch(PollSet descriptors) {
    for (EchoChannel channel : channels) {
      PollSet _ = descriptors.add(channel.reader().number());
    }
  }

  int bufferBytes() {
    int bytes = Integer.MAX_VALUE;
    for (int i = 0; i < channels.size(); i++) {
      bytes = Math.min(bytes, channels.get(i).reader().bufferBytes());
    }
    return bytes;
  }

  long dropped() {
    long dropped = 0;
    for (int i = 0; i < channels.size(); i++) {
      dropped += channels.get(i).reader().dropped();
    }
    return dropped;
  }

  @Override
  public void close() {
    EchoSockets.closeAll(List.copyOf(channels));
    arena.close();
  }
}

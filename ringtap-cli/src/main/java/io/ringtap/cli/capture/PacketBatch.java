package io.ringtap.cli.capture;

import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileEncoder;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Packets of one thread, gathered to sections of pcapng that are whole in themselves. It allocates
/// for a section, and nothing for a packet.
final class PacketBatch implements PacketHandler {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SavefileEncoder encoder;
  private final int headerBytes;
  private final Sink sink;
  private final byte[] bytes;
  private final MemorySegment memory;
  private int length;
  private int packets;
  private long beginNanos; // of the first packet in it

  /// Takes what is gathered.
  @FunctionalInterface
  interface Sink {
    /// Takes a section.
    ///
    /// @param section which it may keep
    void take(byte[] section, int packets);
  }

  /// An empty one.
  ///
  /// @param header what each section begins with
  /// @param mostBytes of a section; one packet has room in any case
  /// @param snaplen the most bytes of a packet
  PacketBatch(SavefileEncoder encoder, byte[] header, int mostBytes, int snaplen, Sink sink) {
    this.encoder = encoder;
    this.sink = sink;
    headerBytes = header.length;
    bytes = Arrays.copyOf(header, Math.max(mostBytes, headerBytes + encoder.recordBytes(snaplen)));
    memory = MemorySegment.ofArray(bytes);
    length = headerBytes;
  }

  @Override
  public void onPacket(Frame packet) {
    if (encoder.recordBytes(packet.caplen()) > bytes.length - length) {
      flush();
    }
    if (packets == 0) {
      beginNanos = System.nanoTime();
    }
    packets++;
    length += encoder.packet(memory, length, packet, PacketFlags.of(packet.direction()));
  }

  @Override
  public void onDrained(long completeUntil) {
    if (packets > 0 && System.nanoTime() - beginNanos >= LONGEST_NANOS) {
      flush();
    }
  }

  /// Hands over what is there.
  void flush() {
    if (packets > 0) {
      sink.take(Arrays.copyOf(bytes, length), packets);
      length = headerBytes;
      packets = 0;
    }
  }
}

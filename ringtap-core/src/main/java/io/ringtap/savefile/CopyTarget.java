package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.OpenSavefile.RecordLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of one format that packets are copied to, through a buffer.
abstract sealed class CopyTarget implements RecordLayout, AutoCloseable
    permits PcapTarget, BlockTarget {
  private static final int BUFFER = 1 << 20;

  final SavefileOptions options;

  /// What was in the sources and has no place here, in words.
  final Set<String> losses = new LinkedHashSet<>();

  /// What was in the sources and is not to be copied, in words.
  final Set<String> withheld = new LinkedHashSet<>();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
  private int used;
  private int packets; // in the buffer
  private @Nullable FileSequence files;

  CopyTarget(SavefileOptions options) {
    this.options = options;
  }

  /// The interface of a file without packets.
  final SavefileInterface firstInterface() {
    return options.interfaces().isEmpty()
        ? SavefileInterface.of(LinkType.ETHERNET, Frame.MAX_SNAPLEN)
        : options.interfaces().getFirst();
  }

  /// Writes what the reader is at.
  abstract void write(SavefileReader from) throws IOException;

  /// Writes what a file has before its packets, if it is known before them.
  void begin(SavefileReader from) throws IOException {}

  /// Writes another packet in place of the one that the reader is at.
  ///
  /// @param comments its comments
  abstract void write(SavefileReader from, Frame packet, List<String> comments) throws IOException;

  /// Writes another block in place of the one that the reader is at.
  abstract void write(SavefileReader from, byte[] block) throws IOException;

  /// Writes what a file must have even if nothing was copied.
  abstract void complete() throws IOException;

  final void open(FileSequence opened) {
    files = opened;
  }

  final FileSequence files() {
    if (files == null) {
      throw new IllegalStateException("not open yet");
    }
    return files;
  }

  /// Copies a packet's record to the buffer.
  final void append(MemorySegment record, long at, long length) throws IOException {
    if (length > BUFFER - used) {
      flush();
      if (length > BUFFER) {
        boolean _ = files().write(record, at, length, 1);
        return;
      }
    }
    MemorySegment.copy(record, JAVA_BYTE, at, buffer, JAVA_BYTE, used, length);
    used += (int) length;
    packets++;
  }

  /// Encodes a packet to the buffer.
  final void append(SavefileEncoder encoder, Frame packet, int flags) throws IOException {
    int most = encoder.recordBytes(packet.caplen());
    if (most > BUFFER - used) {
      flush();
      if (most > BUFFER) {
        try (Arena own = Arena.ofConfined()) {
          MemorySegment record = own.allocate(most, Long.BYTES);
          boolean _ = files().write(record, 0, encoder.packet(record, 0, packet, flags), 1);
        }
        return;
      }
    }
    used += encoder.packet(buffer, used, packet, flags);
    packets++;
  }

  final void flush() throws IOException {
    int length = used;
    int count = packets;
    used = 0;
    packets = 0;
    if (length > 0) {
      boolean _ = files().write(buffer, 0, length, count);
    }
  }

  @Override
  public final byte[] trailer() {
    return new byte[0];
  }

  @Override
  public final int trailerBytes() {
    return 0;
  }

  @Override
  public final boolean hasFiller() {
    return false;
  }

  /// Frees the memory, where no file was opened.
  final void abandon() {
    arena.close();
  }

  @Override
  public final void close() throws IOException {
    if (!arena.scope().isAlive()) {
      return;
    }
    try (arena;
        FileSequence _ = files) {
      flush();
      complete();
    }
  }
}

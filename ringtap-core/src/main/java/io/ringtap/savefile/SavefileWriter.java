package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes packets into a savefile, or into several by turns. For one thread, with a buffer; nothing
/// is allocated for a packet without a comment.
///
/// ```java
/// var options = SavefileOptions.of(PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, Frame.MAX_SNAPLEN)));
/// try (var writer = SavefileWriter.open(Path.of("x.pcapng"), options)) {
///   writer.write(MemoryFrame.of(LinkType.ETHERNET, bytes).withStamp(epochNanos));
/// }
/// ```
///
/// For a capture, use `PacketRecorder` of the record package, which writes on a thread of its own.
public final class SavefileWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final SavefileOutput output;
  private final SavefileEncoder encoder;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
  private int used;
  private int packets; // in the buffer

  private SavefileWriter(SavefileOutput output) {
    this.output = output;
    encoder = output.encoder();
  }

  /// Writes to `path`: see [SavefileOutput#open].
  ///
  /// @throws IllegalArgumentException if the options do not fit together, with a line that says why
  public static SavefileWriter open(Path path, SavefileOptions options) throws IOException {
    return new SavefileWriter(SavefileOutput.open(path, options));
  }

  /// Writes to `channel`, which it closes.
  ///
  /// @param name what messages call it, such as `standard output`
  /// @throws IllegalArgumentException if the options do not fit together, with a line that says why
  public static SavefileWriter to(WritableByteChannel channel, String name, SavefileOptions options)
      throws IOException {
    return new SavefileWriter(SavefileOutput.to(channel, name, options));
  }

  /// Writes a frame, into the buffer at first. Its [Frame#interfaceId] is the interface's place in
  /// the options. A pcapng file also gets whether it departed.
  ///
  /// @return false if the run has ended with its last file: nothing more is written
  /// @throws SavefileException if the file takes no more
  public boolean write(Frame frame) throws IOException {
    return write(frame, PacketFlags.of(frame.direction()), null);
  }

  /// Writes a frame with what else there is to say of it, which pcap has no place for.
  ///
  /// @param flags bits of [PacketFlags]
  /// @param comment null for none. One costs an allocation, and a call of the system for the frame
  /// @return false if the run has ended with its last file: nothing more is written
  /// @throws SavefileException if the file takes no more
  public boolean write(Frame frame, int flags, @Nullable String comment) throws IOException {
    if (comment != null && encoder.format() == SavefileFormat.PCAPNG) {
      flush();
      byte[] record = PcapngBlocks.packet(frame, flags, comment);
      return output.write(MemorySegment.ofArray(record), 0, record.length, 1);
    }
    int most = encoder.recordBytes(frame.caplen());
    if (most > BUFFER - used) {
      flush();
      if (most > BUFFER) {
        return writeAlone(frame, flags, most);
      }
    }
    used += encoder.packet(buffer, used, frame, flags);
    packets++;
    return !output.isEnded();
  }

  private boolean writeAlone(Frame frame, int flags, int most) throws IOException {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment record = own.allocate(most, Long.BYTES);
      return output.write(record, 0, encoder.packet(record, 0, frame, flags), 1);
    }
  }

  /// Hands what is in the buffer to the system.
  ///
  /// @throws SavefileException if the file takes no more
  public void flush() throws IOException {
    int length = used;
    int count = packets;
    used = 0;
    packets = 0;
    if (length > 0) {
      boolean _ = output.write(buffer, 0, length, count);
    }
  }

  /// Packets that are in the file, without those in the buffer.
  public long packetsWritten() {
    return output.packets();
  }

  /// Bytes that are in the file or files, before compression, without those in the buffer.
  public long bytesWritten() {
    return output.bytes();
  }

  /// Files begun.
  public int files() {
    return output.files();
  }

  /// Writes what is in the buffer and the statistics, and closes the file.
  ///
  /// @throws SavefileException if the file takes no more; it is closed all the same
  @Override
  public void close() throws IOException {
    if (!arena.scope().isAlive()) {
      return;
    }
    try (arena;
        output) {
      flush();
    }
  }
}

package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes packets into a savefile, or into several with rotation, through a buffer. For one thread.
/// Nothing is allocated for a packet without a comment.
///
/// ```java
/// var options = SavefileOptions.of(PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, Frame.MAX_SNAPLEN)));
/// try (var writer = SavefileWriter.open(Path.of("x.pcapng"), options)) {
///   writer.write(MemoryFrame.of(LinkType.ETHERNET, bytes).withStamp(epochNanos));
/// }
/// ```
///
/// For packets of other savefiles, use [SavefileCopy], which keeps everything else that they hold.
/// For a live capture, use `PacketRecorder` of the record package, which writes on its own thread.
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
  /// @throws IllegalArgumentException if the options are inconsistent; the message says why
  /// @throws IOException if the file cannot be created; the message names it and the reason
  public static SavefileWriter open(Path path, SavefileOptions options) throws IOException {
    return new SavefileWriter(SavefileOutput.open(path, options));
  }

  /// Writes to `channel`, and closes it in [#close].
  ///
  /// @param name its name in messages, such as `standard output`
  /// @throws IllegalArgumentException if the options are inconsistent; the message says why
  /// @throws IOException if the file header cannot be written
  public static SavefileWriter to(WritableByteChannel channel, String name, SavefileOptions options)
      throws IOException {
    return new SavefileWriter(SavefileOutput.to(channel, name, options));
  }

  /// Writes a frame to the buffer. Its [Frame#interfaceId] is the interface's index in the options.
  /// A pcapng file also records whether the frame was received or sent.
  ///
  /// @return false if the run has ended with its last file: nothing more is written
  /// @throws SavefileException if the file can no longer be written
  public boolean write(Frame frame) throws IOException {
    return write(frame, PacketFlags.of(frame.direction()), null);
  }

  /// Writes a frame with flags and a comment, which pcap cannot hold.
  ///
  /// @param flags bits of [PacketFlags]
  /// @param comment null for none. A comment costs an allocation, and a system call for the frame
  /// @return false if the run has ended with its last file: nothing more is written
  /// @throws SavefileException if the file can no longer be written
  public boolean write(Frame frame, int flags, @Nullable String comment) throws IOException {
    if (comment != null && encoder.format() == SavefileFormat.PCAPNG) {
      flush();
      byte[] record = PcapngBlocks.packet(frame, flags, List.of(comment));
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

  /// Passes the buffer's content to the kernel.
  ///
  /// @throws SavefileException if the file can no longer be written
  public void flush() throws IOException {
    int length = used;
    int count = packets;
    used = 0;
    packets = 0;
    if (length > 0) {
      boolean _ = output.write(buffer, 0, length, count);
    }
  }

  /// Packets in the file or files, without those in the buffer.
  public long packetsWritten() {
    return output.packets();
  }

  /// Bytes in the file or files, before compression, without those in the buffer.
  public long bytesWritten() {
    return output.bytes();
  }

  /// Files begun.
  public int files() {
    return output.files();
  }

  /// Writes the buffer's content and the statistics, and closes the file.
  ///
  /// @throws SavefileException if the file can no longer be written; it is closed all the same
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

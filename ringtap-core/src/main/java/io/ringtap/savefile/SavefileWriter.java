package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// Writes packets into a savefile, or into several by turns. For one thread, with a buffer; nothing
/// is allocated for a packet without a comment.
///
/// ```java
/// var options = SavefileOptions.of(PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, 262144)));
/// try (var writer = SavefileWriter.open(Path.of("x.pcapng"), options)) {
///   writer.write(0, epochNanos, PacketFlags.INBOUND, frame, 0, frame.byteSize(), frame.byteSize());
/// }
/// ```
///
/// Capture threads use `PacketRecorder` of the capture package instead, which writes on a thread of
/// its own.
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

  /// Writes a packet, into the buffer at first.
  ///
  /// @param interfaceId the interface's place in the options
  /// @param epochNanos the stamp
  /// @param flags bits of [PacketFlags], which pcap has no place for
  /// @param frame memory that has the captured octets from `offset` on
  /// @param origlen octets of the packet as it was
  /// @return false if the run has ended with its last file: nothing more is written
  /// @throws SavefileException if the file takes no more
  public boolean write(
      int interfaceId,
      long epochNanos,
      int flags,
      MemorySegment frame,
      long offset,
      int caplen,
      int origlen)
      throws IOException {
    int most = encoder.recordBytes(caplen);
    if (most > BUFFER - used) {
      flush();
      if (most > BUFFER) {
        return writeAlone(interfaceId, epochNanos, flags, frame, offset, caplen, origlen);
      }
    }
    used +=
        encoder.packet(
            buffer, used, interfaceId, epochNanos, flags, frame, offset, caplen, origlen);
    packets++;
    return !output.isEnded();
  }

  private boolean writeAlone(
      int interfaceId,
      long epochNanos,
      int flags,
      MemorySegment frame,
      long offset,
      int caplen,
      int origlen)
      throws IOException {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment record = own.allocate(encoder.recordBytes(caplen), Long.BYTES);
      int length =
          encoder.packet(record, 0, interfaceId, epochNanos, flags, frame, offset, caplen, origlen);
      return output.write(record, 0, length, 1);
    }
  }

  /// Writes a packet with a comment, which pcap has no place for. Allocates.
  ///
  /// @return false if the run has ended with its last file: nothing more is written
  /// @throws SavefileException if the file takes no more
  public boolean write(
      int interfaceId,
      long epochNanos,
      int flags,
      MemorySegment frame,
      long offset,
      int caplen,
      int origlen,
      String comment)
      throws IOException {
    if (encoder.format() != SavefileFormat.PCAPNG) {
      return write(interfaceId, epochNanos, flags, frame, offset, caplen, origlen);
    }
    flush();
    byte[] octets = frame.asSlice(offset, caplen).toArray(JAVA_BYTE);
    byte[] record = PcapngBlocks.packet(interfaceId, epochNanos, flags, octets, origlen, comment);
    return output.write(MemorySegment.ofArray(record), 0, record.length, 1);
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

  /// Octets that are in the file or files, before compression, without those in the buffer.
  public long octetsWritten() {
    return output.octets();
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

package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/// Copies savefiles block by block, whole or in part, and loses nothing on the way from pcapng to
/// pcapng: comments, names, secrets, statistics, custom blocks and those of unknown types are
/// written as they were read. Only custom blocks and options whose maker has marked them as not to
/// be copied are left out, and [#withheld] says so. For one thread.
///
/// ```java
/// try (var reader = SavefileReader.open(source);
///     var copy = SavefileCopy.open(target, SavefileOptions.of(PCAPNG, reader.interfaces()))) {
///   while (reader.nextBlock()) {
///     if (!reader.isPacket() || filter.matches(reader)) {
///       copy.write(reader);
///     }
///   }
/// }
/// ```
///
/// Several readers can be copied one after the other, each from its first block on; each becomes
/// one or more sections of the copy. Packets of several readers in any order, such as that of time,
/// need [one section][SavefileOptions#withOneSection], in which each reader has interfaces of its
/// own. Into pcap go packets of one link type and nothing else: [#losses] says what was left out.
///
/// With [rotation][SavefileOptions#rotation] each file is complete in itself: it begins with the
/// section header, interfaces, names and secrets that its packets need.
public final class SavefileCopy implements AutoCloseable {
  private final CopyTarget target;

  private SavefileCopy(CopyTarget target) {
    this.target = target;
  }

  private static CopyTarget target(SavefileOptions options) {
    if (options.format() == SavefileFormat.PCAPNG && options.isOneSection()) {
      return new MergeTarget(options);
    }
    return options.format() == SavefileFormat.PCAPNG
        ? new PcapngTarget(options)
        : new PcapTarget(options);
  }

  /// Copies to `path`. Without rotation, an existing file is overwritten now.
  ///
  /// @param options whose interfaces are only needed for the header of a pcap file and for a copy
  ///   without packets, and may be of several link types; its statistics are not used
  /// @throws IllegalArgumentException if the pattern of a rotation's names is wrong
  /// @throws IOException if the file cannot be created; the message names it and the reason
  public static SavefileCopy open(Path path, SavefileOptions options) throws IOException {
    CopyTarget target = target(options);
    try {
      target.open(FileSequence.open(path, options, target));
    } catch (IOException | RuntimeException e) {
      target.abandon();
      throw e;
    }
    return new SavefileCopy(target);
  }

  /// Copies to `channel`, and closes it in [#close].
  ///
  /// @param name its name in messages, such as `standard output`
  /// @throws IllegalArgumentException if the options ask for rotation
  /// @throws IOException if nothing can be written
  public static SavefileCopy to(WritableByteChannel channel, String name, SavefileOptions options)
      throws IOException {
    CopyTarget target = target(options);
    try {
      target.open(FileSequence.to(channel, name, options, target));
    } catch (IOException | RuntimeException e) {
      target.abandon();
      throw e;
    }
    return new SavefileCopy(target);
  }

  /// Writes the header now, before there is a packet, if the reader's kind of file says all that it
  /// needs: pcap. A stream that pauses before its first packet can be recognized then.
  ///
  /// @throws SavefileException if the file can no longer be written
  public void begin(SavefileReader from) throws IOException {
    target.begin(from);
  }

  /// Writes the packet or block that the reader is at, as it stands.
  ///
  /// @return false if the run has ended with the last file of its rotation: nothing more is written
  /// @throws SavefileException if the file can no longer be written
  /// @throws IOException if a pcap file cannot hold the packet's link type
  public boolean write(SavefileReader from) throws IOException {
    target.write(from);
    return !target.files().isEnded();
  }

  /// Writes another packet in place of the one that the reader is at, which keeps its interface and
  /// all options except comments.
  ///
  /// @param packet with its bytes, lengths and stamp. A stamp is written in the unit of the
  ///   interface
  /// @param comments its comments, such as [SavefileReader#comments]
  /// @return false if the run has ended with the last file of its rotation: nothing more is written
  /// @throws SavefileException if the file can no longer be written
  /// @throws IOException if a pcap file cannot hold the packet's link type
  public boolean write(SavefileReader from, Frame packet, List<String> comments)
      throws IOException {
    target.write(from, packet, comments);
    return !target.files().isEnded();
  }

  /// Writes a block in place of the one that the reader is at, or before it: of any kind but a
  /// packet, and in the byte order of the reader's section.
  ///
  /// @param block as `BlockBuilder` of [io.ringtap.savefile.block] makes it. Not copied
  /// @throws SavefileException if the file can no longer be written
  public void write(SavefileReader from, byte[] block) throws IOException {
    target.write(from, block);
  }

  /// Passes the buffer's content to the kernel, for a reader whose next step [may
  /// wait][SavefileReader#isNextAtHand].
  ///
  /// @throws SavefileException if the file can no longer be written
  public void flush() throws IOException {
    target.flush();
  }

  /// What the sources had and the copy has no room for, each once, in words: `packet comments`.
  public List<String> losses() {
    return List.copyOf(target.losses);
  }

  /// What the sources have marked as not to be copied, each kind once, in words: `custom blocks`. A
  /// copy to pcap has no room for it in any case.
  public List<String> withheld() {
    return List.copyOf(target.withheld);
  }

  /// Packets in the file or files, without those in the buffer. Any thread.
  public long packetsWritten() {
    return target.files().packets();
  }

  /// Whether the run has ended with the last file of its rotation, which is full. Any thread.
  public boolean isEnded() {
    return target.files().isEnded();
  }

  /// Bytes in the file or files, before compression, without those in the buffer. Any thread.
  public long bytesWritten() {
    return target.files().bytes();
  }

  /// Files begun. Any thread.
  public int files() {
    return target.files().files();
  }

  /// Writes the buffer's content and closes the file. A copy without a packet is a savefile all the
  /// same.
  ///
  /// @throws SavefileException if the file can no longer be written; it is closed all the same
  @Override
  public void close() throws IOException {
    target.close();
  }
}

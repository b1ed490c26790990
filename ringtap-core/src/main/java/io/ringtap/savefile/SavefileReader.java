package io.ringtap.savefile;

import io.ringtap.packet.Direction;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.LinuxSll2;
import io.ringtap.packet.PacketLayers;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import io.ringtap.savefile.block.StampUnit;
import io.ringtap.savefile.file.FileFailure;
import io.ringtap.savefile.file.StreamChannel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// Reads the packets of a savefile, one after the other: pcap of all versions with stamps in micro-
/// or nanoseconds, and pcapng, in both byte orders, plain or compressed by gzip.
///
/// [#next] moves from packet to packet. [#nextBlock] also stops at all else that a pcapng file
/// holds, so that a [SavefileCopy] can keep it.
///
/// The reader is a cursor and itself the current frame: [#next] moves to the next packet, and what
/// the accessors return is valid until the next call; the memory is lent. Nothing is allocated for
/// a packet. For one thread, except [#stop].
///
/// If the file is damaged, [#next] throws a [MalformedSavefile] after all complete packets before
/// the damage; then the reader is at its end. A stamp that a `long` of nanoseconds cannot hold
/// becomes `Long.MAX_VALUE` or `Long.MIN_VALUE`.
public final class SavefileReader implements Frame, AutoCloseable {
  private static final int WINDOW = 1 << 20;

  private final SavefileInput input;
  private final RecordReader records;
  private final List<SavefileInterface> interfaces;
  private final PacketLayers layers = new PacketLayers();
  private boolean ended;

  private SavefileReader(SavefileInput input) throws IOException {
    this.input = input;
    records = records(input);
    interfaces = Collections.unmodifiableList(records.interfaces);
  }

  /// Opens a file.
  ///
  /// @throws MalformedSavefile if it is not a savefile, or its header is damaged
  /// @throws IOException if it cannot be read; the message names it and the reason
  public static SavefileReader open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a directory");
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(file);
    } catch (IOException e) {
      throw FileFailure.of(file.toString(), e);
    }
    return of(channel, file.toString());
  }

  /// Reads from `channel`, and closes it in [#close].
  ///
  /// @param name its name in messages, such as `standard input`
  /// @throws MalformedSavefile if it is not a savefile, or its header is damaged
  public static SavefileReader of(ReadableByteChannel channel, String name) throws IOException {
    return of(channel, name, WINDOW);
  }

  /// Reads from `stream`, and closes it in [#close].
  ///
  /// @param name its name in messages, such as `standard input`
  /// @throws MalformedSavefile if it is not a savefile, or its header is damaged
  public static SavefileReader of(InputStream stream, String name) throws IOException {
    return of(new StreamChannel(stream), name, WINDOW);
  }

  static SavefileReader of(ReadableByteChannel channel, String name, int windowBytes)
      throws IOException {
    SavefileInput input = null;
    try {
      input = new SavefileInput(channel, name, windowBytes);
      return new SavefileReader(input);
    } catch (IOException e) {
      try (channel) {
        if (input != null) {
          input.close();
        }
      }
      throw e;
    }
  }

  private static RecordReader records(SavefileInput input) throws IOException {
    if (!input.has(4)) {
      throw input.truncated(4);
    }
    int first = input.word(input.position());
    // The first four bytes of pcapng are the same in both byte orders.
    boolean bigEndian =
        switch (Integer.reverseBytes(first)) {
          case PcapRecordReader.MAGIC_MICROS,
              PcapRecordReader.MAGIC_NANOS,
              PcapRecordReader.MAGIC_MODIFIED ->
              true;
          default -> false;
        };
    input.bigEndian(bigEndian);
    int magic = input.word(input.position());
    return switch (magic) {
      case PcapRecordReader.MAGIC_MICROS,
          PcapRecordReader.MAGIC_NANOS,
          PcapRecordReader.MAGIC_MODIFIED ->
          new PcapRecordReader(input, magic);
      case Pcapng.SECTION_HEADER -> new PcapngRecordReader(input);
      default ->
          throw input.malformed(0, "magic 0x%08x".formatted(first), "neither pcap nor pcapng");
    };
  }

  /// Moves to the next packet.
  ///
  /// @return false at the file's end
  /// @throws MalformedSavefile if the file is damaged or ends inside a packet
  public boolean next() throws IOException {
    return next(true);
  }

  /// Moves to the next packet, or to the next block of a pcapng file that is not a packet:
  /// [#isPacket] says which. A block is handed on as it stands, whether or not its kind is known
  /// here: see [#block].
  ///
  /// @return false at the file's end
  /// @throws MalformedSavefile if the file is damaged or ends inside a packet or block
  public boolean nextBlock() throws IOException {
    return next(false);
  }

  private boolean next(boolean packetsOnly) throws IOException {
    if (ended || input.isStopped()) {
      return false;
    }
    ended = true; // also when it throws
    boolean more;
    try {
      more = records.next(packetsOnly);
    } catch (MalformedSavefile e) {
      if (input.isStopped()) {
        return false; // stop cut it off
      }
      throw e;
    }
    ended = !more;
    return more;
  }

  /// Whether the reader is at a packet, after [#nextBlock]. The frame's accessors are only valid
  /// then.
  public boolean isPacket() {
    return records.isPacket;
  }

  /// The block of a pcapng file that the reader is at, also if it is a packet. Lent until the next
  /// step.
  ///
  /// @throws IllegalStateException if the file is pcap
  public PcapngBlock block() {
    return records.block();
  }

  /// Whether the next step needs nothing more from the source. If not, it may wait for long where
  /// the source is a pipe: the time to write or show what was held back.
  public boolean isNextAtHand() {
    return records.isNextAtHand();
  }

  /// Ends the reading: [#next] returns false from now on. A call that waits for data returns too if
  /// the data comes through an [java.nio.channels.InterruptibleChannel], such as that of a file or
  /// a pipe. The current packet stays valid. Any thread may call this.
  public void stop() {
    input.stop();
  }

  @Override
  public MemorySegment memory() {
    return input.memory();
  }

  @Override
  public long offset() {
    return records.offset;
  }

  @Override
  public int caplen() {
    return records.caplen;
  }

  @Override
  public int origlen() {
    return records.origlen;
  }

  @Override
  public long epochNanos() {
    return records.epochNanos;
  }

  @Override
  public int interfaceId() {
    return records.interfaceId;
  }

  @Override
  public LinkType linkType() {
    return interfaces.get(records.interfaceId).linkType();
  }

  /// The direction of the packet, from the pseudo-header of a cooked link type or the flags of
  /// pcapng.
  @Override
  public Direction direction() {
    return switch (cooked()) {
      case LinkType.LINKTYPE_LINUX_SLL -> Direction.of(LinuxSll.packetType(memory(), offset()));
      case LinkType.LINKTYPE_LINUX_SLL2 -> Direction.of(LinuxSll2.packetType(memory(), offset()));
      default -> PacketFlags.direction(records.flags);
    };
  }

  @Override
  public int interfaceIndex() {
    return cooked() == LinkType.LINKTYPE_LINUX_SLL2
        ? LinuxSll2.interfaceIndex(memory(), offset())
        : records.interfaceIndex();
  }

  @Override
  public int protocol() {
    return switch (cooked()) {
      case LinkType.LINKTYPE_LINUX_SLL -> LinuxSll.protocol(memory(), offset());
      case LinkType.LINKTYPE_LINUX_SLL2 -> LinuxSll2.protocol(memory(), offset());
      case LinkType.LINKTYPE_ETHERNET ->
          caplen() >= EthernetHeader.BYTES ? EthernetHeader.etherType(memory(), offset()) : 0;
      default -> 0;
    };
  }

  @Override
  public int hardwareType() {
    return switch (cooked()) {
      case LinkType.LINKTYPE_LINUX_SLL -> LinuxSll.hardwareType(memory(), offset());
      case LinkType.LINKTYPE_LINUX_SLL2 -> LinuxSll2.hardwareType(memory(), offset());
      default -> 0;
    };
  }

  /// The number of the packet's link type; [LinkType#LINKTYPE_NULL] for a cooked link type whose
  /// pseudo-header is cut off.
  private int cooked() {
    int number = linkType().number();
    int needed =
        switch (number) {
          case LinkType.LINKTYPE_LINUX_SLL -> LinuxSll.BYTES;
          case LinkType.LINKTYPE_LINUX_SLL2 -> LinuxSll2.BYTES;
          default -> 0;
        };
    return caplen() < needed ? LinkType.LINKTYPE_NULL : number;
  }

  @Override
  public PacketLayers layers() {
    layers.read(this);
    return layers;
  }

  /// The flags of the packet: bits of [PacketFlags].
  public int flags() {
    return records.flags;
  }

  /// The offset of the packet's record in the file, or in the uncompressed content of a compressed
  /// file.
  public long recordOffset() {
    return records.recordOffset;
  }

  /// All bytes of the record or block that the reader is at, in the file.
  long recordBytes() {
    return records.recordBytes();
  }

  /// The packet's comments, in their order. Allocates if there are any.
  @Override
  public List<String> comments() {
    return records.comments();
  }

  /// What the file says of the section that the reader is in.
  public SavefileSection section() {
    return records.section();
  }

  /// The interfaces that the file has described so far. Indexes are unique in the whole file, also
  /// if it has several sections. The list grows as the file is read.
  public List<SavefileInterface> interfaces() {
    return interfaces;
  }

  /// The interface of packets with this [#interfaceId].
  public SavefileInterface interfaceOf(int id) {
    return interfaces.get(id);
  }

  /// The interface statistics that were read last, for each interface.
  public List<SavefileInterfaceStatistics> statistics() {
    return records.statistics();
  }

  /// The unit in which the file has the stamps of an interface, which a copy keeps.
  StampUnit unit(int interfaceId) {
    return records instanceof PcapngRecordReader blocks
        ? blocks.unit(interfaceId)
        : StampUnit.MICROS;
  }

  /// How many of the [interfaces][#interfaces] belong to earlier sections.
  int sectionBase() {
    return records instanceof PcapngRecordReader blocks ? blocks.sectionBase() : 0;
  }

  /// The file's format.
  public SavefileFormat format() {
    return records.format();
  }

  /// The file's name in messages.
  public String name() {
    return input.name();
  }

  @Override
  public void close() throws IOException {
    ended = true;
    input.close();
  }
}

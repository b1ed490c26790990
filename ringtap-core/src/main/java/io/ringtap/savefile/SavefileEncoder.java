package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.block.Pcapng;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.util.List;

/// Writes a savefile's records to memory, little-endian. It has no state, so any number of threads
/// may share one.
///
/// A stamp that pcap's unsigned 32 bits of seconds cannot hold (before 1970, after 2106) is written
/// as the nearest value that fits; in pcapng a stamp before 1970 is written as the epoch.
public final class SavefileEncoder {
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_PCAP_NANOS = (0xFFFF_FFFFL + 1) * NANOS_PER_SECOND - 1;
  private static final int FLAGS_OPTION_BYTES = 12; // with the end of options

  private final SavefileFormat format;
  private final List<SavefileInterface> interfaces;
  private final boolean blocks;
  private final int nanosPerUnit; // of pcap

  private SavefileEncoder(SavefileFormat format, List<SavefileInterface> interfaces) {
    this.format = format;
    this.interfaces = List.copyOf(interfaces);
    blocks = format == SavefileFormat.PCAPNG;
    nanosPerUnit = format == SavefileFormat.PCAP_MICROS ? 1000 : 1;
  }

  /// An encoder for packets of `interfaces`; records refer to them by their index in the list.
  ///
  /// @throws IllegalArgumentException if the format cannot hold them; the message says why
  public static SavefileEncoder of(SavefileFormat format, List<SavefileInterface> interfaces) {
    if (interfaces.isEmpty()) {
      throw new IllegalArgumentException("a savefile needs an interface");
    }
    if (format != SavefileFormat.PCAPNG) {
      List<String> linkTypes =
          interfaces.stream().map(each -> each.linkType().toString()).distinct().toList();
      if (linkTypes.size() > 1) {
        throw new IllegalArgumentException(
            "a pcap file holds one link type, and the interfaces have "
                + String.join(", ", linkTypes)
                + "; pcapng holds several");
      }
    }
    return new SavefileEncoder(format, interfaces);
  }

  /// The bytes at the beginning of a file, up to the first packet.
  ///
  /// @param section what the file says of itself. A pcap file cannot hold it
  public byte[] header(SavefileSection section) {
    return blocks
        ? PcapngBlocks.header(interfaces, section)
        : PcapngBlocks.pcapHeader(nanosPerUnit == 1, interfaces);
  }

  /// The bytes at the end of a file: the statistics, if the format can hold them.
  public byte[] trailer(List<SavefileInterfaceStatistics> statistics) {
    return blocks ? PcapngBlocks.statistics(statistics) : new byte[0];
  }

  /// The most bytes that [#packet] writes for a packet.
  public int recordBytes(int caplen) {
    return blocks
        ? Pcapng.ENHANCED_PACKET_BYTES + Pcapng.padded(caplen) + FLAGS_OPTION_BYTES
        : PcapRecordReader.RECORD_HEADER_BYTES + caplen;
  }

  /// Writes the record of `frame` at `at`, where there must be room for [#recordBytes]. The frame's
  /// [Frame#interfaceId] is the interface's index in the list.
  ///
  /// @param flags bits of [PacketFlags], which pcap cannot hold
  /// @return bytes written
  public int packet(MemorySegment to, long at, Frame frame, int flags) {
    return blocks ? block(to, at, frame, flags) : record(to, at, frame);
  }

  private int record(MemorySegment to, long at, Frame frame) {
    int caplen = frame.caplen();
    long stamp = Math.clamp(frame.epochNanos(), 0, MAX_PCAP_NANOS);
    int part = (int) (stamp % NANOS_PER_SECOND) / nanosPerUnit;
    to.set(LONG, at, both((int) (stamp / NANOS_PER_SECOND), part));
    to.set(LONG, at + 8, both(caplen, frame.origlen()));
    long data = at + PcapRecordReader.RECORD_HEADER_BYTES;
    MemorySegment.copy(frame.memory(), frame.offset(), to, data, caplen);
    return PcapRecordReader.RECORD_HEADER_BYTES + caplen;
  }

  private static int block(MemorySegment to, long at, Frame frame, int flags) {
    int caplen = frame.caplen();
    int padded = Pcapng.padded(caplen);
    int options = flags == PacketFlags.NONE ? 0 : FLAGS_OPTION_BYTES;
    int total = Pcapng.ENHANCED_PACKET_BYTES + padded + options;
    long stamp = Math.max(frame.epochNanos(), 0);
    // Two fields in one store, because this runs for each captured packet.
    to.set(LONG, at, both(Pcapng.ENHANCED_PACKET, total)); // block type, length
    to.set(LONG, at + 8, both(frame.interfaceId(), (int) (stamp >>> 32)));
    to.set(LONG, at + 16, both((int) stamp, caplen));
    to.set(INT, at + 24, frame.origlen());
    if (padded != caplen) {
      to.set(
          INT,
          at + 28 + padded - 4,
          0); // becomes the padding where the packet does not overwrite it
    }
    MemorySegment.copy(frame.memory(), frame.offset(), to, at + 28, caplen);
    if (options != 0) {
      long option = at + 28 + padded;
      to.set(SHORT, option, (short) Pcapng.EPB_FLAGS);
      to.set(SHORT, option + 2, (short) 4);
      to.set(INT, option + 4, flags);
      to.set(INT, option + 8, Pcapng.OPT_ENDOFOPT);
    }
    to.set(INT, at + total - 4, total);
    return total;
  }

  /// Two fields, the first at the lower address.
  private static long both(int first, int second) {
    return Integer.toUnsignedLong(first) | (long) second << 32;
  }

  /// Whether the format has filler, which readers skip.
  boolean hasFiller() {
    return blocks;
  }

  /// Bytes of filler from `length` up to a multiple of `alignment`.
  static int fillerBytes(long length, int alignment) {
    int gap = (int) (-length & (alignment - 1));
    return gap == 0 || gap >= Pcapng.BLOCK_BYTES ? gap : gap + alignment;
  }

  /// Writes filler at `at`.
  ///
  /// @param bytes as returned by [#fillerBytes]
  static void fill(MemorySegment to, long at, int bytes) {
    to.asSlice(at, bytes).fill((byte) 0);
    to.set(INT, at, Pcapng.FILLER);
    to.set(INT, at + 4, bytes);
    to.set(INT, at + bytes - 4, bytes);
  }

  /// The length in bytes of the record at `at`, which [#packet] wrote.
  public int recordLength(MemorySegment records, long at) {
    return blocks
        ? records.get(INT, at + 4)
        : PcapRecordReader.RECORD_HEADER_BYTES + records.get(INT, at + 8);
  }

  /// The stamp of the record at `at`, in the precision of the file.
  public long recordNanos(MemorySegment records, long at) {
    return blocks
        ? Integer.toUnsignedLong(records.get(INT, at + 12)) << 32
            | Integer.toUnsignedLong(records.get(INT, at + 16))
        : Integer.toUnsignedLong(records.get(INT, at)) * NANOS_PER_SECOND
            + (long) records.get(INT, at + 4) * nanosPerUnit;
  }

  /// The format.
  public SavefileFormat format() {
    return format;
  }

  /// The interfaces.
  public List<SavefileInterface> interfaces() {
    return interfaces;
  }
}

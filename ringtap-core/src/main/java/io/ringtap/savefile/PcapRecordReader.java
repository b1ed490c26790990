package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.io.IOException;

/// The records of a pcap file (draft-ietf-opsawg-pcap).
///
/// ```
///  file:    magic, version 2.4, 2 words reserved, snaplen, link type    24 bytes
///  record:  seconds, micro- or nanoseconds, caplen, origlen, bytes     16 + caplen bytes
/// ```
///
/// Older versions have the two lengths the other way round, and so has version 543.0 of DG/UX
/// (libpcap's sf-pcap.c). In the modified format of A. Kuznetzov's patches for Linux 2.0 and 2.2 a
/// record's header goes on with the interface's index, the protocol and the packet's type.
final class PcapRecordReader extends RecordReader {
  static final int MAGIC_MICROS = 0xA1B2C3D4;
  static final int MAGIC_NANOS = 0xA1B23C4D;
  static final int MAGIC_MODIFIED = 0xA1B2CD34;

  static final int HEADER_BYTES = 24;
  static final int RECORD_HEADER_BYTES = 16;

  /// The bits of the link type's word that say how long frame check sequences are, in 16 bits each:
  /// their number, if the flag is set.
  static final int FCS_SHIFT = 28;

  static final int FCS_FLAG = 1 << 26;
  static final int FCS_UNIT_BITS = 16;
  private static final int LINK_TYPE = 0x03FF_FFFF;

  private static final int MODIFIED_HEADER_BYTES = 24;
  private static final int PADDING_BYTES = 1 << 12;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// In which order a record has its two lengths.
  private enum Lengths {
    CAPTURED_FIRST,
    ORIGINAL_FIRST,
    EITHER // the smaller one is that of the captured bytes
  }

  private final boolean nanos;
  private final int recordHeaderBytes;
  private final Lengths lengths;
  private final int maxCaplen;
  private int interfaceIndex;

  /// Reads the rest of the file's header after the magic, which gave the byte order.
  PcapRecordReader(SavefileInput input, int magic) throws IOException {
    super(input);
    isPacket = true;
    nanos = magic == MAGIC_NANOS;
    recordHeaderBytes = magic == MAGIC_MODIFIED ? MODIFIED_HEADER_BYTES : RECORD_HEADER_BYTES;
    if (!input.has(HEADER_BYTES)) {
      throw input.truncated(HEADER_BYTES);
    }
    int at = input.position();
    lengths = lengths(input.half(at + 4), input.half(at + 6));
    long snaplen = Integer.toUnsignedLong(input.word(at + 16));
    maxCaplen = Math.clamp(snaplen, Frame.MAX_SNAPLEN, MAX_RECORD - RECORD_HEADER_BYTES);
    int type = input.word(at + 20);
    interfaces.add(
        SavefileInterface.of(
                new LinkType(type & LINK_TYPE), (int) Math.min(snaplen, Integer.MAX_VALUE))
            .withFcsBits((type & FCS_FLAG) == 0 ? 0 : (type >>> FCS_SHIFT) * FCS_UNIT_BITS));
    input.advance(HEADER_BYTES);
  }

  private Lengths lengths(int major, int minor) throws MalformedSavefile {
    if (major == 543 && minor == 0) {
      return Lengths.ORIGINAL_FIRST;
    }
    if (major != 2 || minor > 4) {
      throw input.malformed(
          4,
          "pcap version %d.%d".formatted(major, minor),
          "only versions 2.0 to 2.4 and 543.0 are supported");
    }
    return switch (minor) {
      case 4 -> Lengths.CAPTURED_FIRST;
      case 3 -> Lengths.EITHER;
      default -> Lengths.ORIGINAL_FIRST;
    };
  }

  @Override
  boolean next(boolean packetsOnly) throws IOException {
    if (!input.has(recordHeaderBytes)) {
      if (input.endsHere()) {
        return false;
      }
      throw input.truncated(recordHeaderBytes);
    }
    if (isZero(recordHeaderBytes) && isPadding()) {
      return false;
    }
    boolean isSwapped = isSwapped();
    int distance = isSwapped ? 12 : 8;
    int length = input.word(input.position() + (long) distance);
    if (length < 0 || length > maxCaplen) {
      throw tooLong(distance, length);
    }
    if (!input.has(recordHeaderBytes + length)) {
      throw input.truncated(recordHeaderBytes + length);
    }
    int at = input.position();
    recordOffset = input.fileOffset();
    origlen = input.word(at + (isSwapped ? 8L : 12L));
    caplen = length;
    offset = at + (long) recordHeaderBytes;
    // Cannot overflow: both fields have 32 bits.
    epochNanos =
        Integer.toUnsignedLong(input.word(at)) * NANOS_PER_SECOND
            + Integer.toUnsignedLong(input.word(at + 4L)) * (nanos ? 1 : 1000);
    if (recordHeaderBytes == MODIFIED_HEADER_BYTES) {
      interfaceIndex = input.word(at + 16L);
      Direction direction =
          Direction.of(Byte.toUnsignedInt(input.memory().get(JAVA_BYTE, at + 22L)));
      flags = PacketFlags.complete(direction);
    }
    input.advance(recordHeaderBytes + length);
    return true;
  }

  private boolean isSwapped() {
    return switch (lengths) {
      case CAPTURED_FIRST -> false;
      case ORIGINAL_FIRST -> true;
      case EITHER -> {
        int at = input.position();
        yield Integer.compareUnsigned(input.word(at + 8L), input.word(at + 12L)) > 0;
      }
    };
  }

  private boolean isZero(int bytes) {
    for (int i = 0; i < bytes; i += 4) {
      if (input.word(input.position() + (long) i) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether only zeros follow: a file whose room was reserved, or whose last blocks were lost with
  /// the machine's power. They are no empty packets of 1970.
  private boolean isPadding() throws IOException {
    boolean hasMore = input.has(PADDING_BYTES);
    if (!isZero(Math.min(input.available(), PADDING_BYTES) & ~3)) {
      return false;
    }
    if (!hasMore) {
      boolean _ = input.endsHere();
      return true;
    }
    while (input.has(PADDING_BYTES) && isZero(PADDING_BYTES)) {
      input.advance(PADDING_BYTES);
    }
    if (input.available() >= PADDING_BYTES || !isZero(input.available() & ~3)) {
      throw input.malformed(0, "zeros before this", "expected a packet");
    }
    return true;
  }

  private MalformedSavefile tooLong(int distance, int length) {
    return input.malformed(
        distance,
        "a packet of %d captured bytes".formatted(Integer.toUnsignedLong(length)),
        "expected 0 to %d".formatted(maxCaplen));
  }

  @Override
  boolean isNextAtHand() {
    if (input.available() < recordHeaderBytes) {
      return false;
    }
    int length = input.word(input.position() + (isSwapped() ? 12L : 8L));
    return length >= 0 && length <= input.available() - recordHeaderBytes;
  }

  @Override
  int interfaceIndex() {
    return interfaceIndex;
  }

  @Override
  long recordBytes() {
    return recordHeaderBytes + (long) caplen;
  }

  @Override
  SavefileFormat format() {
    return nanos ? SavefileFormat.PCAP_NANOS : SavefileFormat.PCAP_MICROS;
  }
}

package io.ringtap.savefile;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.io.IOException;

/// The records of a pcap file (draft-ietf-opsawg-pcap).
///
/// ```
///  file:    magic, version 2.4, 2 words reserved, snaplen, link type    24 bytes
///  record:  seconds, micro- or nanoseconds, caplen, origlen, bytes     16 + caplen bytes
/// ```
final class PcapRecordReader extends RecordReader {
  static final int MAGIC_MICROS = 0xA1B2C3D4;
  static final int MAGIC_NANOS = 0xA1B23C4D;
  static final int MAGIC_MODIFIED =
      0xA1B2CD34; // by A. Kuznetzov's patches; its records have another form

  static final int HEADER_BYTES = 24;
  static final int RECORD_HEADER_BYTES = 16;
  private static final int LINK_TYPE =
      0x03FF_FFFF; // the bits above it describe frame check sequences
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final boolean nanos;
  private final int maxCaplen;

  /// Reads the rest of the file's header after the magic, which gave the byte order and the unit.
  PcapRecordReader(SavefileInput input, boolean nanos) throws IOException {
    super(input);
    this.nanos = nanos;
    if (!input.has(HEADER_BYTES)) {
      throw input.truncated(HEADER_BYTES);
    }
    int at = input.position();
    int major = input.half(at + 4);
    int minor = input.half(at + 6);
    if (major != 2 || minor != 4) {
      throw input.malformed(
          4, "pcap version %d.%d".formatted(major, minor), "only version 2.4 is supported");
    }
    long snaplen = Integer.toUnsignedLong(input.word(at + 16));
    maxCaplen = Math.clamp(snaplen, Frame.MAX_SNAPLEN, MAX_RECORD - RECORD_HEADER_BYTES);
    interfaces.add(
        SavefileInterface.of(
            new LinkType(input.word(at + 20) & LINK_TYPE),
            (int) Math.min(snaplen, Integer.MAX_VALUE)));
    input.advance(HEADER_BYTES);
  }

  @Override
  boolean next() throws IOException {
    if (!input.has(RECORD_HEADER_BYTES)) {
      if (input.available() == 0) {
        return false;
      }
      throw input.truncated(RECORD_HEADER_BYTES);
    }
    int length = input.word(input.position() + 8L);
    if (length < 0 || length > maxCaplen) {
      throw tooLong(length);
    }
    if (!input.has(RECORD_HEADER_BYTES + length)) {
      throw input.truncated(RECORD_HEADER_BYTES + length);
    }
    int at = input.position();
    origlen = input.word(at + 12L);
    if (origlen < 0) {
      throw origlenTooLong();
    }
    recordOffset = input.fileOffset();
    caplen = length;
    offset = at + (long) RECORD_HEADER_BYTES;
    // Cannot overflow: both fields have 32 bits.
    epochNanos =
        Integer.toUnsignedLong(input.word(at)) * NANOS_PER_SECOND
            + Integer.toUnsignedLong(input.word(at + 4L)) * (nanos ? 1 : 1000);
    input.advance(RECORD_HEADER_BYTES + length);
    return true;
  }

  private MalformedSavefile tooLong(int length) {
    return input.malformed(
        8,
        "a packet of %d captured bytes".formatted(Integer.toUnsignedLong(length)),
        "expected 0 to %d".formatted(maxCaplen));
  }

  private MalformedSavefile origlenTooLong() {
    return input.malformed(
        12,
        "a packet of %d bytes".formatted(Integer.toUnsignedLong(origlen)),
        "expected 0 to %d".formatted(Integer.MAX_VALUE));
  }

  @Override
  SavefileFormat format() {
    return nanos ? SavefileFormat.PCAP_NANOS : SavefileFormat.PCAP_MICROS;
  }
}

package io.ringtap.savefile;

/// Numbers of pcapng (draft-ietf-opsawg-pcapng).
///
/// ```
///  block:   type, total length, body padded to 4, total length again
///  option:  code (2 bytes), length (2 bytes), value padded to 4
/// ```
final class Pcapng {
  static final int SECTION_HEADER = 0x0A0D0D0A; // reads the same in both byte orders
  static final int INTERFACE_DESCRIPTION = 1;
  static final int PACKET = 2; // obsolete, still found
  static final int SIMPLE_PACKET = 3;
  static final int INTERFACE_STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;

  /// Padding up to the end of a disk's block. Numbers from 0x80000000 on are for local use.
  static final int FILLER = 0x80504144;

  static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  static final int BLOCK_BYTES = 12; // an empty block: type and both lengths
  static final int SECTION_HEADER_BYTES = 28; // without options
  static final int INTERFACE_DESCRIPTION_BYTES = 20;
  static final int ENHANCED_PACKET_BYTES = 32;
  static final int SIMPLE_PACKET_BYTES = 16;
  static final int INTERFACE_STATISTICS_BYTES = 24;

  static final int OPT_ENDOFOPT = 0;
  static final int OPT_COMMENT = 1;
  static final int SHB_USERAPPL = 4;
  static final int IF_NAME = 2;
  static final int IF_DESCRIPTION = 3;
  static final int IF_TSRESOL = 9;
  static final int IF_FILTER = 11;
  static final int IF_TSOFFSET = 14;
  static final int EPB_FLAGS = 2;
  static final int ISB_STARTTIME = 2;
  static final int ISB_ENDTIME = 3;
  static final int ISB_IFRECV = 4;
  static final int ISB_IFDROP = 5;
  static final int ISB_FILTERACCEPT = 6;
  static final int ISB_OSDROP = 7;

  private Pcapng() {}

  /// The next multiple of four.
  static int padded(int bytes) {
    return (bytes + 3) & ~3;
  }
}

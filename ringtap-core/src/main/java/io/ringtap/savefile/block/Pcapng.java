package io.ringtap.savefile.block;

/// Numbers of pcapng (draft-ietf-opsawg-pcapng).
///
/// ```
///  block:   type, total length, body padded to 4, total length again
///  option:  code (2 bytes), length (2 bytes), value padded to 4
/// ```
public final class Pcapng {
  public static final int SECTION_HEADER = 0x0A0D0D0A; // reads the same in both byte orders
  public static final int INTERFACE_DESCRIPTION = 1;
  public static final int PACKET = 2; // obsolete, still found
  public static final int SIMPLE_PACKET = 3;
  public static final int NAME_RESOLUTION = 4;
  public static final int INTERFACE_STATISTICS = 5;
  public static final int ENHANCED_PACKET = 6;
  public static final int SYSTEMD_JOURNAL_EXPORT = 9;
  public static final int DECRYPTION_SECRETS = 10;
  public static final int CUSTOM = 0xBAD;
  public static final int CUSTOM_NOT_COPIED = 0x4000_0BAD; // a tool that changes the file drops it

  /// Padding up to the end of a disk's block. Numbers from 0x80000000 on are for local use.
  public static final int FILLER = 0x80504144;

  public static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  public static final int BLOCK_BYTES = 12; // an empty block: type and both lengths
  public static final int SECTION_HEADER_BYTES = 28; // without options
  public static final int INTERFACE_DESCRIPTION_BYTES = 20;
  public static final int ENHANCED_PACKET_BYTES = 32;
  public static final int SIMPLE_PACKET_BYTES = 16;
  public static final int INTERFACE_STATISTICS_BYTES = 24;
  public static final int DECRYPTION_SECRETS_BYTES = 20;

  public static final int OPT_ENDOFOPT = 0;
  public static final int OPT_COMMENT = 1;
  public static final int OPT_CUSTOM_TEXT_NOT_COPIED = 19_372; // dropped like CUSTOM_NOT_COPIED
  public static final int OPT_CUSTOM_BYTES_NOT_COPIED = 19_373;
  public static final int SHB_HARDWARE = 2;
  public static final int SHB_OS = 3;
  public static final int SHB_USERAPPL = 4;
  public static final int IF_NAME = 2;
  public static final int IF_DESCRIPTION = 3;
  public static final int IF_SPEED = 8;
  public static final int IF_TSRESOL = 9;
  public static final int IF_TZONE = 10;
  public static final int IF_FILTER = 11;
  public static final int IF_FCSLEN = 13;
  public static final int IF_TSOFFSET = 14;
  public static final int IF_TXSPEED = 16;
  public static final int IF_RXSPEED = 17;
  public static final int EPB_FLAGS = 2;
  public static final int EPB_DROPCOUNT = 4;
  public static final int EPB_PACKETID = 5;
  public static final int EPB_QUEUE = 6;
  public static final int EPB_VERDICT = 7;
  public static final int NRES_ENDOFRECORD = 0;
  public static final int ISB_STARTTIME = 2;
  public static final int ISB_ENDTIME = 3;
  public static final int ISB_IFRECV = 4;
  public static final int ISB_IFDROP = 5;
  public static final int ISB_FILTERACCEPT = 6;
  public static final int ISB_OSDROP = 7;

  private Pcapng() {}

  /// The next multiple of four.
  public static int padded(int bytes) {
    return (bytes + 3) & ~3;
  }
}

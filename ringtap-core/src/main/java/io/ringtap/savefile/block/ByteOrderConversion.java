package io.ringtap.savefile.block;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import org.jspecify.annotations.Nullable;

/// Rewrites blocks of big-endian sections for a little-endian one, number by number. Only what is
/// known can be rewritten: a block of an unknown type may have numbers anywhere.
public final class ByteOrderConversion {
  private static final int CUSTOM_TEXT = 2988; // custom options begin with their maker's number
  private static final int CUSTOM_BYTES = 2989;
  private static final int NOT_COPIED = 1 << 14; // of custom options that a changed file drops

  private ByteOrderConversion() {}

  /// The block for a little-endian section; null if its type is not known here.
  public static byte @Nullable [] toLittleEndian(PcapngBlock block) {
    if (!block.isBigEndian()) {
      return block.toArray();
    }
    BlockBuilder to = new BlockBuilder().begin(block.type());
    int end = (int) block.optionsDistance();
    switch (block.type()) {
      case Pcapng.INTERFACE_DESCRIPTION ->
          to.half(block.half(8)).half(block.half(10)).word(block.word(12));
      case Pcapng.INTERFACE_STATISTICS -> words(block, 8, 20, to);
      case Pcapng.ENHANCED_PACKET -> {
        words(block, 8, 28, to);
        to.bytes(bytes(block, 28, end));
      }
      case Pcapng.DECRYPTION_SECRETS -> {
        words(block, 8, 16, to);
        to.bytes(bytes(block, 16, end));
      }
      case Pcapng.NAME_RESOLUTION -> names(block, end, to);
      case Pcapng.CUSTOM, Pcapng.CUSTOM_NOT_COPIED -> {
        words(block, 8, 12, to); // the number of whoever knows the rest
        to.bytes(bytes(block, 12, end));
      }
      case Pcapng.SYSTEMD_JOURNAL_EXPORT -> to.bytes(bytes(block, 8, end));
      default -> {
        return null;
      }
    }
    OptionCursor option = block.options(new OptionCursor());
    while (option.next()) {
      to.option(option.code(), value(block.type(), option));
    }
    return to.end(end + 4).toArray();
  }

  private static void words(PcapngBlock block, int from, int end, BlockBuilder to) {
    for (int at = from; at < end; at += 4) {
      to.word(block.word(at));
    }
  }

  private static byte[] bytes(PcapngBlock block, int from, int end) {
    return block.memory().asSlice(block.offset() + from, end - from).toArray(JAVA_BYTE);
  }

  private static void names(PcapngBlock block, int end, BlockBuilder to) {
    for (int at = 8; at + 4 <= end; ) {
      int length = block.half(at + 2);
      int next = Math.min(end, at + 4 + Pcapng.padded(length));
      to.half(block.half(at)).half(length).bytes(bytes(block, at + 4, next));
      at = next;
    }
  }

  private static byte[] value(int type, OptionCursor option) {
    byte[] value = option.value();
    int custom = option.code() & ~NOT_COPIED;
    if (custom == CUSTOM_TEXT || custom == CUSTOM_BYTES) {
      reverse(value, 0, 4);
      return value;
    }
    switch (type) {
      case Pcapng.INTERFACE_DESCRIPTION -> {
        switch (option.code()) {
          case Pcapng.IF_SPEED, Pcapng.IF_TSOFFSET, Pcapng.IF_TXSPEED, Pcapng.IF_RXSPEED ->
              reverse(value, 0, 8);
          case Pcapng.IF_TZONE -> reverse(value, 0, 4);
          default -> {} // text or single bytes
        }
      }
      case Pcapng.INTERFACE_STATISTICS -> {
        if (option.code() == Pcapng.ISB_STARTTIME || option.code() == Pcapng.ISB_ENDTIME) {
          reverse(value, 0, 4); // the more significant word comes first in either order
          reverse(value, 4, 8);
        } else if (option.code() != Pcapng.OPT_COMMENT) {
          reverse(value, 0, 8);
        }
      }
      case Pcapng.ENHANCED_PACKET -> {
        switch (option.code()) {
          case Pcapng.EPB_FLAGS, Pcapng.EPB_QUEUE -> reverse(value, 0, 4);
          case Pcapng.EPB_DROPCOUNT, Pcapng.EPB_PACKETID -> reverse(value, 0, 8);
          case Pcapng.EPB_VERDICT -> {
            if (value.length == 9) {
              reverse(value, 1, 9); // a number, if the program was eBPF
            }
          }
          default -> {} // text or bytes
        }
      }
      default -> {} // text or bytes
    }
    return value;
  }

  /// Reverses the bytes of a number, if the value has them.
  private static void reverse(byte[] value, int from, int end) {
    if (value.length < end) {
      return;
    }
    for (int low = from, high = end - 1; low < high; low++, high--) {
      byte kept = value[low];
      value[low] = value[high];
      value[high] = kept;
    }
  }
}

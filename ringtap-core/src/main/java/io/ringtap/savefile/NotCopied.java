package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.savefile.block.BlockBuilder;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// Leaves out of a copy what its maker has marked as not to be copied, because it is true of the
/// unchanged file only (draft-ietf-opsawg-pcapng, custom options and custom blocks).
final class NotCopied {
  private static final int FIELDS = 8; // after type and length

  private final OptionCursor cursor = new OptionCursor();
  private final Set<String> found;

  /// @param found receives what was left out, in words
  NotCopied(Set<String> found) {
    this.found = found;
  }

  /// Whether blocks of this type are left out.
  boolean isLeftOut(int type) {
    if (type == Pcapng.CUSTOM_NOT_COPIED) {
      found.add("custom blocks");
      return true;
    }
    return false;
  }

  /// The block without options that are left out; the same one if it has none of them.
  PcapngBlock without(PcapngBlock block) {
    if (!block.isPresent() || !hasLeftOut(block)) {
      return block;
    }
    found.add("custom options");
    long options = block.optionsDistance();
    BlockBuilder kept = new BlockBuilder(block.isBigEndian()).begin(block.type());
    kept.bytes(
        block.memory().asSlice(block.offset() + FIELDS, options - FIELDS).toArray(JAVA_BYTE));
    block.options(cursor);
    while (cursor.next()) {
      if (!isLeftOutOption(cursor.code())) {
        kept.option(cursor.code(), cursor.value());
      }
    }
    byte[] bytes = kept.end((int) options + 4).toArray();
    return new PcapngBlock()
        .show(MemorySegment.ofArray(bytes), 0, bytes.length, block.isBigEndian());
  }

  private boolean hasLeftOut(PcapngBlock block) {
    block.options(cursor);
    while (cursor.next()) {
      if (isLeftOutOption(cursor.code())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLeftOutOption(int code) {
    return code == Pcapng.OPT_CUSTOM_TEXT_NOT_COPIED || code == Pcapng.OPT_CUSTOM_BYTES_NOT_COPIED;
  }
}

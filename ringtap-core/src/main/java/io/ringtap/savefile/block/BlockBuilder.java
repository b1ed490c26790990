package io.ringtap.savefile.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Builds pcapng blocks that are written rarely, so it is simple rather than fast. A block begins
/// with [#begin] and its fields, goes on with its options and is finished by [#end].
public final class BlockBuilder {
  private static final int MAX_OPTION = 65_535;

  private final ByteOrder order;
  private ByteBuffer bytes;
  private int start; // of the current block

  /// A builder of blocks for a little-endian section, as Ringtap writes them.
  public BlockBuilder() {
    this(false);
  }

  /// A builder of blocks for a section of that byte order.
  public BlockBuilder(boolean isBigEndian) {
    order = isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    bytes = ByteBuffer.allocate(256).order(order);
  }

  /// Begins a block of that type.

  public BlockBuilder begin(int type) {
    start = bytes.position();
    return word(type).word(0);
  }

  /// Appends two bytes.
  public BlockBuilder half(int value) {
    room(2).putShort((short) value);
    return this;
  }

  /// Appends four bytes.
  public BlockBuilder word(int value) {
    room(4).putInt(value);
    return this;
  }

  /// Appends eight bytes.
  public BlockBuilder doubleWord(long value) {
    room(8).putLong(value);
    return this;
  }

  /// Appends bytes and their padding.
  public BlockBuilder bytes(byte[] value) {
    room(value.length + 3).put(value);
    while (((bytes.position() - start) & 3) != 0) {
      bytes.put((byte) 0);
    }
    return this;
  }

  /// Appends an option. A value longer than 65 535 bytes is cut off.
  public BlockBuilder option(int code, byte[] value) {
    byte[] kept = value.length <= MAX_OPTION ? value : Arrays.copyOf(value, MAX_OPTION);
    return half(code).half(kept.length).bytes(kept);
  }

  /// Appends a text option, if there is a text. A text longer than 65 535 bytes is cut off.
  public BlockBuilder option(int code, @Nullable String text) {
    return text == null ? this : option(code, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Ends the options, if there are any, and the block.
  ///
  /// @param bytesWithoutOptions what the block would have without options, with both its lengths
  public BlockBuilder end(int bytesWithoutOptions) {
    if (bytes.position() - start > bytesWithoutOptions - 4) {
      word(Pcapng.OPT_ENDOFOPT);
    }
    int total = bytes.position() - start + 4;
    bytes.putInt(start + 4, total);
    return word(total);
  }

  /// The finished blocks.
  public byte[] toArray() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private ByteBuffer room(int wanted) {
    if (bytes.remaining() < wanted) {
      int capacity = Math.max(bytes.capacity() * 2, bytes.position() + wanted);
      bytes = ByteBuffer.allocate(capacity).order(order).put(bytes.flip());
    }
    return bytes;
  }
}

package io.ringtap.savefile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// A pcapng file of one byte order, built from its fields (draft-ietf-opsawg-pcapng §3 and §4), by
/// other code than that which is tested.
final class BlockBytes {
  private final ByteOrder order;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  BlockBytes(ByteOrder order) {
    this.order = order;
  }

  boolean isBigEndian() {
    return order == ByteOrder.BIG_ENDIAN;
  }

  BlockBytes section(byte[]... options) {
    return block(0x0A0D0D0A, words(0x1A2B3C4D), halves(1, 0), words(-1, -1), options(options));
  }

  BlockBytes description(int linkType, int snaplen, byte[]... options) {
    return block(1, halves(linkType, 0), words(snaplen), options(options));
  }

  /// A packet with a stamp of less than 2³² units.
  BlockBytes packet(int interfaceId, int units, String bytes, byte[]... options) {
    byte[] data = HexFormat.of().parseHex(bytes);
    return block(
        6, words(interfaceId, 0, units, data.length, data.length), padded(data), options(options));
  }

  BlockBytes block(int type, byte[]... parts) {
    byte[] body = padded(joined(parts));
    file.writeBytes(words(type, body.length + 12));
    file.writeBytes(body);
    file.writeBytes(words(body.length + 12));
    return this;
  }

  byte[] option(int code, byte[] value) {
    return joined(halves(code, value.length), padded(value));
  }

  byte[] option(int code, String text) {
    return option(code, text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] words(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (int each : values) {
      bytes.putInt(each);
    }
    return bytes.array();
  }

  byte[] halves(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
    for (int each : values) {
      bytes.putShort((short) each);
    }
    return bytes.array();
  }

  byte[] toArray() {
    return file.toByteArray();
  }

  private byte[] options(byte[]... options) {
    return options.length == 0 ? new byte[0] : joined(joined(options), words(0));
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + 3) & ~3);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : parts) {
      all.writeBytes(each);
    }
    return all.toByteArray();
  }
}

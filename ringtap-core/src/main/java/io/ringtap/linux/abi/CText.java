package io.ringtap.linux.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Text in a field of fixed length.
public final class CText {
  private CText() {}

  /// Reads text that ends at a zero byte, or fills the `room` bytes of its field.
  public static String read(MemorySegment memory, long offset, long room) {
    byte[] bytes = memory.asSlice(offset, room).toArray(JAVA_BYTE);
    int length = 0;
    while (length < room && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /// Writes text and a zero byte into a field.
  ///
  /// @throws IllegalArgumentException if both do not fit into the `room` bytes of the field
  public static void write(MemorySegment memory, long offset, long room, String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length >= room) {
      throw new IllegalArgumentException(
          "\"%s\" is longer than %d bytes".formatted(text, room - 1));
    }
    memory.setString(offset, text);
  }
}

package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct winsize` (`sys/ioctl.h`): a terminal's size.
@CHeader(value = "sys/ioctl.h", type = "struct winsize")
public final class Winsize {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("ws_row"),
          JAVA_SHORT.withName("ws_col"),
          JAVA_SHORT.withName("ws_xpixel"),
          JAVA_SHORT.withName("ws_ypixel"));
  public static final int TIOCGWINSZ = 0x5413;

  private static final long WS_ROW = Offsets.of(LAYOUT, "ws_row");
  private static final long WS_COL = Offsets.of(LAYOUT, "ws_col");

  private Winsize() {}

  public static int rows(MemorySegment memory) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, WS_ROW));
  }

  public static int columns(MemorySegment memory) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, WS_COL));
  }
}

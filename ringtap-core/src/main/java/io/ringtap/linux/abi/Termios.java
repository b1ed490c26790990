package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct termios` as `ioctl(2)` takes it (`asm/termbits.h`, TCSETS(2const)), which is shorter
/// than that of the C library.
@CHeader(
    value = {"asm/termbits.h", "asm/ioctls.h"},
    type = "struct termios")
public final class Termios {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("c_iflag"),
          JAVA_INT.withName("c_oflag"),
          JAVA_INT.withName("c_cflag"),
          JAVA_INT.withName("c_lflag"),
          JAVA_BYTE.withName("c_line"),
          sequenceLayout(19, JAVA_BYTE).withName("c_cc"));
  public static final int TCGETS = 0x5401;
  public static final int TCSETSW = 0x5403;
  public static final int ICANON = 2;
  public static final int ECHO = 8;
  public static final int VTIME = 5;
  public static final int VMIN = 6;

  private static final long C_LFLAG = Offsets.of(LAYOUT, "c_lflag");
  private static final long C_CC = Offsets.of(LAYOUT, "c_cc");
  private static final long C_CC_VTIME = C_CC + VTIME;
  private static final long C_CC_VMIN = C_CC + VMIN;

  private Termios() {}

  /// Whether input is held back until its line is complete.
  public static boolean isCanonical(MemorySegment memory) {
    return (memory.get(JAVA_INT, C_LFLAG) & ICANON) != 0;
  }

  /// Delivers each key at once and does not show it; a read that finds none waits so long.
  ///
  /// @param deciseconds tenths of a second, 0 to 255
  public static void readKeys(MemorySegment memory, int deciseconds) {
    memory.set(JAVA_INT, C_LFLAG, memory.get(JAVA_INT, C_LFLAG) & ~(ICANON | ECHO));
    memory.set(JAVA_BYTE, C_CC_VMIN, (byte) 0);
    memory.set(JAVA_BYTE, C_CC_VTIME, (byte) deciseconds);
  }
}

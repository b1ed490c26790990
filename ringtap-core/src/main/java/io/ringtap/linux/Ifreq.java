package io.ringtap.linux;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ifreq` (`net/if.h`, `netdevice(7)`), as far as its member `ifr_flags`.
@CHeader(value = "net/if.h", type = "struct ifreq")
public final class Ifreq {
  public static final StructLayout LAYOUT =
      structLayout(
          sequenceLayout(16, JAVA_BYTE).withName("ifr_name"),
          JAVA_SHORT.withName("ifr_flags"),
          paddingLayout(22));

  /// Room for an interface's name with its zero byte.
  public static final int IFNAMSIZ = 16;

  private static final long FLAGS = 16;

  private Ifreq() {}

  /// A request about the interface `name`.
  ///
  /// @throws IllegalArgumentException if `name` is empty or longer than 15 bytes
  public static MemorySegment allocate(Arena arena, String name, int flags) {
    MemorySegment request = named(arena, name);
    request.set(JAVA_SHORT, FLAGS, (short) flags);
    return request;
  }

  /// A request about the interface `name` whose member `ifr_data` points to `data`.
  ///
  /// @throws IllegalArgumentException if `name` is empty or longer than 15 bytes
  public static MemorySegment allocate(Arena arena, String name, MemorySegment data) {
    MemorySegment request = named(arena, name);
    request.set(ADDRESS, FLAGS, data);
    return request;
  }

  private static MemorySegment named(Arena arena, String name) {
    MemorySegment request = arena.allocate(LAYOUT.withByteAlignment(Long.BYTES));
    MemorySegment text = arena.allocateFrom(name);
    if (name.isEmpty() || text.byteSize() > IFNAMSIZ) {
      throw new IllegalArgumentException(
          "an interface's name has 1 to " + (IFNAMSIZ - 1) + " bytes: '" + name + "'");
    }
    request.copyFrom(text);
    return request;
  }
}

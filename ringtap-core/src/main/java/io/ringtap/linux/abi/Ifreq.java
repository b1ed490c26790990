package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.MemoryLayout.unionLayout;
import static java.lang.foreign.ValueLayout.ADDRESS_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;

/// `struct ifreq` (`net/if.h`, `netdevice(7)`), as far as its members `ifr_flags` and `ifr_data`.
@CHeader(value = "net/if.h", type = "struct ifreq")
public final class Ifreq {
  public static final StructLayout LAYOUT =
      structLayout(
          sequenceLayout(16, JAVA_BYTE).withName("ifr_name"),
          unionLayout(
              JAVA_SHORT.withName("ifr_flags"),
              ADDRESS_UNALIGNED.withName("ifr_data"),
              paddingLayout(24)));

  /// Room for an interface's name with its zero byte.
  public static final int IFNAMSIZ = 16;

  private static final long IFR_FLAGS = Offsets.of(LAYOUT, "ifr_flags");
  private static final long IFR_DATA = Offsets.of(LAYOUT, "ifr_data");

  private Ifreq() {}

  /// Whether `name` can be the name of an interface: 1 to 15 bytes.
  public static boolean isName(String name) {
    return !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length < IFNAMSIZ;
  }

  /// A request about the interface `name`.
  ///
  /// @throws IllegalArgumentException if `name` is empty or longer than 15 bytes
  public static MemorySegment allocate(Arena arena, String name, int flags) {
    MemorySegment request = allocate(arena, name);
    request.set(JAVA_SHORT, IFR_FLAGS, (short) flags);
    return request;
  }

  /// A request about the interface `name` that points to `data`, which must stay open until the
  /// call returns.
  ///
  /// @throws IllegalArgumentException if `name` is empty or longer than 15 bytes
  public static MemorySegment allocate(Arena arena, String name, MemorySegment data) {
    MemorySegment request = allocate(arena, name);
    request.set(ADDRESS_UNALIGNED, IFR_DATA, data);
    return request;
  }

  private static MemorySegment allocate(Arena arena, String name) {
    MemorySegment request = arena.allocate(LAYOUT);
    MemorySegment text = arena.allocateFrom(name);
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "an interface name has 1 to " + (IFNAMSIZ - 1) + " bytes: '" + name + "'");
    }
    request.copyFrom(text);
    return request;
  }
}

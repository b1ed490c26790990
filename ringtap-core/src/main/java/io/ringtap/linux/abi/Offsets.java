package io.ringtap.linux.abi;

import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.UnionLayout;

/// The offsets of the members of a C struct, from its layout, which the compiler has confirmed
/// ([CHeader]). Every accessor keeps its offsets from here in constants.
///
/// `MemoryLayout.byteOffset` gives the same result, but creates a lambda for each step of each
/// path, which would cost a short command about ten milliseconds.
public final class Offsets {
  private Offsets() {}

  /// Bytes from the beginning of `layout` to its member `name`. A group without a name is an
  /// anonymous struct or union of C: its members are the outer one's.
  ///
  /// @throws IllegalArgumentException if there is no such member
  public static long of(GroupLayout layout, String name) {
    long offset = find(layout, name);
    if (offset < 0) {
      throw new IllegalArgumentException("no member " + name + " in " + layout);
    }
    return offset;
  }

  private static long find(GroupLayout layout, String name) {
    long at = 0;
    for (MemoryLayout member : layout.memberLayouts()) {
      String own = member.name().orElse("");
      if (own.equals(name)) {
        return at;
      }
      long inside =
          own.isEmpty() && member instanceof GroupLayout anonymous ? find(anonymous, name) : -1;
      if (inside >= 0) {
        return at + inside;
      }
      if (!(layout instanceof UnionLayout)) {
        at += member.byteSize();
      }
    }
    return -1;
  }
}

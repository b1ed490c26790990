package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// What the system knows of a user (`struct passwd`).
@CHeader(value = "pwd.h", type = "struct passwd")
public final class Passwd {
  public static final StructLayout LAYOUT =
      structLayout(
          ADDRESS.withName("pw_name"),
          ADDRESS.withName("pw_passwd"),
          JAVA_INT.withName("pw_uid"),
          JAVA_INT.withName("pw_gid"),
          ADDRESS.withName("pw_gecos"),
          ADDRESS.withName("pw_dir"),
          ADDRESS.withName("pw_shell"));

  /// The size of the struct in bytes.
  public static final long BYTES = LAYOUT.byteSize();

  private static final long UID = Offsets.of(LAYOUT, "pw_uid");
  private static final long GID = Offsets.of(LAYOUT, "pw_gid");

  private Passwd() {}

  /// The user's number.
  public static int uid(MemorySegment passwd) {
    return passwd.get(JAVA_INT, UID);
  }

  /// The number of the user's primary group.
  public static int gid(MemorySegment passwd) {
    return passwd.get(JAVA_INT, GID);
  }
}

package io.ringtap.linux.abi;

/// Flags of `eventfd(2)`.
@CHeader("sys/eventfd.h")
public final class EventFdFlags {
  public static final int EFD_CLOEXEC = 0x80000;
  public static final int EFD_NONBLOCK = 0x800;

  private EventFdFlags() {}
}

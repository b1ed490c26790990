package io.ringtap.linux.abi;

/// Flags of `open(2)`.
@CHeader("fcntl.h")
public final class Fcntl {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;

  /// Differs between architectures (`asm/fcntl.h`).
  public static final int O_DIRECT =
      System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;

  private Fcntl() {}
}

package io.ringtap.linux.abi;

/// Numbers of system calls for which the C library has no function. They differ between
/// architectures (`arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/unistd.h`).
public final class SyscallNumber {
  public static final int BPF =
      switch (System.getProperty("os.arch")) {
        case "amd64" -> 321;
        case "aarch64" -> 280;
        default -> -1; // no such call: ENOSYS
      };
  public static final int MEMBARRIER =
      switch (System.getProperty("os.arch")) {
        case "amd64" -> 324;
        case "aarch64" -> 283;
        default -> -1;
      };

  public static final int PERF_EVENT_OPEN =
      switch (System.getProperty("os.arch")) {
        case "amd64" -> 298;
        case "aarch64" -> 241;
        default -> -1;
      };

  private SyscallNumber() {}
}

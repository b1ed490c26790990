package io.ringtap.ebpf.kernel;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfInfoAttr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/// Calls of `bpf(2)`.
final class BpfCall {
  static final String REMEDY = "needs CAP_BPF and CAP_NET_ADMIN";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{0,15}");

  private BpfCall() {}

  /// A command.
  ///
  /// @return what it returns, or `-errno`
  static int run(int command, MemorySegment attributes) {
    return Libc.bpf(CallState.current(), command, attributes, attributes.byteSize());
  }

  /// A command that must succeed.
  static int check(int command, MemorySegment attributes, String operation, String subject)
      throws LinuxException {
    return LinuxException.check(run(command, attributes), operation, subject, REMEDY);
  }

  /// What the kernel says of the object that a descriptor refers to.
  ///
  /// @param info memory for it
  static void info(int descriptor, MemorySegment info, String subject) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          check(
              Bpf.BPF_OBJ_GET_INFO_BY_FD,
              BpfInfoAttr.allocate(arena, descriptor, info),
              "bpf(BPF_OBJ_GET_INFO_BY_FD)",
              subject);
    }
  }

  /// Checks the name of a map or program as the kernel does.
  ///
  /// @throws IllegalArgumentException if the kernel would not take it
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no name for the kernel: at most 15 letters, digits, _ and .".formatted(name));
    }
  }
}

package io.ringtap.testnet.load;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An XDP program that the kernel has verified and compiled.
final class EbpfProgram implements AutoCloseable {
  private static final int LOG_BYTES = 64 << 10;

  private final FileDescriptor descriptor;

  private EbpfProgram(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /// Loads a program.
  ///
  /// @param subject named in the exception
  /// @throws LinuxException if the kernel refuses: `EPERM` without the capabilities, otherwise with
  ///   the verifier's message about the program
  static EbpfProgram load(long[] instructions, String subject) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocateFrom(JAVA_LONG, instructions);
      int fd = load(arena, code, MemorySegment.NULL);
      if (fd >= 0) {
        return new EbpfProgram(new FileDescriptor(fd));
      }
      if (Errno.EPERM.is(fd)) {
        throw refusal(fd, subject, EbpfCounter.REMEDY);
      }
      // Once more with the verifier's log, which costs time and is needed only for an error.
      MemorySegment log = arena.allocate(LOG_BYTES);
      int again = load(arena, code, log);
      if (again >= 0) {
        return new EbpfProgram(new FileDescriptor(again));
      }
      throw refusal(again, subject, "verifier log:\n" + log.getString(0));
    }
  }

  private static int load(Arena arena, MemorySegment code, MemorySegment log) {
    MemorySegment attributes =
        BpfAttr.programLoad(
            arena, Bpf.BPF_PROG_TYPE_XDP, code, arena.allocateFrom("Apache-2.0"), log);
    return Libc.bpf(CallState.current(), Bpf.BPF_PROG_LOAD, attributes, attributes.byteSize());
  }

  private static LinuxException refusal(int result, String subject, String remedy) {
    return new LinuxException("bpf(BPF_PROG_LOAD)", subject, Errno.of(result), remedy);
  }

  int number() {
    return descriptor.number();
  }

  @Override
  public void close() {
    descriptor.close();
  }
}

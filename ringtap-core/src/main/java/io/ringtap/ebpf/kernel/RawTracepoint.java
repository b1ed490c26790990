package io.ringtap.ebpf.kernel;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfRawTracepointAttr;
import java.lang.foreign.Arena;

/// A program of type [ProgramType#RAW_TRACEPOINT] at a tracepoint of the kernel, until this is
/// closed or the process ends, however it ends. The program sees the tracepoint's own arguments, 8
/// bytes each (`include/trace/events`), on all CPUs and in all processes.
public final class RawTracepoint implements AutoCloseable {
  private final FileDescriptor descriptor;

  private RawTracepoint(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /// Runs `program` whenever the kernel passes the tracepoint.
  ///
  /// @param name such as `sys_enter`
  /// @throws LinuxException if the kernel refuses: `ENOENT` if there is no such tracepoint, `EPERM`
  ///   without CAP_BPF and CAP_PERFMON
  public static RawTracepoint attach(LoadedProgram program, String name) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int result =
          BpfCall.run(
              Bpf.BPF_RAW_TRACEPOINT_OPEN,
              BpfRawTracepointAttr.open(arena, name, program.number()));
      String remedy = Errno.EPERM.is(result) ? "needs CAP_BPF and CAP_PERFMON" : "";
      return new RawTracepoint(
          new FileDescriptor(
              LinuxException.check(result, "bpf(BPF_RAW_TRACEPOINT_OPEN)", name, remedy)));
    }
  }

  /// Detaches the program.
  @Override
  public void close() {
    descriptor.close();
  }
}

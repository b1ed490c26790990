package io.ringtap.ebpf.kernel;

import io.ringtap.linux.abi.bpf.Bpf;

/// What a program is for.
public enum ProgramType {
  /// Decides on frames as they come from an interface, before the kernel has spent anything on
  /// them. A frame lies in one piece.
  XDP(Bpf.BPF_PROG_TYPE_XDP, 0),
  /// As [#XDP], also for frames of several buffers, of which only the first can be read directly
  /// (since Linux 5.18).
  XDP_FRAGMENTS(Bpf.BPF_PROG_TYPE_XDP, Bpf.BPF_F_XDP_HAS_FRAGS),
  /// Decides which packets a socket receives, and how much of them.
  SOCKET_FILTER(Bpf.BPF_PROG_TYPE_SOCKET_FILTER, 0),
  /// Looks on whenever the kernel passes a tracepoint, see [RawTracepoint].
  RAW_TRACEPOINT(Bpf.BPF_PROG_TYPE_RAW_TRACEPOINT, 0);

  final int number;
  final int flags;

  ProgramType(int number, int flags) {
    this.number = number;
    this.flags = flags;
  }
}

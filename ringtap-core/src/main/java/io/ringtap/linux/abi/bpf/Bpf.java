package io.ringtap.linux.abi.bpf;

import io.ringtap.linux.abi.CHeader;

/// Commands of `bpf(2)` and the numbers that eBPF programs and their loaders use.
@CHeader("linux/bpf.h")
public final class Bpf {
  public static final int BPF_MAP_CREATE = 0;
  public static final int BPF_MAP_LOOKUP_ELEM = 1;
  public static final int BPF_MAP_UPDATE_ELEM = 2;
  public static final int BPF_PROG_LOAD = 5;
  public static final int BPF_PROG_TEST_RUN = 10;

  public static final int BPF_MAP_TYPE_ARRAY = 2;
  public static final int BPF_PROG_TYPE_XDP = 6;

  /// Frames of `BPF_PROG_TEST_RUN` go where the program's verdict sends them (since Linux 5.18).
  public static final int BPF_F_TEST_XDP_LIVE_FRAMES = 2;

  public static final int BPF_FUNC_map_lookup_elem = 1;
  public static final int BPF_PSEUDO_MAP_FD = 1;

  public static final int XDP_ABORTED = 0;
  public static final int XDP_PASS = 2;

  private Bpf() {}
}

package io.ringtap.linux.abi.bpf;

import io.ringtap.linux.abi.CHeader;

/// Commands of `bpf(2)` and the numbers that eBPF programs and their loaders use.
@CHeader({"linux/bpf.h", "linux/if_link.h"})
public final class Bpf {
  public static final int BPF_MAP_CREATE = 0;
  public static final int BPF_MAP_LOOKUP_ELEM = 1;
  public static final int BPF_MAP_UPDATE_ELEM = 2;
  public static final int BPF_MAP_DELETE_ELEM = 3;
  public static final int BPF_MAP_GET_NEXT_KEY = 4;
  public static final int BPF_PROG_LOAD = 5;
  public static final int BPF_PROG_TEST_RUN = 10;
  public static final int BPF_PROG_GET_FD_BY_ID = 13;
  public static final int BPF_OBJ_GET_INFO_BY_FD = 15;
  public static final int BPF_RAW_TRACEPOINT_OPEN = 17;
  public static final int BPF_MAP_LOOKUP_BATCH = 24;
  public static final int BPF_MAP_UPDATE_BATCH = 26;
  public static final int BPF_LINK_CREATE = 28;
  public static final int BPF_LINK_UPDATE = 29;

  public static final int BPF_MAP_TYPE_HASH = 1;
  public static final int BPF_MAP_TYPE_ARRAY = 2;
  public static final int BPF_MAP_TYPE_PERCPU_HASH = 5;
  public static final int BPF_MAP_TYPE_PERCPU_ARRAY = 6;
  public static final int BPF_MAP_TYPE_LRU_HASH = 9;
  public static final int BPF_MAP_TYPE_LRU_PERCPU_HASH = 10;
  public static final int BPF_MAP_TYPE_LPM_TRIE = 11;
  public static final int BPF_MAP_TYPE_XSKMAP = 17;
  public static final int BPF_MAP_TYPE_RINGBUF = 27;

  /// Elements of a map are allocated when they are stored.
  public static final int BPF_F_NO_PREALLOC = 1;

  public static final int BPF_PROG_TYPE_SOCKET_FILTER = 1;
  public static final int BPF_PROG_TYPE_XDP = 6;
  public static final int BPF_PROG_TYPE_RAW_TRACEPOINT = 17;

  /// The program accepts frames of several buffers (since Linux 5.18).
  public static final int BPF_F_XDP_HAS_FRAGS = 1 << 5;

  public static final int BPF_XDP = 37;

  /// Frames of `BPF_PROG_TEST_RUN` go where the program's verdict sends them (since Linux 5.18).
  public static final int BPF_F_TEST_XDP_LIVE_FRAMES = 2;

  /// Bytes before each record of a ring buffer: its length, with the bits below, and its page.
  public static final int BPF_RINGBUF_HDR_SZ = 8;

  /// The record is not complete yet.
  public static final int BPF_RINGBUF_BUSY_BIT = 1 << 31;

  /// The program has discarded the record.
  public static final int BPF_RINGBUF_DISCARD_BIT = 1 << 30;

  public static final int XDP_ABORTED = 0;
  public static final int XDP_PASS = 2;

  /// Generic mode: the program runs once the kernel has made a packet of the frame.
  public static final int XDP_FLAGS_SKB_MODE = 2;

  /// Native mode: the program runs in the driver.
  public static final int XDP_FLAGS_DRV_MODE = 4;

  private Bpf() {}
}

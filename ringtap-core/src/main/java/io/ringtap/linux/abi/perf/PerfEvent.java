package io.ringtap.linux.abi.perf;

import io.ringtap.linux.abi.CHeader;

/// Constants of `perf_event_open(2)` and of the records that its ring holds.
@CHeader({"linux/perf_event.h", "sys/ioctl.h"})
public final class PerfEvent {
  public static final int PERF_TYPE_SOFTWARE = 1;

  /// A timer of each CPU, which runs also while the CPU is idle.
  public static final int PERF_COUNT_SW_CPU_CLOCK = 0;

  public static final int PERF_SAMPLE_TID = 1 << 1;
  public static final int PERF_SAMPLE_CALLCHAIN = 1 << 5;

  /// Closed when the process runs another program.
  public static final int PERF_FLAG_FD_CLOEXEC = 1 << 3;

  public static final int PERF_EVENT_IOC_ENABLE = 0x2400;
  public static final int PERF_EVENT_IOC_DISABLE = 0x2401;

  public static final int PERF_RECORD_LOST = 2;
  public static final int PERF_RECORD_COMM = 3;
  public static final int PERF_RECORD_SAMPLE = 9;
  public static final int PERF_RECORD_MMAP2 = 10;

  /// A function of the kernel that came or went, such as an eBPF program.
  public static final int PERF_RECORD_KSYMBOL = 17;

  /// In the flags of a `PERF_RECORD_KSYMBOL`: the function is gone.
  public static final int PERF_RECORD_KSYMBOL_FLAGS_UNREGISTER = 1;

  /// In a call chain: the addresses that follow are the kernel's.
  public static final long PERF_CONTEXT_KERNEL = -128;

  /// In a call chain: the addresses that follow are the process's.
  public static final long PERF_CONTEXT_USER = -512;

  /// The lowest value that is a mark in a call chain and not an address, as an unsigned number.
  public static final long PERF_CONTEXT_MAX = -4095;

  private PerfEvent() {}
}

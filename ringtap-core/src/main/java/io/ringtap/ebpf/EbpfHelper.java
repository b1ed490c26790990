package io.ringtap.ebpf;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The kernel's functions that a program may call (`bpf-helpers(7)`), as far as programs about
/// packets need them. Arguments are in R1 to R5, the result in R0.
public enum EbpfHelper {
  /// The address of a map's value, or 0.
  MAP_LOOKUP_ELEM(1),
  /// Stores a value in a map.
  MAP_UPDATE_ELEM(2),
  /// Removes a value from a map.
  MAP_DELETE_ELEM(3),
  /// The monotonic clock in nanoseconds, without the time that the machine was suspended.
  KTIME_GET_NS(5),
  /// A random number of 32 bits.
  GET_PRANDOM_U32(7),
  /// The number of the CPU that the program runs on.
  GET_SMP_PROCESSOR_ID(8),
  /// Continues with another program of a map.
  TAIL_CALL(12),
  /// The process, in the upper half, and the thread that run.
  GET_CURRENT_PID_TGID(14),
  /// Sends the frame out of an interface.
  REDIRECT(23),
  /// Puts a record into the buffer of a perf event.
  PERF_EVENT_OUTPUT(25),
  /// Copies bytes of a packet (socket filters).
  SKB_LOAD_BYTES(26),
  /// The difference that changed bytes make to a checksum.
  CSUM_DIFF(28),
  /// Moves the beginning of a frame.
  XDP_ADJUST_HEAD(44),
  /// Sends the frame where an element of a map says.
  REDIRECT_MAP(51),
  /// Moves the beginning of what is written before a frame.
  XDP_ADJUST_META(54),
  /// Moves the end of a frame.
  XDP_ADJUST_TAIL(65),
  /// What the routing table says of an address.
  FIB_LOOKUP(69),
  /// The clock since the machine was started, in nanoseconds.
  KTIME_GET_BOOT_NS(125),
  /// Copies a record into a ring buffer.
  RINGBUF_OUTPUT(130),
  /// Room for a record in a ring buffer, or 0.
  RINGBUF_RESERVE(131),
  /// Hands a reserved record over.
  RINGBUF_SUBMIT(132),
  /// Discards a reserved record.
  RINGBUF_DISCARD(133),
  /// How full a ring buffer is.
  RINGBUF_QUERY(134),
  /// The coarse monotonic clock, in nanoseconds.
  KTIME_GET_COARSE_NS(160),
  /// Calls a function of the program a number of times.
  LOOP(181),
  /// The length of a frame, including its buffers after the first.
  XDP_GET_BUFF_LEN(188),
  /// Copies bytes of a frame, from any of its buffers.
  XDP_LOAD_BYTES(189),
  /// Writes bytes of a frame, into any of its buffers.
  XDP_STORE_BYTES(190),
  /// The address of a value that a per-CPU map has for a CPU, or 0.
  MAP_LOOKUP_PERCPU_ELEM(195),
  /// International atomic time, in nanoseconds.
  KTIME_GET_TAI_NS(208);

  private final int number;

  EbpfHelper(int number) {
    this.number = number;
  }

  /// The number by which an instruction calls it.
  public int number() {
    return number;
  }

  /// Its name in the kernel, such as `bpf_map_lookup_elem`.
  public String kernelName() {
    return "bpf_" + name().toLowerCase(Locale.ROOT);
  }

  /// The helper of a number; null for one that is not listed here.
  static @Nullable EbpfHelper of(int number) {
    for (EbpfHelper each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    return null;
  }
}

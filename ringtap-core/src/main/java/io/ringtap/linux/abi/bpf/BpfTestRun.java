package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The member `test` of `union bpf_attr` (`linux/bpf.h`), for `BPF_PROG_TEST_RUN`.
@CHeader(value = "linux/bpf.h", type = "__typeof__(((union bpf_attr *) 0)->test)")
public final class BpfTestRun {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("prog_fd"),
          JAVA_INT.withName("retval"),
          JAVA_INT.withName("data_size_in"),
          JAVA_INT.withName("data_size_out"),
          JAVA_LONG.withName("data_in"),
          JAVA_LONG.withName("data_out"),
          JAVA_INT.withName("repeat"),
          JAVA_INT.withName("duration"),
          JAVA_INT.withName("ctx_size_in"),
          JAVA_INT.withName("ctx_size_out"),
          JAVA_LONG.withName("ctx_in"),
          JAVA_LONG.withName("ctx_out"),
          JAVA_INT.withName("flags"),
          JAVA_INT.withName("cpu"),
          JAVA_INT.withName("batch_size"),
          paddingLayout(4));
  private static final long PROG_FD = Offsets.of(LAYOUT, "prog_fd");
  private static final long RETVAL = Offsets.of(LAYOUT, "retval");
  private static final long DATA_SIZE_OUT = Offsets.of(LAYOUT, "data_size_out");
  private static final long DATA_OUT = Offsets.of(LAYOUT, "data_out");
  private static final long DURATION = Offsets.of(LAYOUT, "duration");
  private static final long DATA_SIZE_IN = Offsets.of(LAYOUT, "data_size_in");
  private static final long DATA_IN = Offsets.of(LAYOUT, "data_in");
  private static final long REPEAT = Offsets.of(LAYOUT, "repeat");
  private static final long CTX_SIZE_IN = Offsets.of(LAYOUT, "ctx_size_in");
  private static final long CTX_IN = Offsets.of(LAYOUT, "ctx_in");
  private static final long FLAGS = Offsets.of(LAYOUT, "flags");
  private static final long BATCH_SIZE = Offsets.of(LAYOUT, "batch_size");

  private BpfTestRun() {}

  /// A run of a packet through a program, once unless [#repeat] says otherwise.
  ///
  /// @param packet must live as long as `arena`
  /// @param out memory for the packet as the program leaves it; must live as long as `arena`
  public static MemorySegment allocate(
      Arena arena, int programDescriptor, MemorySegment packet, MemorySegment out) {
    MemorySegment run = arena.allocate(LAYOUT);
    run.set(JAVA_INT, PROG_FD, programDescriptor);
    run.set(JAVA_INT, DATA_SIZE_IN, (int) packet.byteSize());
    run.set(JAVA_LONG, DATA_IN, Pointer.of(packet));
    run.set(JAVA_INT, DATA_SIZE_OUT, (int) out.byteSize());
    run.set(JAVA_LONG, DATA_OUT, Pointer.of(out));
    return run;
  }

  /// What the program returned.
  public static int result(MemorySegment run) {
    return run.get(JAVA_INT, RETVAL);
  }

  /// How long the packet is after the program.
  public static int bytesOut(MemorySegment run) {
    return run.get(JAVA_INT, DATA_SIZE_OUT);
  }

  /// How long a run took on average, in nanoseconds.
  public static int nanos(MemorySegment run) {
    return run.get(JAVA_INT, DURATION);
  }

  /// A run of live frames through an XDP program; set [#repeat] before the call.
  ///
  /// @param frame the initial content of each frame; must live as long as `arena`
  /// @param context an [XdpMd]; must live as long as `arena`
  /// @param batch how many frames the kernel passes to its stack at once
  public static MemorySegment allocateLive(
      Arena arena, int programDescriptor, MemorySegment frame, MemorySegment context, int batch) {
    MemorySegment run = arena.allocate(LAYOUT);
    run.set(JAVA_INT, PROG_FD, programDescriptor);
    run.set(JAVA_INT, DATA_SIZE_IN, (int) frame.byteSize());
    run.set(JAVA_LONG, DATA_IN, Pointer.of(frame));
    run.set(JAVA_INT, CTX_SIZE_IN, (int) context.byteSize());
    run.set(JAVA_LONG, CTX_IN, Pointer.of(context));
    run.set(JAVA_INT, FLAGS, Bpf.BPF_F_TEST_XDP_LIVE_FRAMES);
    run.set(JAVA_INT, BATCH_SIZE, batch);
    return run;
  }

  /// Sets how many frames the next call creates.
  public static void repeat(MemorySegment run, int frames) {
    run.set(JAVA_INT, REPEAT, frames);
  }
}

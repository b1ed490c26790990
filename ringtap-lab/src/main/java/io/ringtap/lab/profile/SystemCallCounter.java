package io.ringtap.lab.profile;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.EbpfRegister.R9;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.MapType;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.RawTracepoint;
import io.ringtap.lab.report.Profile.Part;
import io.ringtap.lab.report.Profile.SystemCall;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts the system calls of all processes by thread and number, with the time from entry to
/// return: two eBPF programs at the tracepoints `sys_enter` and `sys_exit`, which add up in the
/// kernel. They end with this object, or with the process.
///
/// While it counts, each system call of the machine costs a fraction of a microsecond more.
final class SystemCallCounter implements Watch, AutoCloseable {
  private static final String OPEN = "open"; // by thread: number of the call, and when it began
  private static final String CALLS = "calls"; // by thread and number: the sums
  private static final int THREADS = 1 << 15;
  private static final int SUMS = 1 << 14;

  // Of what is in the maps.
  private static final int NUMBER = 0;
  private static final int BEGUN = 8;
  private static final int THREAD = 0;
  private static final int NUMBER_IN_KEY = 8;
  private static final int COUNT = 0;
  private static final int ERRORS = 8;
  private static final int NANOS = 16;
  private static final int OPEN_BYTES = 16;
  private static final int KEY_BYTES = 16;
  private static final int SUM_BYTES = 24;

  // Where the programs keep such things, below the frame pointer.
  private static final int OPEN_KEY = -8;
  private static final int OPEN_VALUE = OPEN_KEY - OPEN_BYTES;
  private static final int CALLS_KEY = OPEN_VALUE - KEY_BYTES;
  private static final int CALLS_VALUE = CALLS_KEY - SUM_BYTES;

  private static final int SECOND_ARGUMENT = 8; // of a tracepoint: the number, or the result

  private final EbpfMap open;
  private final EbpfMap calls;
  private final List<AttachedProgram> attached = new ArrayList<>();
  private List<SystemCall> counted = List.of();

  private SystemCallCounter(EbpfMap open, EbpfMap calls) {
    this.open = open;
    this.calls = calls;
  }

  /// Makes the maps; nothing is counted yet.
  ///
  /// @throws IOException if the kernel refuses (a LinuxException): `EPERM` without CAP_BPF and
  ///   CAP_PERFMON
  static SystemCallCounter create() throws IOException {
    EbpfMap open =
        EbpfMap.create(new MapDefinition(OPEN, MapType.LRU_HASH, Long.BYTES, OPEN_BYTES, THREADS));
    try {
      return new SystemCallCounter(
          open,
          EbpfMap.create(
              new MapDefinition(CALLS, MapType.PER_CPU_HASH, KEY_BYTES, SUM_BYTES, SUMS)));
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /// A counter that counts already, to find out whether the kernel permits it.
  ///
  /// @throws IOException if it does not (a LinuxException)
  static SystemCallCounter begun() throws IOException {
    SystemCallCounter counter = create();
    try {
      counter.begin();
      return counter;
    } catch (IOException | RuntimeException e) {
      counter.close();
      throw e;
    }
  }

  /// Remembers when a thread began which call.
  private static EbpfProgram atEntry() {
    EbpfAssembler program =
        new EbpfAssembler()
            .load(Width.DOUBLE, R6, R1, SECOND_ARGUMENT)
            .store(Width.DOUBLE, R10, OPEN_VALUE + NUMBER, R6)
            .call(EbpfHelper.GET_CURRENT_PID_TGID)
            .store(Width.DOUBLE, R10, OPEN_KEY, R0)
            .call(EbpfHelper.KTIME_GET_NS)
            .store(Width.DOUBLE, R10, OPEN_VALUE + BEGUN, R0);
    pointTo(program, OPEN, OPEN_KEY);
    store(program, OPEN_VALUE);
    return program.move(R0, 0).exit().assemble();
  }

  /// Adds the call to the sums of its thread and number.
  private static EbpfProgram atReturn() {
    EbpfAssembler program =
        new EbpfAssembler()
            .load(Width.DOUBLE, R7, R1, SECOND_ARGUMENT)
            .call(EbpfHelper.GET_CURRENT_PID_TGID)
            .store(Width.DOUBLE, R10, OPEN_KEY, R0)
            .store(Width.DOUBLE, R10, CALLS_KEY + THREAD, R0);
    pointTo(program, OPEN, OPEN_KEY);
    program
        .call(EbpfHelper.MAP_LOOKUP_ELEM)
        .jumpIf(R0, Comparison.EQUAL, 0, "end") // it began before this was attached
        .load(Width.DOUBLE, R8, R0, NUMBER)
        .store(Width.DOUBLE, R10, CALLS_KEY + NUMBER_IN_KEY, R8)
        .load(Width.DOUBLE, R9, R0, BEGUN)
        .call(EbpfHelper.KTIME_GET_NS)
        .apply(Arithmetic.SUBTRACT, R0, R9)
        .move(R9, R0);
    pointTo(program, CALLS, CALLS_KEY);
    program
        .call(EbpfHelper.MAP_LOOKUP_ELEM)
        .jumpIf(R0, Comparison.NOT_EQUAL, 0, "add")
        .store(Width.DOUBLE, R10, CALLS_VALUE + COUNT, 0)
        .store(Width.DOUBLE, R10, CALLS_VALUE + ERRORS, 0)
        .store(Width.DOUBLE, R10, CALLS_VALUE + NANOS, 0);
    pointTo(program, CALLS, CALLS_KEY);
    store(program, CALLS_VALUE);
    pointTo(program, CALLS, CALLS_KEY);
    return program
        .call(EbpfHelper.MAP_LOOKUP_ELEM)
        .jumpIf(R0, Comparison.EQUAL, 0, "end") // the map is full
        .label("add")
        // The task may be interrupted here by another one that adds on this CPU.
        .addAtomically(Width.DOUBLE, R0, NANOS, R9)
        .move(R1, 1)
        .addAtomically(Width.DOUBLE, R0, COUNT, R1)
        .jumpIf(R7, Comparison.AT_LEAST_SIGNED, 0, "end")
        .addAtomically(Width.DOUBLE, R0, ERRORS, R1)
        .label("end")
        .move(R0, 0)
        .exit()
        .assemble();
  }

  private static void pointTo(EbpfAssembler program, String map, int key) {
    address(program.map(R1, map), R2, key);
  }

  private static void store(EbpfAssembler program, int value) {
    address(program, R3, value).move(R4, 0).call(EbpfHelper.MAP_UPDATE_ELEM);
  }

  private static EbpfAssembler address(EbpfAssembler program, EbpfRegister to, int onStack) {
    return program.move(to, R10).apply(Arithmetic.ADD, to, onStack);
  }

  @Override
  public void begin() throws IOException {
    attach(atReturn(), "sys_exit");
    attach(atEntry(), "sys_enter");
  }

  private void attach(EbpfProgram code, String tracepoint) throws IOException {
    LoadedProgram program =
        LoadedProgram.load(
            code, ProgramType.RAW_TRACEPOINT, tracepoint, Map.of(OPEN, open, CALLS, calls));
    try {
      attached.add(new AttachedProgram(program, RawTracepoint.attach(program, tracepoint)));
    } catch (IOException | RuntimeException e) {
      program.close();
      throw e;
    }
  }

  @Override
  public void end() throws IOException {
    detach();
    Map<Key, Sum> all = new HashMap<>();
    calls.forEach((key, values) -> all.put(Key.of(key), Sum.of(values)));
    Participants participants = new Participants();
    all.keySet().forEach(key -> participants.meet(key.pid(), key.tid()));
    Map<Long, Sum> ofPeer = new HashMap<>();
    all.forEach((key, sum) -> {
      if (participants.partOf(key.pid(), key.tid()) == Part.PEER) {
        ofPeer.merge(key.number, sum, Sum::plus);
      }
    });
    counted =
        ofPeer.entrySet().stream()
            .map(entry -> entry.getValue().of(SystemCallNames.of(entry.getKey())))
            .sorted(
                Comparator.comparingLong(SystemCall::totalNs)
                    .reversed()
                    .thenComparing(SystemCall::name))
            .toList();
  }

  /// The key of a sum.
  private record Key(long thread, long number) {
    static Key of(MemorySegment key) {
      return new Key(key.get(JAVA_LONG, THREAD), key.get(JAVA_LONG, NUMBER_IN_KEY));
    }

    int pid() {
      return (int) (thread >>> Integer.SIZE);
    }

    int tid() {
      return (int) thread;
    }
  }

  /// Sums of calls.
  private record Sum(long calls, long errors, long nanos) {
    static final Sum NONE = new Sum(0, 0, 0);

    /// Of the values of all CPUs.
    static Sum of(MemorySegment values) {
      Sum sum = NONE;
      for (long at = 0; at < values.byteSize(); at += SUM_BYTES) {
        sum =
            sum.plus(
                new Sum(
                    values.get(JAVA_LONG, at + COUNT),
                    values.get(JAVA_LONG, at + ERRORS),
                    values.get(JAVA_LONG, at + NANOS)));
      }
      return sum;
    }

    Sum plus(Sum other) {
      return new Sum(calls + other.calls, errors + other.errors, nanos + other.nanos);
    }

    SystemCall of(String name) {
      return new SystemCall(name, calls, errors, nanos);
    }
  }

  /// The calls of the peer that returned between begin and end, the longest in sum first.
  List<SystemCall> counted() {
    return counted;
  }

  private void detach() {
    attached.reversed().forEach(AttachedProgram::close);
    attached.clear();
  }

  @Override
  public void close() {
    detach();
    open.close();
    calls.close();
  }

  /// A program at its tracepoint.
  private record AttachedProgram(LoadedProgram program, RawTracepoint tracepoint) {
    void close() {
      tracepoint.close();
      program.close();
    }
  }
}

package io.ringtap.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import io.ringtap.linux.abi.bpf.BpfProgInfo;
import io.ringtap.linux.abi.bpf.BpfTestRun;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.function.ToIntFunction;

/// A program that the kernel's verifier has accepted. It lives as long as this, or an [XdpLink] or
/// socket that runs it, and holds the maps that it uses and its data. Any thread may use it.
public final class LoadedProgram implements AutoCloseable {
  private static final int FIRST_LOG_BYTES = 64 << 10;
  private static final int MOST_LOG_BYTES = 64 << 20;
  private static final int BRIEF = 1;
  private static final int LONG = 2;

  /// Room for what a program may write before a packet or after it.
  private static final int GROWTH = 512;

  private static final String LICENSE = "Apache-2.0"; // without the helpers that ask for GPL

  private final String name;
  private final FileDescriptor descriptor;

  private LoadedProgram(String name, FileDescriptor descriptor) {
    this.name = name;
    this.descriptor = descriptor;
  }

  /// Hands a program to the kernel.
  ///
  /// @param name at most 15 letters, digits, `_` and `.`, which lists of programs show
  /// @param maps the maps that the program names
  /// @throws VerifierException if the verifier does not accept it
  /// @throws LinuxException if the kernel refuses for another reason: `EPERM` without CAP_BPF and
  ///   CAP_NET_ADMIN, `E2BIG` for more data than it takes
  /// @throws IllegalArgumentException if a map is missing
  public static LoadedProgram load(
      EbpfProgram program, ProgramType type, String name, Map<String, EbpfMap> maps)
      throws LinuxException {
    BpfCall.checkName(name);
    try (Arena arena = Arena.ofConfined();
        ProgramData data = ProgramData.store(program)) {
      MemorySegment attributes =
          attributes(arena, program, type, map -> descriptor(data, maps, map));
      BpfAttr.programName(attributes, name);
      int result = BpfCall.run(Bpf.BPF_PROG_LOAD, attributes);
      if (result < 0) {
        // Once more with the log, which takes time and is needed only now.
        Logged again = loadWithLog(attributes, BRIEF, result);
        if (again.result < 0) {
          throw refusal(again, "the program " + name);
        }
        result = again.result;
      }
      return new LoadedProgram(name, new FileDescriptor(result));
    }
  }

  /// A program without maps.
  ///
  /// @throws VerifierException if the verifier does not accept it
  /// @throws LinuxException if the kernel refuses for another reason
  public static LoadedProgram load(EbpfProgram program, ProgramType type, String name)
      throws LinuxException {
    return load(program, type, name, Map.of());
  }

  /// What the verifier prints of a program that it accepts: each instruction in the order in which
  /// it was checked, with what is known of the registers. The program is not kept.
  ///
  /// @param maps the maps that the program names
  /// @throws VerifierException if the verifier does not accept it
  /// @throws LinuxException if the kernel refuses for another reason
  public static String verifierLog(EbpfProgram program, ProgramType type, Map<String, EbpfMap> maps)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        ProgramData data = ProgramData.store(program)) {
      Logged loaded =
          loadWithLog(
              attributes(arena, program, type, map -> descriptor(data, maps, map)), LONG, 0);
      if (Errno.ENOSPC.is(loaded.result)) {
        throw new LinuxException(
            "bpf(BPF_PROG_LOAD)",
            "a program",
            Errno.ENOSPC,
            "the verifier says more than " + (MOST_LOG_BYTES >> 20) + " MiB");
      }
      if (loaded.result < 0) {
        throw refusal(loaded, "a program");
      }
      new FileDescriptor(loaded.result).close();
      return loaded.log;
    }
  }

  private static LinuxException refusal(Logged loaded, String subject) {
    Errno errno = Errno.of(loaded.result);
    if (loaded.log.isEmpty()) {
      return new LinuxException(
          "bpf(BPF_PROG_LOAD)", subject, errno, errno.equals(Errno.EPERM) ? BpfCall.REMEDY : "");
    }
    return new VerifierException(subject, errno, loaded.log);
  }

  private static MemorySegment attributes(
      Arena arena, EbpfProgram program, ProgramType type, ToIntFunction<String> descriptors) {
    MemorySegment code = arena.allocateFrom(JAVA_LONG, program.encode(descriptors));
    MemorySegment attributes =
        BpfAttr.programLoad(arena, type.number, code, arena.allocateFrom(LICENSE));
    BpfAttr.programFlags(attributes, type.flags);
    return attributes;
  }

  private static int descriptor(ProgramData data, Map<String, EbpfMap> maps, String name) {
    Integer ofData = data.descriptor(name);
    if (ofData != null) {
      return ofData;
    }
    EbpfMap map = maps.get(name);
    if (map == null) {
      throw new IllegalArgumentException("the program uses a map " + name + ", which is missing");
    }
    return map.number();
  }

  /// What a load with a log came to.
  ///
  /// @param result a descriptor, or `-errno`
  private record Logged(int result, String log) {}

  /// Loads with room for the log that grows until the log fits.
  ///
  /// @param known the error that the load had without a log
  private static Logged loadWithLog(MemorySegment attributes, int level, int known) {
    for (int bytes = FIRST_LOG_BYTES; ; bytes *= 4) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment log = arena.allocate(bytes);
        BpfAttr.log(attributes, level, log);
        int result = BpfCall.run(Bpf.BPF_PROG_LOAD, attributes);
        if (!Errno.ENOSPC.is(result)) {
          return new Logged(result, log.getString(0));
        }
        if (bytes >= MOST_LOG_BYTES) {
          return new Logged(known < 0 ? known : result, log.getString(0));
        }
      }
    }
  }

  /// The descriptor, for calls that this class does not have.
  ///
  /// @throws IllegalStateException if the program has been closed
  public int number() {
    return descriptor.number();
  }

  /// The name that it was loaded with.
  public String name() {
    return name;
  }

  /// The number under which the kernel lists it.
  ///
  /// @throws LinuxException if the kernel refuses
  public int id() throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(BpfProgInfo.LAYOUT);
      BpfCall.info(number(), info, "the program " + name);
      return BpfProgInfo.id(info);
    }
  }

  /// Runs the program on a packet that no interface has seen (`BPF_PROG_TEST_RUN`).
  ///
  /// @param packet 14 bytes or more, from the link-layer header on
  /// @throws LinuxException if the kernel refuses: `EINVAL` for a packet of another length
  public TestRun testRun(byte[] packet) throws LinuxException {
    return testRun(packet, 1);
  }

  /// Runs the program on the same packet many times, to measure it. What it changes in the packet
  /// stays changed for the next time.
  ///
  /// @param times 1 or more
  /// @throws LinuxException if the kernel refuses
  public TestRun testRun(byte[] packet, int times) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocateFrom(JAVA_BYTE, packet);
      MemorySegment out = arena.allocate(packet.length + GROWTH);
      MemorySegment run = BpfTestRun.allocate(arena, number(), in, out);
      BpfTestRun.repeat(run, times);
      int _ =
          BpfCall.check(
              Bpf.BPF_PROG_TEST_RUN, run, "bpf(BPF_PROG_TEST_RUN)", "the program " + name);
      byte[] left = out.asSlice(0, BpfTestRun.bytesOut(run)).toArray(JAVA_BYTE);
      return new TestRun(BpfTestRun.result(run), left, BpfTestRun.nanos(run));
    }
  }

  /// Closes the program; the kernel frees it once nothing runs it.
  @Override
  public void close() {
    descriptor.close();
  }

  @Override
  public String toString() {
    return "the program " + name;
  }
}

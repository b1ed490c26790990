package io.ringtap.ebpf.kernel;

import static io.ringtap.ebpf.EbpfRegister.R0;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfLinkAttr;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the running kernel has of eBPF, found by trying: small maps and programs are made and
/// closed again, and nothing is attached.
///
/// @param mapTypes the kinds of maps
/// @param programTypes the kinds of programs; without [ProgramType#XDP_FRAGMENTS] it has no XDP for
///   frames of several buffers
/// @param xdpHelpers the helpers that an XDP program may call
/// @param hasXdpLinks whether a program can be attached so that it is detached with the end of its
///   process
public record KernelFeatures(
    Set<MapType> mapTypes,
    Set<ProgramType> programTypes,
    Set<EbpfHelper> xdpHelpers,
    boolean hasXdpLinks) {
  private static final int LOOPBACK = 1; // in every network namespace
  private static final int PAGE = 1 << 16; // bytes, a multiple of every machine's page

  /// Helpers that only other programs have.
  private static final Set<EbpfHelper> NOT_OF_XDP =
      Set.of(EbpfHelper.SKB_LOAD_BYTES, EbpfHelper.GET_CURRENT_PID_TGID);

  /// Tries everything.
  ///
  /// @throws LinuxException `EPERM` without CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON
  public static KernelFeatures probe() throws LinuxException {
    Set<MapType> maps = EnumSet.noneOf(MapType.class);
    for (MapType type : MapType.values()) {
      if (has(EbpfMap.tryCreate(smallest(type)), "bpf(BPF_MAP_CREATE)")) {
        maps.add(type);
      }
    }
    Set<ProgramType> programs = EnumSet.noneOf(ProgramType.class);
    for (ProgramType type : ProgramType.values()) {
      if (loads(new EbpfAssembler().move(R0, 0).exit().assemble(), type)) {
        programs.add(type);
      }
    }
    Set<EbpfHelper> helpers = EnumSet.noneOf(EbpfHelper.class);
    for (EbpfHelper helper : EbpfHelper.values()) {
      if (hasHelper(helper)) {
        helpers.add(helper);
      }
    }
    return new KernelFeatures(maps, programs, helpers, hasLinks());
  }

  private static MapDefinition smallest(MapType type) {
    return switch (type) {
      case RING_BUFFER -> MapDefinition.ringBuffer("probe", PAGE);
      case LPM_TRIE -> MapDefinition.prefixes("probe", Integer.BYTES, Integer.BYTES, 1);
      case HASH, ARRAY, PER_CPU_HASH, PER_CPU_ARRAY, LRU_HASH, LRU_PER_CPU_HASH, XSK_MAP ->
          new MapDefinition("probe", type, Integer.BYTES, Integer.BYTES, 1);
    };
  }

  private static boolean loads(EbpfProgram program, ProgramType type) throws LinuxException {
    try (LoadedProgram _ = LoadedProgram.load(program, type, "probe")) {
      return true;
    } catch (LinuxException e) {
      refuseWithoutRight(e.errno(), e.operation());
      return false;
    }
  }

  /// A call without arguments is not accepted either way, but the verifier first says whether it
  /// knows the helper.
  private static boolean hasHelper(EbpfHelper helper) throws LinuxException {
    EbpfProgram call = new EbpfAssembler().call(helper).exit().assemble();
    try (LoadedProgram _ = LoadedProgram.load(call, ProgramType.XDP, "probe")) {
      return true;
    } catch (VerifierException e) {
      return !e.log().contains("invalid func ")
          && !e.log().contains("unknown func ")
          && !e.log().contains("cannot use helper ");
    } catch (LinuxException e) {
      refuseWithoutRight(e.errno(), e.operation());
      return false;
    }
  }

  /// The loopback has no native mode: a kernel that knows links says so, and attaches nothing.
  private static boolean hasLinks() throws LinuxException {
    EbpfProgram pass = new EbpfAssembler().move(R0, Bpf.XDP_PASS).exit().assemble();
    try (LoadedProgram program = LoadedProgram.load(pass, ProgramType.XDP, "probe");
        Arena arena = Arena.ofConfined()) {
      int result =
          BpfCall.run(
              Bpf.BPF_LINK_CREATE,
              BpfLinkAttr.createXdp(arena, program.number(), LOOPBACK, Bpf.XDP_FLAGS_DRV_MODE));
      if (result >= 0) {
        new FileDescriptor(result).close();
      }
      return !Errno.EINVAL.is(result);
    } catch (VerifierException _) {
      return false; // it has no XDP at all
    }
  }

  private static boolean has(int result, String operation) throws LinuxException {
    if (result >= 0) {
      new FileDescriptor(result).close();
      return true;
    }
    refuseWithoutRight(Errno.of(result), operation);
    return false;
  }

  private static void refuseWithoutRight(Errno errno, String operation) throws LinuxException {
    if (errno.equals(Errno.EPERM) || errno.equals(Errno.EMFILE) || errno.equals(Errno.ENFILE)) {
      throw new LinuxException(operation, "a probe", errno, BpfCall.REMEDY);
    }
  }

  /// What the running kernel lacks, in words; empty if nothing.
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (MapType type : MapType.values()) {
      if (!mapTypes.contains(type)) {
        missing.add("maps of type " + words(type));
      }
    }
    for (ProgramType type : ProgramType.values()) {
      if (!programTypes.contains(type)) {
        missing.add("programs of type " + words(type));
      }
    }
    for (EbpfHelper helper : EbpfHelper.values()) {
      if (!xdpHelpers.contains(helper) && !NOT_OF_XDP.contains(helper)) {
        missing.add("the helper " + helper.kernelName());
      }
    }
    if (!hasXdpLinks) {
      missing.add("XDP links");
    }
    return missing;
  }

  private static String words(Enum<?> type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package io.ringtap.system.ebpf;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.Width.BYTE;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.HALF;
import static io.ringtap.ebpf.Width.WORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.KernelFeatures;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.MapType;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.TestRun;
import io.ringtap.ebpf.kernel.VerifierException;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

/// Programs before the kernel's verifier, and what becomes of packets in them.
@RequiresRoot
class LoadedProgramTest {
  private static final EbpfProgram PASS = new EbpfAssembler().move(R0, 2).exit().assemble();

  /// One instruction of each kind, in an order that the verifier accepts.
  private static EbpfProgram everyKind() {
    EbpfAssembler program = new EbpfAssembler();
    program.load(WORD, R2, R1, 0).load(WORD, R3, R1, 4).move(R4, R2).apply(Arithmetic.ADD, R4, 14);
    program.jumpIf(R4, Comparison.ABOVE, R3, "end");
    program.load(BYTE, R0, R2, 13).load(HALF, R0, R2, 12).toNetworkOrder(R0, 16);
    program.store(BYTE, R2, 0, R0).store(BYTE, R2, 1, 7);
    program.constant(R6, 0x1234_5678_9abcL).store(DOUBLE, R10, -8, R6).store(DOUBLE, R10, -16, -1);
    program.addAtomically(DOUBLE, R10, -8, R6).addAtomically(WORD, R10, -16, R6);
    for (Arithmetic operation : Arithmetic.values()) {
      program.move(R6, R0).apply(operation, R6, 3).apply32(operation, R6, 3);
      program.apply(operation, R6, R0).apply32(operation, R6, R0);
    }
    program.negate32(R0).toNetworkOrder(R0, 32).toNetworkOrder(R0, 64);
    for (Comparison comparison : Comparison.values()) {
      program.jumpIf(R0, comparison, 9, "end").jumpIf32(R0, comparison, -9, "end");
      program.jumpIf(R0, comparison, R6, "end").jumpIf32(R0, comparison, R6, "end");
    }
    program.call(EbpfHelper.KTIME_GET_NS).jump("end");
    return program.label("end").move(R0, 2).exit().assemble();
  }

  @Test
  void printsInstructionsAsTheVerifierDoes() throws Exception {
    EbpfProgram program = everyKind();
    List<String> printed = program.toString().lines().toList();

    String log = LoadedProgram.verifierLog(program, ProgramType.XDP, Map.of());

    Pattern instruction = Pattern.compile("^(\\d+: \\([0-9a-f]{2}\\) .*?)\\s*(;.*)?$");
    Set<String> said = new TreeSet<>();
    for (String line : log.lines().toList()) {
      Matcher matcher = instruction.matcher(line);
      if (matcher.matches()) {
        said.add(matcher.group(1));
      }
    }
    assertThat(said).hasSizeGreaterThan(80);
    assertThat(printed).containsAll(said);
  }

  @Test
  void knowsTheKernelsNamesOfTheHelpers() {
    for (EbpfHelper helper : EbpfHelper.values()) {
      EbpfProgram program = new EbpfAssembler().call(helper).exit().assemble();

      assertThatThrownBy(
              () -> {
                LoadedProgram.load(program, ProgramType.XDP, "helper").close();
                throw new VerifierLogAsException(
                    LoadedProgram.verifierLog(program, ProgramType.XDP, Map.of()));
              })
          .satisfies(e ->
              assertThat(e instanceof VerifierException v ? v.log() : e.getMessage())
                  .contains("call " + helper.kernelName() + "#" + helper.number()));
    }
  }

  /// Some helpers need no arguments, so that the program is accepted.
  private static final class VerifierLogAsException extends Exception {
    private static final long serialVersionUID = 1L;

    VerifierLogAsException(String log) {
      super(log);
    }
  }

  @Test
  void saysInOneLineWhatTheVerifierComplainsAbout() {
    EbpfProgram reads =
        new EbpfAssembler().load(WORD, R2, R1, 0).load(WORD, R0, R2, 12).exit().assemble();

    assertThatThrownBy(() -> LoadedProgram.load(reads, ProgramType.XDP, "reads").close())
        .isInstanceOfSatisfying(
            VerifierException.class,
            e -> {
              assertThat(e).hasMessageStartingWith("bpf(BPF_PROG_LOAD) for the program reads: ");
              assertThat(e.getMessage()).contains("EACCES").contains("packet").doesNotContain("\n");
              assertThat(e.getMessage()).endsWith("at 1: (61) r0 = *(u32 *)(r2 +12)");
              assertThat(e.log()).contains("invalid access to packet").contains("\n");
            });
  }

  @Test
  void keepsALogThatIsLongerThanItsFirstRoom() {
    EbpfAssembler program = new EbpfAssembler();
    for (int i = 0; i < 8000; i++) {
      program.move(R2, i);
    }
    EbpfProgram withoutResult = program.exit().assemble();

    assertThatThrownBy(() -> LoadedProgram.load(withoutResult, ProgramType.XDP, "long").close())
        .isInstanceOfSatisfying(
            VerifierException.class,
            e -> {
              assertThat(e.log().length()).isGreaterThan(64 << 10);
              assertThat(e).hasMessageContaining("R0 !read_ok at 8000: (95) exit");
            });
  }

  @Test
  void runsAPacketThroughAProgram() throws Exception {
    EbpfProgram program =
        new EbpfAssembler()
            .load(WORD, R2, R1, 0)
            .load(WORD, R3, R1, 4)
            .move(R4, R2)
            .apply(Arithmetic.ADD, R4, 14)
            .move(R0, 1)
            .jumpIf(R4, Comparison.ABOVE, R3, "end")
            .store(BYTE, R2, 3, 0x5a)
            .move(R0, 3)
            .label("end")
            .exit()
            .assemble();

    try (LoadedProgram loaded = LoadedProgram.load(program, ProgramType.XDP, "writes")) {
      TestRun run = loaded.testRun(new byte[60], 100);

      assertThat(run.result()).isEqualTo(3);
      assertThat(run.packet()).hasSize(60).contains(0x5a, Index.atIndex(3));
      assertThat(run.nanos()).isNotNegative();
      assertThat(loaded.id()).isPositive();
    }
  }

  @Test
  @SuppressWarnings("try") // closing twice is part of it
  void leavesNothingOpen() throws Exception {
    OpenDescriptors.assertNoneLeft(() -> {
      try (EbpfMap map = EbpfMap.create(MapDefinition.array("numbers", 8, 1));
          LoadedProgram program = LoadedProgram.load(PASS, ProgramType.XDP, "pass")) {
        EbpfProgram wrong = new EbpfAssembler().map(R1, "numbers").exit().assemble();
        Map<String, EbpfMap> maps = Map.of("numbers", map);
        assertThatThrownBy(() -> LoadedProgram.load(wrong, ProgramType.XDP, "wrong", maps).close())
            .isInstanceOf(VerifierException.class);
        assertThatThrownBy(() -> LoadedProgram.load(wrong, ProgramType.XDP, "wrong").close())
            .hasMessage("the program uses a map numbers, which is missing");
        program.close(); // and once more at the end
        assertThatThrownBy(program::number).isInstanceOf(IllegalStateException.class);
      }
      assertThat(LoadedProgram.verifierLog(PASS, ProgramType.SOCKET_FILTER, Map.of()))
          .contains("(b7) r0 = 2");
      assertThat(KernelFeatures.probe().hasXdpLinks()).isTrue();
    });
  }

  @Test
  void findsWhatTheKernelHasAndLacks() throws Exception {
    KernelFeatures features = KernelFeatures.probe();

    assertThat(features.mapTypes()).contains(MapType.ARRAY, MapType.LRU_HASH, MapType.XSK_MAP);
    assertThat(features.programTypes()).contains(ProgramType.XDP, ProgramType.SOCKET_FILTER);
    assertThat(features.xdpHelpers())
        .contains(EbpfHelper.REDIRECT_MAP)
        .doesNotContain(EbpfHelper.SKB_LOAD_BYTES); // which only socket filters have
    KernelFeatures old =
        new KernelFeatures(
            EnumSet.complementOf(EnumSet.of(MapType.RING_BUFFER)),
            EnumSet.complementOf(EnumSet.of(ProgramType.XDP_FRAGMENTS)),
            EnumSet.complementOf(EnumSet.of(EbpfHelper.LOOP)),
            false);
    assertThat(old.missing())
        .containsExactly(
            "maps of type ring buffer",
            "programs of type xdp fragments",
            "the helper bpf_loop",
            "XDP links");
  }
}

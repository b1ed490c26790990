package io.ringtap.ebpf;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.NOT_EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.Width.HALF;
import static io.ringtap.ebpf.Width.WORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EbpfAssemblerTest {
  /// The example of the class's documentation.
  private static EbpfProgram onlyIpv4() {
    return new EbpfAssembler()
        .load(WORD, R2, R1, 0)
        .load(WORD, R3, R1, 4)
        .move(R4, R2)
        .apply(ADD, R4, 14)
        .jumpIf(R4, ABOVE, R3, "drop")
        .load(HALF, R0, R2, 12)
        .toNetworkOrder(R0, 16)
        .jumpIf(R0, NOT_EQUAL, 0x0800, "drop")
        .move(R0, 2)
        .exit()
        .label("drop")
        .move(R0, 1)
        .exit()
        .assemble();
  }

  @Test
  void printsItsLabels() {
    assertThat(onlyIpv4().toListing())
        .isEqualTo(
            """
              0: (61) r2 = *(u32 *)(r1 +0)
              1: (61) r3 = *(u32 *)(r1 +4)
              2: (bf) r4 = r2
              3: (07) r4 += 14
              4: (2d) if r4 > r3 goto pc+5 <drop>
              5: (69) r0 = *(u16 *)(r2 +12)
              6: (dc) r0 = be16 r0
              7: (55) if r0 != 0x800 goto pc+2 <drop>
              8: (b7) r0 = 2
              9: (95) exit
            drop:
             10: (b7) r0 = 1
             11: (95) exit\
            """);
  }

  /// The bytes that clang and llvm-objdump agree on for `r4 += 14`, `if r4 > r3 goto +5` and the
  /// two halves of `r1 = 0x1234567890 ll`.
  @Test
  void encodesAsTheMachineWantsIt() {
    assertThat(onlyIpv4().encode(_ -> 0)).contains(0x0000000e_0000_0407L, 0x00000000_0005_342dL);
    assertThat(new EbpfAssembler().constant(R1, 0x1234567890L).assemble().encode(_ -> 0))
        .containsExactly(0x34567890_0000_0118L, 0x00000012_0000_0000L);
  }

  @Test
  void putsDescriptorsInPlaceOfMaps() {
    EbpfProgram program = new EbpfAssembler().map(R1, "seen").exit().assemble();

    assertThat(program.toString().lines())
        .containsExactly("0: (18) r1 = map[seen]", "2: (95) exit");
    assertThat(program.mapNames()).containsExactly("seen");
    assertThat(program.encode(Map.of("seen", 77)::get)[0]).isEqualTo(77L << 32 | 0x1118);
  }

  @Test
  void addressesDataInTheMapThatItIsIn() {
    EbpfProgram program =
        new EbpfAssembler()
            .data("words", IntBuffer.wrap(new int[] {1, 2, 3}))
            .address(R1, "words", 8)
            .exit()
            .assemble();

    assertThat(program.toString().lines())
        .containsExactly("0: (18) r1 = map[words][0]+8", "2: (95) exit");
    assertThat(program.mapNames()).isEmpty();
    assertThat(program.data()).containsEntry("words", IntBuffer.wrap(new int[] {1, 2, 3}));
    assertThat(program.encode(Map.of("words", 77)::get)).startsWith(77L << 32 | 0x2118, 8L << 32);
    assertThatThrownBy(() ->
            new EbpfAssembler().data("a", IntBuffer.allocate(1)).data("a", IntBuffer.allocate(2)))
        .hasMessage("data given twice: a");
  }

  @Test
  void decodesWhatItEncodes() {
    for (EbpfInstruction each : onlyIpv4().instructions()) {
      assertThat(EbpfInstruction.decode(each.encode())).isEqualTo(each);
    }
    EbpfInstruction negative = new EbpfInstruction(0x05, 0, 0, (short) -3, -1);
    assertThat(EbpfInstruction.decode(negative.encode())).isEqualTo(negative);
  }

  @Test
  void refusesLabelsThatLeadNowhere() {
    assertThatThrownBy(() -> new EbpfAssembler().jump("end").exit().assemble())
        .hasMessage("label not placed: end");
    assertThatThrownBy(() -> new EbpfAssembler().label("a").exit().label("a"))
        .hasMessage("label placed twice: a");
    assertThatThrownBy(() -> new EbpfAssembler().exit().label("a").assemble())
        .hasMessage("no instruction follows the label a");
  }

  @Test
  void refusesAJumpThatIsTooFar() {
    EbpfAssembler program = new EbpfAssembler().jump("end");
    for (int i = 0; i <= Short.MAX_VALUE; i++) {
      program.move(R0, 0);
    }

    assertThatThrownBy(() -> program.label("end").exit().assemble())
        .hasMessage("a jump to end goes over 32768 instructions, and at most 32767 are possible");
    assertThatThrownBy(() -> program.load(WORD, R0, R1, 40_000))
        .hasMessage("an offset has 16 bits, so not 40000");
  }

  @Test
  void givesOutEachFreshLabelOnce() {
    EbpfAssembler program = new EbpfAssembler();

    assertThat(program.freshLabel("next")).isNotEqualTo(program.freshLabel("next"));
  }
}

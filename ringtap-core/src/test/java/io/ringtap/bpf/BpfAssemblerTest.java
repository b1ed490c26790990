package io.ringtap.bpf;

import static io.ringtap.bpf.BpfAssembler.NEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class BpfAssemblerTest {
  private final BpfAssembler assembler = new BpfAssembler();

  @Test
  void writesEveryInstructionItHas() {
    BpfProgram program =
        assembler
            .ldWord(1)
            .ldHalf(2)
            .ldByte(3)
            .ldWordIndexed(4)
            .ldHalfIndexed(5)
            .ldByteIndexed(6)
            .ldLength()
            .ldImmediate(7)
            .ldProtocol()
            .ldPacketType()
            .ldInterfaceIndex()
            .ldVlanTag()
            .ldVlanTagPresent()
            .ldxMsh(8)
            .and(9)
            .or(10)
            .lsh(11)
            .rsh(12)
            .add(13)
            .addX()
            .tax()
            .txa()
            .jeq(14, NEXT, "end")
            .jgt(15, NEXT, "end")
            .jge(16, NEXT, "end")
            .jset(17, "end", NEXT)
            .ja("end")
            .retA()
            .bind("end")
            .ret(18)
            .assemble();

    assertThat(program)
        .hasToString(
            """
            (000) ld       [1]
            (001) ldh      [2]
            (002) ldb      [3]
            (003) ld       [x + 4]
            (004) ldh      [x + 5]
            (005) ldb      [x + 6]
            (006) ld       #pktlen
            (007) ld       #0x7
            (008) ld       [proto]
            (009) ld       [type]
            (010) ld       [ifidx]
            (011) ld       [vlan_tci]
            (012) ld       [vlanp]
            (013) ldxb     4*([8]&0xf)
            (014) and      #0x9
            (015) or       #0xa
            (016) lsh      #11
            (017) rsh      #12
            (018) add      #13
            (019) add      x
            (020) tax     \s
            (021) txa     \s
            (022) jeq      #0xe             jt 23\tjf 28
            (023) jgt      #0xf             jt 24\tjf 28
            (024) jge      #0x10            jt 25\tjf 28
            (025) jset     #0x11            jt 28\tjf 26
            (026) ja       28
            (027) ret     \s
            (028) ret      #18\
            """);
  }

  @Test
  void refusesAConditionalJumpOverMoreThan255Instructions() {
    assembler.jeq(1, NEXT, "far");
    for (int i = 0; i < 256; i++) {
      assembler.tax();
    }
    assembler.bind("far").ret(0);

    assertThatIllegalStateException()
        .isThrownBy(assembler::assemble)
        .withMessage(
            "the jump from instruction 0 to \"far\" skips 256 instructions;"
                + " a conditional one skips at most 255");
  }

  @Test
  void jumpsAsFarAsItLikesWithoutACondition() {
    assembler.ja("far");
    for (int i = 0; i < 1000; i++) {
      assembler.tax();
    }

    BpfProgram program = assembler.bind("far").ret(0).assemble();

    assertThat(program.instructions().getFirst().k()).isEqualTo(1000);
  }

  @Test
  void refusesToJumpBack() {
    assembler.bind("loop").tax();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> assembler.ja("loop"))
        .withMessage("\"loop\" is bound already, to instruction 0; jumps only go forward");
  }

  @Test
  void refusesALabelThatIsNeverBound() {
    assembler.jeq(1, NEXT, "nowhere").ret(0);

    assertThatIllegalStateException()
        .isThrownBy(assembler::assemble)
        .withMessage("instruction 0 jumps to \"nowhere\", which is never bound");
  }

  @Test
  void refusesToBindALabelTwice() {
    assembler.bind("here").tax();

    assertThatIllegalArgumentException().isThrownBy(() -> assembler.bind("here"));
    assertThatIllegalArgumentException().isThrownBy(() -> assembler.bind(NEXT));
  }

  @Test
  void refusesALabelAfterTheLastInstruction() {
    assembler.ja("end").ret(0).bind("end");

    assertThatIllegalArgumentException()
        .isThrownBy(assembler::assemble)
        .withMessage("instruction 0: jumps out of the program");
  }
}

package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.LinkType;
import org.junit.jupiter.api.Test;

class CookedProgramTest {
  @Test
  void movesLoadsBehindThePseudoHeaderAndAsksTheKernelForItsFields() {
    // tcpdump -i any -ddd 'outbound and tcp dst port 80', in its main parts
    BpfProgram program =
        BpfProgram.parse(
            """
            9
            48 0 0 10
            21 0 6 4
            40 0 0 0
            21 0 4 2048
            177 0 0 20
            72 0 0 22
            21 0 1 80
            6 0 0 262144
            6 0 0 0
            """);

    BpfProgram moved = CookedProgram.forKernel(program, LinkType.LINUX_SLL2);

    assertThat(moved.toString())
        .isEqualTo(
            """
            (000) ldb      [type]
            (001) jeq      #0x4             jt 2\tjf 8
            (002) ldh      [proto]
            (003) jeq      #0x800           jt 4\tjf 8
            (004) ldxb     4*([0]&0xf)
            (005) ldh      [x + 2]
            (006) jeq      #0x50            jt 7\tjf 8
            (007) ret      #262144
            (008) ret      #0\
            """);
  }

  @Test
  void leavesWhatTheKernelKnowsAndScratchMemoryAlone() {
    BpfProgram program = new BpfAssembler().ldPacketType().ret(9).assemble();

    assertThat(CookedProgram.forKernel(program, LinkType.LINUX_SLL2)).isEqualTo(program);
  }

  @Test
  void refusesFieldsOfThePseudoHeaderThatTheKernelDoesNotTell() {
    BpfProgram hardwareType = BpfProgram.parse("3\n0 0 0 7\n40 0 0 8\n6 0 0 0\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookedProgram.forKernel(hardwareType, LinkType.LINUX_SLL2))
        .withMessage("instruction 1: the kernel cannot load offset 8 of the cooked header");
  }
}

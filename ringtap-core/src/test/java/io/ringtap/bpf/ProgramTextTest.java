package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTextTest {
  /// `tcpdump -y EN10MB -d 'tcp port 80 and ip'` in its main parts, with every form of an operand.
  private static final String TEXT =
      """
      (000) ldh      [12]
      (001) jeq      #0x800           jt 2\tjf 9
      (002) ldxb     4*([14]&0xf)
      (003) ldh      [x + 16]
      (004) st       M[3]
      (005) ld       #pktlen
      (006) ldx      M[3]
      (007) jgt      x                jt 8\tjf 9
      (008) ret      #262144
      (009) ldb      [vlanp]
      (010) ret     \s
      (011) ret      #0\
      """;

  private static final String INITIALIZERS =
      """
      { 0x28, 0, 0, 0x0000000c },
      { 0x15, 0, 7, 0x00000800 },
      { 0xb1, 0, 0, 0x0000000e },
      { 0x48, 0, 0, 0x00000010 },
      { 0x2, 0, 0, 0x00000003 },
      { 0x80, 0, 0, 0x00000000 },
      { 0x61, 0, 0, 0x00000003 },
      { 0x2d, 0, 1, 0x00000000 },
      { 0x6, 0, 0, 0x00040000 },
      { 0x30, 0, 0, 0xfffff030 },
      { 0x16, 0, 0, 0x00000000 },
      { 0x6, 0, 0, 0x00000000 },\
      """;

  private static final String DECIMAL =
      """
      12
      40 0 0 12
      21 0 7 2048
      177 0 0 14
      72 0 0 16
      2 0 0 3
      128 0 0 0
      97 0 0 3
      45 0 1 0
      6 0 0 262144
      48 0 0 4294963248
      22 0 0 0
      6 0 0 0\
      """;

  @Test
  void readsAllFormsAndPrintsThem() {
    for (String form : List.of(TEXT, INITIALIZERS, DECIMAL)) {
      BpfProgram program = BpfProgram.parse(form);

      assertThat(program).hasToString(TEXT);
      assertThat(program.toCInitializers()).isEqualTo(INITIALIZERS);
      assertThat(program.toDecimal()).isEqualTo(DECIMAL);
    }
  }

  @Test
  void readsInstructionsWithoutNumbersAndBetweenEmptyLines() {
    String bare = TEXT.replaceAll("(?m)^\\(\\d+\\) ", "\n ").replaceAll(" +", " ");

    assertThat(BpfProgram.parse(bare)).hasToString(TEXT);
  }

  @Test
  @Randomized
  void readsBackEveryProgramThatItPrints() {
    Property.forAll(random -> {
      BpfProgram program = RandomPrograms.accepted(random, 0, 0, List.of(AncillaryField.values()));

      assertThat(BpfProgram.parse(program.toString())).isEqualTo(program);
      assertThat(BpfProgram.parse(program.toCInitializers())).isEqualTo(program);
      assertThat(BpfProgram.parse(program.toDecimal())).isEqualTo(program);
    });
  }

  @Test
  void readsNumbersWithAndWithoutSign() {
    BpfProgram program = BpfProgram.parse("ld #-1\nadd #4294967295\nld [0xfffff000]\nret #-1");

    assertThat(program.instructions())
        .containsExactly(
            new BpfInstruction(BPF_LD | BPF_IMM, 0, 0, -1),
            new BpfInstruction(BPF_ALU | BPF_ADD | BPF_K, 0, 0, -1),
            new BpfInstruction(BPF_LD | BPF_W | BPF_ABS, 0, 0, -0x1000),
            new BpfInstruction(BPF_RET | BPF_K, 0, 0, -1));
  }

  @Test
  void readsAJumpBack() {
    BpfProgram program =
        BpfProgram.parse("(000) tax\n(001) jeq #0x0 jt 3 jf 2\n(002) ja 0\nret #1");

    assertThat(program.loops()).isTrue();
    assertThat(BpfProgram.parse(program.toDecimal())).isEqualTo(program);
    assertThat(BpfProgram.parse(program.toCInitializers())).isEqualTo(program);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | line 1: there is no program
          tcp port 80               | line 1: there is no instruction 'tcp'
          [12]                      | line 1: '[12]' is not an instruction such as 'ldh [12]'
          ldh 12;ret #0             | line 1: 'ldh' takes [k] or [x + k], not '12'
          ldh [12                   | line 1: 'ldh' takes [k] or [x + k], not '[12'
          ldh [prot];ret #0         | line 1: 'ldh' takes [k] or [x + k], not '[prot]'
          ret M[1]                  | line 1: 'ret' takes #k or nothing, not 'M[1]'
          tax x                     | line 1: 'tax' takes nothing, not 'x'
          ldh [9999999999]          | line 1: '9999999999' does not fit 32 bits
          ;tax;;(002) ret #0        | line 4: this is instruction 1, not 002
          jeq #0x1 jt 1;ret #0      | line 1: 'jeq' goes on as in '#0x800 jt 2 jf 8'
          jeq #0x1 jt 1 jf 2;ret #0 | line 1: '2' is not a whole number from 0 to 1
          tax;jeq #1 jt 0 jf 2;ret #0 | line 2: a conditional jump goes to instruction 2 at the earliest and 257 at the latest, not 0
          ja 7;ret #0               | line 1: '7' is not a whole number from 0 to 1
          ld M[16];ret #0           | line 1: no scratch word 16
          tax;ld M[0];ret #0        | line 2: M[0] may not have been written before
          tax;                      | line 1: the last instruction is not a return
          { 0x6, 0, 0 },            | line 1: '{ 0x6, 0, 0 },' is not an instruction: { code, jt, jf, k },
          { 0x6, 0, 0, 0 },;ret #0  | line 2: 'ret #0' is not an instruction: { code, jt, jf, k },
          { 0x6, 256, 0, 0 },       | line 1: '256' is not a whole number from 0 to 255
          { 0xff, 0, 0, 0 },        | line 1: there is no opcode 0xff
          """)
  void namesTheLineThatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfProgram.parse(text.replace(';', '\n')))
        .withMessage(message);
  }
}

package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalProgramTest {
  @Test
  void readsWhatTcpdumpPrints() {
    // as of 'tcpdump -y EN10MB -ddd icmp', but for the constant of 32 bits
    BpfProgram program =
        BpfProgram.parse(
            """
            6
            40 0 0 12
            21 0 3 2048
            48 0 0 23
            21 0 1 1
            6 0 0 4294967295
            6 0 0 0
            """);

    assertThat(program.instructions()).hasSize(6);
    assertThat(program.instructions().get(4)).isEqualTo(new BpfInstruction(6, 0, 0, -1));
    assertThat(program.toString()).contains("(001) jeq      #0x800           jt 2\tjf 5");
  }

  @Test
  void takesBlanksAroundNumbersAndAtTheEnd() {
    BpfProgram program = BpfProgram.parse(" 1 \r\n 6  0\t0 0 \r\n\n \n");

    assertThat(program.instructions()).containsExactly(new BpfInstruction(6, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4 0                    | line 1: '4 0' is not a whole number from 0 to 2147483647
          2;6 0 0 0              | line 1: there are to be 2 instructions, and there are 1
          1;6 0 0 0;6 0 0 0      | line 1: there are to be 1 instructions, and there are 2
          0                      | line 1: a program has at least one instruction
          1;6 0 0                | line 2: '6 0 0' is not four numbers: code jt jf k
          1;6 0 0 -1             | line 2: '-1' is not a whole number from 0 to 4294967295
          1;6 0 0 4294967296     | line 2: '4294967296' is not a whole number from 0 to 4294967295
          2;21 0 256 0;6 0 0 0   | line 2: '256' is not a whole number from 0 to 255
          2;255 0 0 0;6 0 0 0    | line 2: there is no opcode 0xff
          3;48 0 0 1;5 0 0 7;6 0 0 0 | line 3: jumps out of the program
          1;48 0 0 1             | line 2: the last instruction is not a return
          """)
  void namesTheLineThatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfProgram.parse(text.replace(';', '\n')))
        .withMessage(message);
  }
}

package io.ringtap.bpf.filter.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.filter.FilterException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds programs against the conditions that they were made of.
class GraphCompilerTest {
  private static final int CONDITIONS = 6_000;
  private static final int PACKETS = 8;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decidesAsTheConditionSays(boolean optimize) {
    int accepted = 0;
    for (long seed = 0; seed < CONDITIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomConditions conditions = new RandomConditions(random);
      Condition condition = conditions.condition(5);
      BpfProgram program;
      try {
        program = GraphCompiler.compile(condition, 7, optimize).program();
      } catch (FilterException e) {
        assertThat(e).hasMessageContaining("rejects all packets");
        program = null;
      }
      for (int i = 0; i < PACKETS; i++) {
        byte[] packet = conditions.packet();
        int length = packet.length + random.nextInt(3);
        int packetType = random.nextInt(5);

        boolean expected = ConditionEvaluator.accepts(condition, packet, length, packetType);
        int verdict =
            program == null
                ? 0
                : BpfInterpreter.run(
                    program,
                    MemorySegment.ofArray(packet),
                    length,
                    new Ancillary(0x800, packetType, 1));

        if (verdict != 0 && !expected) {
          expected =
              ConditionEvaluator.acceptsWhateverIsMissing(condition, packet, length, packetType);
        }
        accepted += expected ? 1 : 0;
        assertThat(verdict)
            .as("seed %d: %s%n%s%n%s", seed, condition, program, Arrays.toString(packet))
            .isEqualTo(expected ? 7 : 0);
      }
    }
    assertThat(accepted).isBetween(CONDITIONS, CONDITIONS * PACKETS - CONDITIONS);
  }
}

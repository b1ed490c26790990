package io.ringtap.filter.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.bpf.Verdict;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Relation;
import io.ringtap.filter.condition.Value;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds programs against the conditions that they were made of.
class GraphCompilerTest {
  private static final int CONDITIONS = 6_000;
  private static final int PACKETS = 8;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Randomized(share = 3)
  void decidesAsTheConditionSays(boolean optimize) {
    AtomicInteger accepted = new AtomicInteger();

    Property.forAll(
        CONDITIONS, random -> accepted.addAndGet(acceptedAsTheConditionSays(optimize, random)));

    assertThat(accepted.get()).isBetween(CONDITIONS, CONDITIONS * PACKETS - CONDITIONS);
  }

  private static int acceptedAsTheConditionSays(boolean optimize, SplittableRandom random) {
    int accepted = 0;
    RandomConditions conditions = new RandomConditions(random);
    Condition condition = conditions.condition(5);
    BpfProgram program = GraphCompiler.compile(condition, LookupTable.EMPTY, 7, optimize);
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = conditions.packet();
      int length = packet.length + random.nextInt(3);
      int packetType = random.nextInt(5);

      boolean expected = ConditionEvaluator.accepts(condition, packet, length, _ -> packetType);
      int verdict =
          program == null
              ? 0
              : Verdict.of(
                  program,
                  MemorySegment.ofArray(packet),
                  length,
                  new Ancillary(0x800, packetType, 1));

      if (verdict != 0 && !expected) {
        expected =
            ConditionEvaluator.acceptsWhateverIsMissing(condition, packet, length, _ -> packetType);
      }
      accepted += expected ? 1 : 0;
      assertThat(verdict)
          .as("%s%n%s%n%s", condition, program, Arrays.toString(packet))
          .isEqualTo(expected ? 7 : 0);
    }
    return accepted;
  }

  @Test
  void doesNotTakeTheWordOfAChainsLoopForWhatItHeldBefore() {
    // Each sum is computed by way of a word of scratch memory, as is the loop.
    String expression =
        "ip[ip[4]] + ip[ip[5]] = 7 and ip protochain 6 and (ip[ip[5]] = 3 or ip[ip[4]] = 9)";
    BpfProgram program = FilterCompiler.compile(expression, LinkType.IPV4, 7);
    byte[] packet = new byte[40];
    packet[0] = 0x45;
    packet[4] = 10;
    packet[5] = 11;
    packet[9] = 51;
    packet[10] = 4;
    packet[11] = 3;
    packet[20] = 6; // what follows the authentication header

    assertThat(verdict(program, packet)).isEqualTo(7);
    packet[10] = 3;
    packet[11] = 4;
    assertThat(verdict(program, packet)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ip[2] / ip[4] > 5 or ip", // both branches accept
        "ip[0] = 0x45 or 7 % ip[4] < 8 or ip[1] < 9", // no number is 8 or more
        "ip[2] = 9 or 1 / ip[4] = 5 or ip[2] = 0", // not moved after the third, which holds
        "not (ip[2] % ip[4] = 3 and not ip)", // 'not ip' never holds
        "len - (8 / ip[4]) = len - (8 / ip[4])"
      })
  void dropsAPacketForADivisionByZeroEvenIfItsNumberSettlesNothing(String expression) {
    FilterOptions options = FilterOptions.of(LinkType.IPV4).withSnaplen(7);
    byte[] packet = new byte[20];

    for (FilterOptions each : List.of(options, options.withOptimize(false))) {
      packet[4] = 1;
      assertThat(verdict(FilterCompiler.compile(expression, each), packet)).isEqualTo(7);
      packet[4] = 0;
      assertThat(verdict(FilterCompiler.compile(expression, each), packet)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loadsAVariableForADivisionThatLeadsToOneEndOnly(boolean optimize) {
    Value kept = new Value.Operation(Value.Operator.AND, Value.load(1, 0), new Value.Constant(1));
    Value quotient =
        new Value.Operation(Value.Operator.DIVIDE, new Value.Variable(0), Value.load(1, 4));
    Condition divides =
        new Condition.Or(
            new Condition.Compare(quotient, Relation.EQUAL, new Value.Constant(1)),
            new Condition.Always());
    Condition condition =
        allOf(
            new Condition.Not(
                new Condition.Compare(Value.load(1, 7), Relation.EQUAL, new Value.Constant(1))),
            new Condition.Assign(0, kept),
            new Condition.Not(
                new Condition.Compare(Value.load(1, 1), Relation.ANY_BIT, new Value.Constant(1))),
            divides);

    BpfProgram program = compiled(condition, optimize);

    assertThat(verdict(program, new byte[] {1, 0, 0, 0, 1, 0, 0, 0})).isEqualTo(7);
    assertThat(verdict(program, new byte[] {1, 0, 0, 0, 0, 0, 0, 0})).isZero();
    assertThat(verdict(program, new byte[] {1, 1, 0, 0, 1, 0, 0, 0})).isZero();
    assertThat(verdict(program, new byte[] {1, 0, 0, 0, 1, 0, 0, 1})).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loadsWhatItKeptForADivisionThatLeadsToOneEndOnly(boolean optimize) {
    String kept = "ip[(ip[0] & 15) * 4 + 1 : 2]"; // computed for both tests, so it is kept
    String expression =
        "len < 24 and %1$s != 0xffff and (%1$s %% ip[ip[1] : 4] < 7 or ip)".formatted(kept);
    FilterOptions options = FilterOptions.of(LinkType.IPV4).withSnaplen(7).withOptimize(optimize);

    BpfProgram program = FilterCompiler.compile(expression, options);

    byte[] packet = new byte[23];
    packet[0] = 0x44;
    packet[1] = 8;
    packet[9] = 1; // what is divided by
    assertThat(verdict(program, packet)).isEqualTo(7);
    assertThat(verdict(program, Arrays.copyOf(packet, 24))).isZero();
    packet[9] = 0;
    assertThat(verdict(program, packet)).isZero();
  }

  private static Condition allOf(Condition first, Condition... more) {
    Condition all = first;
    for (Condition each : more) {
      all = new Condition.And(all, each);
    }
    return all;
  }

  @Test
  void reachesFarWithConditionalJumps() {
    Condition hosts = anyOf(1_500, 4);
    BpfProgram program = compiled(hosts, true);

    assertThat(verdict(program, new byte[] {0, 0, 0, 0})).isEqualTo(7);
    assertThat(verdict(program, new byte[] {0, 0, 3, 0})).isEqualTo(7);
    assertThat(verdict(program, new byte[] {0, 0, 11, 33})).isEqualTo(7);
    assertThat(verdict(program, new byte[] {0, 0, 5, 2})).isZero();
    assertThat(verdict(program, new byte[] {0, 0, 0})).isZero();
  }

  @Test
  void makesProgramsThatAreTooLongForTheKernel() {
    BpfProgram program = compiled(anyOf(10_000, 4), true);

    assertThat(program.isTooLong()).isTrue();
    assertThat(verdict(program, new byte[] {0, 0, 0, 0})).isEqualTo(7);
    assertThat(verdict(program, new byte[] {0, 0, 5, 2})).isZero();
  }

  @Test
  void refusesArithmeticThatIsTooDeep() {
    String sum = "len" + " + len".repeat(600) + " > 5";

    assertThatThrownBy(() -> FilterCompiler.compile(sum, LinkType.ETHERNET, 96))
        .isInstanceOf(FilterException.class)
        .hasMessage("a number is computed by more than 500 operations within each other");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesMoreVariablesThanItTellsApart(boolean optimize) {
    assertThatThrownBy(
            () -> GraphCompiler.compile(sumOfVariables(65), LookupTable.EMPTY, 7, optimize))
        .isInstanceOf(ProgramLimitException.class)
        .hasMessageStartingWith("the filter looks into too many tunnels: more than 64 places");
  }

  @Test
  void takesTheLastVariableForZeroWhereNothingWasAssigned() {
    BpfProgram program = compiled(isZero(new Value.Variable(63)), false);

    assertThat(verdict(program, new byte[4])).isEqualTo(7);
  }

  private static Condition sumOfVariables(int count) {
    Value sum = new Value.Variable(0);
    for (int i = 1; i < count; i++) {
      sum = new Value.Operation(Value.Operator.ADD, sum, new Value.Variable(i));
    }
    return isZero(sum);
  }

  private static Condition isZero(Value value) {
    return new Condition.Compare(value, Relation.EQUAL, new Value.Constant(0));
  }

  @Test
  void drawsTheDecisions() {
    Condition condition = isZero(Value.load(1, 9));

    assertThat(GraphCompiler.draw(condition, LookupTable.EMPTY, 100, true).dot())
        .isEqualTo(
            """
            digraph filter {
              n0 [label="[9] == 0"];
              n0 -> n1;
              n0 -> n2 [style=dashed];
              n1 [label="accept", shape=box];
              n2 [label="reject", shape=box];
            }
            """);
  }

  /// Whether the first bytes are one of `count` even or odd numbers by turns.
  private static Condition anyOf(int count, int width) {
    Condition any = new Condition.Never();
    for (int i = 0; i < count; i++) {
      any =
          new Condition.Or(
              any,
              new Condition.Compare(
                  Value.load(width, 0), Relation.EQUAL, new Value.Constant(2 * i - (i & 1))));
    }
    return any;
  }

  private static BpfProgram compiled(Condition condition, boolean optimize) {
    BpfProgram program = GraphCompiler.compile(condition, LookupTable.EMPTY, 7, optimize);
    if (program == null) {
      throw new AssertionError("it matches some packets");
    }
    return program;
  }

  private static int verdict(BpfProgram program, byte[] packet) {
    return Verdict.of(program, MemorySegment.ofArray(packet), new Ancillary(0, 0, 0));
  }

  @Test
  void rejectsEverythingAtOnceWhereItIsKnown() {
    Condition never =
        new Condition.And(
            new Condition.Compare(Value.load(1, 0), Relation.EQUAL, new Value.Constant(3)),
            new Condition.Compare(Value.load(1, 0), Relation.EQUAL, new Value.Constant(4)));

    assertThat(GraphCompiler.compile(never, LookupTable.EMPTY, 7, true).matchesNothing()).isTrue();
    assertThat(GraphCompiler.compile(never, LookupTable.EMPTY, 7, false).matchesNothing())
        .isFalse();
  }

  @Test
  void neverMakesMoreOfACommonFilterThanLibpcap() {
    assertThat(length("port 80")).isLessThanOrEqualTo(24);
    assertThat(length("host 1.2.3.4")).isLessThanOrEqualTo(14);
    assertThat(length("net 10.0.0.0/8")).isLessThanOrEqualTo(18);
    assertThat(length("vlan and port 80")).isLessThanOrEqualTo(28);
    assertThat(length("ip6 protochain 6")).isLessThanOrEqualTo(36);
    assertThat(length("geneve and tcp port 80")).isLessThanOrEqualTo(88);
  }

  private static int length(String expression) {
    return FilterCompiler.compile(expression, LinkType.ETHERNET, 262_144).instructions().size();
  }
}

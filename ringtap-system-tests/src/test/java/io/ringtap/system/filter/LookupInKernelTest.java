package io.ringtap.system.filter;

import static io.ringtap.bpf.BpfOpcode.BPF_A;
import static io.ringtap.bpf.BpfOpcode.BPF_ABS;
import static io.ringtap.bpf.BpfOpcode.BPF_ALU;
import static io.ringtap.bpf.BpfOpcode.BPF_IMM;
import static io.ringtap.bpf.BpfOpcode.BPF_K;
import static io.ringtap.bpf.BpfOpcode.BPF_LD;
import static io.ringtap.bpf.BpfOpcode.BPF_LDX;
import static io.ringtap.bpf.BpfOpcode.BPF_LOOKUP;
import static io.ringtap.bpf.BpfOpcode.BPF_MISC;
import static io.ringtap.bpf.BpfOpcode.BPF_RET;
import static io.ringtap.bpf.BpfOpcode.BPF_TAX;
import static io.ringtap.bpf.BpfOpcode.BPF_W;
import static io.ringtap.bpf.BpfOpcode.BPF_X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.bpf.LookupTable.Range;
import io.ringtap.filter.XdpFilter;
import io.ringtap.system.filter.XdpAgreement.Count;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import io.ringtap.testing.RequiresRoot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Look-ups in sets as the kernel does them, beside those of the interpreter. That these find what
/// the ranges say is shown by `TableWordsTest` of the library.
@RequiresRoot
class LookupInKernelTest {
  private static final int TABLES = 60;
  private static final int NUMBERS_FOR_EACH = 60;
  private static final int FIRST = 14; // where the numbers are in a frame
  private static final int SECOND = 18;

  private final XdpAgreement agreement = new XdpAgreement();

  @Test
  @Randomized(share = 2)
  void findsTheSameStates() {
    Property.forAll(
        TABLES,
        random -> {
          LookupTable.Builder sets = new LookupTable.Builder();
          List<Range> second = ranges(random, 1 << random.nextInt(10), random.nextInt(1, 33), 2);
          int secondState = sets.add(second);
          List<Range> first = ranges(random, 1 << random.nextInt(12), random.nextInt(1, 33), 4);
          List<Range> linked =
              first.stream()
                  .map(each ->
                      each.state() == 3 ? new Range(each.low(), each.high(), secondState) : each)
                  .toList();
          int firstState = sets.add(linked);
          LookupTable table = sets.build();
          List<TestPacket> packets = new ArrayList<>();
          for (int i = 0; i < NUMBERS_FOR_EACH; i++) {
            packets.add(packet(near(random, first), near(random, second)));
          }
          compare(new BpfProgram(lookUpFirst(firstState), table), packets);
          compare(new BpfProgram(lookUpBoth(firstState), table), packets);
          compare(new BpfProgram(lookUpByIndex(random.nextInt(6)), table), packets);
        });
    System.out.println("look-ups in XDP: " + agreement.counts());
    assertThat(agreement.count(Count.MATCHES)).isPositive();
  }

  /// Many ranges take a first step of 16 bits; dense ones take steps of 8 bits down to each number.
  @ParameterizedTest
  @CsvSource({"20000, 32", "20000, 18", "9000, 15", "300, 9", "12, 4"})
  void findsTheSameStatesInLargeAndDenseSets(int count, int bits) {
    SplittableRandom random = new SplittableRandom(5);

    compareNear(ranges(random, count, bits, 2), random);
  }

  /// Ranges of one size, as hosts and networks of one length, and both together.
  @ParameterizedTest
  @CsvSource({"20000, 32, 0", "20000, 32, 8", "150, 16, 0", "700, 20, 4", "9000, 20, -1"})
  void findsTheSameStatesInNetworks(int count, int bits, int size) {
    SplittableRandom random = new SplittableRandom(6);
    TreeMap<Integer, Range> networks = new TreeMap<>(Integer::compareUnsigned);
    for (int i = 0; i < count; i++) {
      int rest = (1 << (size < 0 ? random.nextInt(4) : size)) - 1;
      int low = (random.nextInt() >>> (Integer.SIZE - bits)) & ~rest;
      Map.Entry<Integer, Range> before = networks.floorEntry(low | rest);
      if (before == null || Integer.compareUnsigned(before.getValue().high(), low) < 0) {
        networks.put(low, new Range(low, low | rest, LookupTable.YES));
      }
    }

    compareNear(List.copyOf(networks.values()), random);
  }

  /// Compares look-ups of numbers at and beside the ends of ranges, of which some are in them.
  private void compareNear(List<Range> ranges, SplittableRandom random) {
    LookupTable.Builder sets = new LookupTable.Builder();
    int state = sets.add(ranges);
    List<TestPacket> packets = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      packets.add(packet(near(random, ranges), 0));
    }

    compare(new BpfProgram(lookUpFirst(state), sets.build()), packets);

    assertThat(agreement.count(Count.MATCHES)).isBetween(100L, 1900L);
  }

  @Test
  void findsTheEndsOfTheNumbers() {
    LookupTable.Builder sets = new LookupTable.Builder();
    int ends = sets.add(List.of(new Range(0, 0, 1), new Range(-1, -1, 1)));
    int whole = sets.add(List.of(new Range(0, -1, 1)));
    int empty = sets.add(List.of());
    LookupTable table = sets.build();
    List<TestPacket> packets =
        List.of(packet(0, 0), packet(1, 0), packet(-2, 0), packet(-1, 0), packet(1 << 31, 0));

    for (int state : new int[] {ends, whole, empty}) {
      compare(new BpfProgram(lookUpFirst(state), table), packets);
      compare(new BpfProgram(lookUpByIndex(state), table), packets);
    }

    assertThat(agreement.count(Count.MATCHES)).isEqualTo(2 * (2 + 5));
  }

  private void compare(BpfProgram program, List<TestPacket> packets) {
    String found = agreement.compare(XdpFilter.of(program), program, packets);
    if (found != null) {
      fail(found);
    }
  }

  /// Ranges whose ends differ in few bits, so that some are dense.
  private static List<Range> ranges(SplittableRandom random, int count, int bits, int states) {
    int base =
        random.nextInt(4) == 0 ? -1 << (bits - 1) << 1 : random.nextInt() & -1 << (bits - 1) << 1;
    TreeSet<Integer> ends = new TreeSet<>(Integer::compareUnsigned);
    for (int i = 0; i < 2 * count; i++) {
      ends.add(base | (random.nextInt() & ~(-1 << (bits - 1) << 1)));
    }
    List<Range> ranges = new ArrayList<>();
    List<Integer> sorted = List.copyOf(ends);
    for (int i = 0; i < sorted.size(); ) {
      boolean isSingle = i + 1 == sorted.size() || random.nextInt(3) == 0;
      int high = isSingle ? sorted.get(i) : sorted.get(i + 1);
      ranges.add(new Range(sorted.get(i), high, random.nextInt(1, states)));
      i += isSingle ? 1 : 2;
    }
    return ranges;
  }

  private static int near(SplittableRandom random, List<Range> ranges) {
    if (random.nextInt(8) == 0) {
      return random.nextInt();
    }
    Range range = ranges.get(random.nextInt(ranges.size()));
    return (random.nextBoolean() ? range.low() : range.high()) + random.nextInt(-1, 2);
  }

  private static TestPacket packet(int first, int second) {
    byte[] bytes = PacketBytes.start().zeros(FIRST).u32(first).u32(second).zeros(40).toBytes();
    return new TestPacket(MemorySegment.ofArray(bytes), bytes.length);
  }

  private static List<BpfInstruction> lookUpFirst(int state) {
    return List.of(load(FIRST), one(BPF_ALU | BPF_LOOKUP | BPF_K, state), one(BPF_RET | BPF_A, 0));
  }

  private static List<BpfInstruction> lookUpBoth(int state) {
    return List.of(
        load(FIRST),
        one(BPF_ALU | BPF_LOOKUP | BPF_K, state),
        one(BPF_MISC | BPF_TAX, 0),
        load(SECOND),
        one(BPF_ALU | BPF_LOOKUP | BPF_X, 0),
        one(BPF_RET | BPF_A, 0));
  }

  /// X is used once more, so that it must outlast the look-up.
  private static List<BpfInstruction> lookUpByIndex(int state) {
    return List.of(
        one(BPF_LDX | BPF_IMM, state),
        load(FIRST),
        one(BPF_ALU | BPF_LOOKUP | BPF_X, 0),
        one(BPF_ALU | BPF_X, 0), // A = A + X
        one(BPF_ALU | 0x10, state), // A = A - state
        one(BPF_RET | BPF_A, 0));
  }

  private static BpfInstruction load(int offset) {
    return one(BPF_LD | BPF_W | BPF_ABS, offset);
  }

  private static BpfInstruction one(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }
}

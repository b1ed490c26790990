package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.LookupTable.Range;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The words of tables, beside the tables, which search their ranges by halves.
class TableWordsTest {
  private static final int TABLES = 150;
  private static final int NUMBERS = 400;

  @Test
  @Randomized(share = 1)
  void findTheStatesOfTheTable() {
    Property.forAll(
        TABLES,
        random -> {
          LookupTable.Builder sets = new LookupTable.Builder();
          List<Range> ranges = new ArrayList<>();
          for (int set = random.nextInt(1, 4); set > 0; set--) {
            List<Range> more = ranges(random);
            int _ = sets.add(more);
            ranges.addAll(more);
          }
          LookupTable table = sets.build();
          TableWords words = Objects.requireNonNull(TableWords.of(table));
          for (int i = 0; i < NUMBERS; i++) {
            Range near = ranges.get(random.nextInt(ranges.size()));
            int number = (random.nextBoolean() ? near.low() : near.high()) + random.nextInt(-1, 2);
            for (int state = -1; state <= words.states(); state++) {
              assertThat(words.lookUp(number, state))
                  .as("%s in state %d", Integer.toUnsignedString(number), state)
                  .isEqualTo(table.lookUp(number, state));
            }
          }
        });
  }

  /// Ranges of any size, or of networks of one, few or many, here and there or close together.
  private static List<Range> ranges(SplittableRandom random) {
    int count = 1 << random.nextInt(random.nextInt(8) == 0 ? 15 : 8);
    int hidden = random.nextInt(1, 30); // bits that are alike in all
    int base = random.nextInt(3) == 0 ? -1 : random.nextInt();
    int rest = random.nextInt(3) == 0 ? -1 : (1 << random.nextInt(9)) - 1;
    int states = random.nextInt(3) == 0 ? 4 : 1;
    TreeMap<Integer, Range> ranges = new TreeMap<>(Integer::compareUnsigned);
    for (int i = 0; i < count; i++) {
      int other = (base & ~(-1 >>> hidden)) | (random.nextInt() >>> hidden);
      int low = rest < 0 ? other : other & ~rest;
      int high = low | (rest < 0 ? random.nextInt(1 << random.nextInt(9)) : rest);
      Map.Entry<Integer, Range> before = ranges.floorEntry(high);
      if (before == null || Integer.compareUnsigned(before.getValue().high(), low) < 0) {
        ranges.put(low, new Range(low, high, random.nextInt(1, states + 1)));
      }
    }
    return List.copyOf(ranges.values());
  }

  @Test
  void areOneForEachTable() {
    LookupTable.Builder sets = new LookupTable.Builder();
    int _ = sets.add(List.of(new Range(1, 2, LookupTable.YES)));
    LookupTable table = sets.build();

    assertThat(TableWords.of(table)).isSameAs(TableWords.of(table));
  }
}

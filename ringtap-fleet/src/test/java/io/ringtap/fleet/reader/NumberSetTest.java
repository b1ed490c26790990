package io.ringtap.fleet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumberSetTest {
  private static final int MOST = 20_000;

  @Randomized
  void isTheSetThatASetOfLongsIs() {
    Property.forAll(random -> {
      NumberSet set = new NumberSet();
      TreeSet<Long> longs = new TreeSet<>();
      for (int i = 0; i < 12; i++) {
        long first = random.nextLong(MOST);
        long last = Math.min(MOST, first + random.nextLong(random.nextBoolean() ? 9 : 9_000));
        long before = longs.size();
        boolean isRange = random.nextBoolean();
        boolean isSame = true;
        for (long number = first; number <= last; number++) {
          boolean isNew = longs.add(number);
          isSame &= isRange || set.add(number) == isNew;
        }
        assertThat(isSame).isTrue();
        if (isRange) {
          assertThat(set.addRange(first, last)).isEqualTo(longs.size() - before);
        }
        assertThat(set.size()).isEqualTo(longs.size());
        set = copy(set);
      }
      boolean isSame = true;
      for (long number = 0; number <= MOST; number++) {
        isSame &= set.add(number) == longs.add(number);
      }
      assertThat(isSame).isTrue();
    });
  }

  private static NumberSet copy(NumberSet set) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      set.write(new DataOutputStream(bytes));
      return NumberSet.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takesRangesAndNumbersOfAnySizeInLittleRoom() {
    NumberSet set = new NumberSet();

    assertThat(set.addRange(5, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 4);
    assertThat(set.add(Long.MAX_VALUE)).isFalse();
    assertThat(set.add(4)).isTrue();
    assertThat(set.addRange(1, Long.MAX_VALUE)).isEqualTo(3);

    NumberSet scattered = new NumberSet();
    boolean isNew = true;
    for (long number = 1; number < 40_000; number++) {
      isNew &= scattered.add(number * 10_000_000_019L);
    }
    assertThat(isNew).isTrue();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      scattered.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(bytes.size()).isLessThan(14_000_000);
  }
}

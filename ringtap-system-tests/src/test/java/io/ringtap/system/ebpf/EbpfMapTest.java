package io.ringtap.system.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.MapType;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Maps in the running kernel.
@RequiresRoot
class EbpfMapTest {
  private static final int MANY = 3000; // more than one batch

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void free() {
    arena.close();
  }

  private MemorySegment number(int value) {
    return arena.allocateFrom(JAVA_INT, value);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HASH", "PER_CPU_HASH", "LRU_HASH", "LRU_PER_CPU_HASH", "ARRAY", "PER_CPU_ARRAY"})
  void keepsWhatIsStored(MapType type) throws Exception {
    MapDefinition definition =
        new MapDefinition("numbers", type, Integer.BYTES, Integer.BYTES, 4 * MANY);
    try (EbpfMap map = EbpfMap.create(definition)) {
      MemorySegment keys = arena.allocate(JAVA_INT, MANY);
      MemorySegment values = arena.allocate(map.valueBytes() * MANY, 8);
      for (int i = 0; i < MANY; i++) {
        keys.setAtIndex(JAVA_INT, i, i);
        for (long at = 0; at < map.valueBytes(); at += 8) {
          values.set(JAVA_INT, i * map.valueBytes() + at, 7 * i);
        }
      }

      map.updateAll(keys, values, MANY);

      MemorySegment value = arena.allocate(map.valueBytes(), 8);
      assertThat(map.lookup(number(MANY - 1), value)).isTrue();
      assertThat(value.get(JAVA_INT, map.valueBytes() - (type.isPerCpu() ? 8 : 4)))
          .isEqualTo(7 * (MANY - 1));
      Map<Integer, Integer> shown = new TreeMap<>();
      map.forEach((key, one) -> shown.put(key.get(JAVA_INT, 0), one.get(JAVA_INT, 0)));
      boolean isArray = type == MapType.ARRAY || type == MapType.PER_CPU_ARRAY;
      assertThat(shown).hasSize(isArray ? 4 * MANY : MANY).containsEntry(5, 35);
      if (!isArray) {
        assertThat(map.delete(number(5))).isTrue();
        assertThat(map.delete(number(5))).isFalse();
        assertThat(map.lookup(number(5), value)).isFalse();
      }
    }
  }

  @Test
  void findsTheLongestPrefix() throws Exception {
    try (EbpfMap map = EbpfMap.create(MapDefinition.prefixes("nets", 4, Long.BYTES, 10))) {
      map.update(prefix(8, 10, 0, 0, 0), arena.allocateFrom(JAVA_LONG, 1));
      map.update(prefix(16, 10, 1, 0, 0), arena.allocateFrom(JAVA_LONG, 2));
      MemorySegment value = arena.allocate(JAVA_LONG);

      assertThat(map.lookup(prefix(32, 10, 1, 2, 3), value)).isTrue();
      assertThat(value.get(JAVA_LONG, 0)).isEqualTo(2);
      assertThat(map.lookup(prefix(32, 10, 9, 2, 3), value)).isTrue();
      assertThat(value.get(JAVA_LONG, 0)).isEqualTo(1);
      assertThat(map.lookup(prefix(32, 11, 9, 2, 3), value)).isFalse();
    }
  }

  private MemorySegment prefix(int bits, int... bytes) {
    MemorySegment key = arena.allocate(8, 4);
    key.set(JAVA_INT, 0, bits);
    for (int i = 0; i < bytes.length; i++) {
      key.set(JAVA_BYTE, 4 + i, (byte) bytes[i]);
    }
    return key;
  }

  @Test
  void saysWhichElementDoesNotFit() throws Exception {
    MapDefinition two = new MapDefinition("two", MapType.HASH, 4, 4, 2);
    try (EbpfMap map = EbpfMap.create(two)) {
      MemorySegment three = arena.allocateFrom(JAVA_INT, 1, 2, 3);

      assertThatThrownBy(() -> map.updateAll(three, three, 3))
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.E2BIG))
          .hasMessageContaining("the map two");
      assertThat(map.lookup(number(2), arena.allocate(4))).isTrue();
      assertThatThrownBy(() -> map.updateAll(three, three, 4))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> map.delete(arena.allocate(3)))
          .hasMessage("a key of the map two has 4 bytes, not 3");
    }
  }

  /// An LRU map forgets instead of refusing.
  @Test
  void forgetsTheOldestWhenFull() throws Exception {
    try (EbpfMap map = EbpfMap.create(new MapDefinition("few", MapType.LRU_HASH, 4, 4, 64))) {
      for (int i = 0; i < 1000; i++) {
        map.update(number(i), number(i));
      }

      int[] count = new int[1];
      map.forEach((_, _) -> count[0]++);

      assertThat(count[0]).isBetween(1, 64);
      assertThat(map.lookup(number(999), arena.allocate(4))).isTrue();
    }
  }

  @Test
  void makesMapsWithoutElementsOfTheirOwn() throws Exception {
    EbpfMap.create(MapDefinition.xskMap("queues", 4)).close();
    EbpfMap.create(MapDefinition.ringBuffer("records", 1 << 16)).close();
  }

  @Test
  void leavesNothingOpenWhenTheKernelRefuses() throws Exception {
    OpenDescriptors.assertNoneLeft(() -> {
      assertThatThrownBy(() -> EbpfMap.create(MapDefinition.ringBuffer("odd", 5000)).close())
          .isInstanceOf(LinuxException.class)
          .hasMessageContaining("EINVAL");
      EbpfMap map = EbpfMap.create(MapDefinition.array("one", 4, 1));
      map.close();
      map.close();
    });
    assertThatThrownBy(() -> MapDefinition.array("a name that is too long", 4, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.ringtap.timing;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A hierarchical timing wheel over entries that carry their own links: constant time to schedule,
/// to cancel and to expire, and no memory beside the entries' twelve bytes each. One thread uses
/// it.
///
/// Times are monotonic nanoseconds, kept in ticks of [#TICK_NANOS]; an entry expires in the tick
/// after the one that holds its deadline, so never early and at most two ticks late.
public final class TimingWheel {
  /// Hears of each expired entry, which is off the wheel by then and may be scheduled again.
  @FunctionalInterface
  public interface Expiry {
    void onExpired(int entry);
  }

  public static final long TICK_NANOS = 1 << 17; // 131 µs

  private static final int LEVEL_BITS = 8;
  private static final int SLOTS = 1 << LEVEL_BITS;
  private static final int LEVELS = 4;
  private static final int NONE = -1;
  private static final int LOOKED_AT = 64; // entries of a slot, in search of the first

  /// The longest delay in ticks that the wheel can distinguish from a short one: 3.2 days.
  private static final long MAX_TICKS = (1L << (LEVEL_BITS * LEVELS - 1)) - 1;

  private final MemorySegment entries;
  private final long stride;
  private final long links; // offset within an entry of: tick, previous, next
  private final long origin;
  private final int[] heads = new int[LEVELS * SLOTS];
  private final int[] tails = new int[LEVELS * SLOTS];
  private final long[] occupied = new long[LEVELS * SLOTS / Long.SIZE];
  private long currentTick;
  private int size;

  /// A wheel over the entries of `entries`, `stride` bytes each, of which the twelve at `links` are
  /// the wheel's while an entry is on it.
  ///
  /// @param originNanos the earliest time that will be given
  public TimingWheel(MemorySegment entries, long stride, long links, long originNanos) {
    this.entries = entries;
    this.stride = stride;
    this.links = links;
    this.origin = originNanos;
    Arrays.fill(heads, NONE);
    Arrays.fill(tails, NONE);
  }

  /// Entries on the wheel.
  public int size() {
    return size;
  }

  /// Puts an entry that is not on the wheel under its deadline.
  public void schedule(int entry, long deadlineNanos) {
    long tick = Math.max((deadlineNanos - origin) / TICK_NANOS + 1, currentTick + 1);
    tick = Math.min(tick, currentTick + MAX_TICKS);
    entries.set(JAVA_INT, entry * stride + links, (int) tick);
    link(entry, tick);
    size++;
  }

  /// Takes an entry off the wheel that is on it.
  public void cancel(int entry) {
    int previous = previous(entry);
    int next = next(entry);
    if (previous < 0) {
      heads[~previous] = next < 0 ? NONE : next;
    } else {
      next(previous, next);
    }
    if (next < 0) {
      tails[~next] = previous < 0 ? NONE : previous;
    } else {
      previous(next, previous);
    }
    if (previous < 0 && next < 0) {
      occupied[~next >> 6] &= ~(1L << ~next);
    }
    size--;
  }

  /// Expires every entry whose deadline lies in a tick that is over by `nowNanos`, in the order of
  /// ticks.
  public void advance(long nowNanos, Expiry expiry) {
    long target = (nowNanos - origin) / TICK_NANOS;
    while (currentTick < target) {
      if (size == 0) {
        currentTick = target;
        return;
      }
      long step = nextOccupied();
      if (step > target) {
        // Cascades on the way may be skipped: there is nothing on their levels before `step`.
        currentTick = target;
        return;
      }
      currentTick = step;
      cascade();
      expire((int) (currentTick & (SLOTS - 1)), expiry);
    }
  }

  /// A time no later than the end of the first entry's tick, at which to call [#advance] again;
  /// `Long.MAX_VALUE` when the wheel is empty. Unless very many entries are due at about the same
  /// time, it is the end of that tick.
  public long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : origin + firstTick() * TICK_NANOS;
  }

  /// The tick of the first entry, or an earlier one where it would take long to find.
  private long firstTick() {
    long first = Long.MAX_VALUE;
    for (int level = 0; level < LEVELS; level++) {
      long position = currentTick >> (level * LEVEL_BITS);
      int ahead = distanceToOccupied(level, (int) (position & (SLOTS - 1)));
      if (ahead > 0) {
        first = Math.min(first, firstTick(level, position + ahead));
      }
    }
    return first;
  }

  /// The tick of the first entry in a slot.
  ///
  /// @param position the slot's, from the beginning of time
  private long firstTick(int level, long position) {
    long opens = position << (level * LEVEL_BITS);
    if (level == 0) {
      return opens;
    }
    long first = Long.MAX_VALUE;
    int looked = 0;
    int entry = heads[level * SLOTS + (int) (position & (SLOTS - 1))];
    while (entry >= 0) {
      if (++looked > LOOKED_AT) {
        return opens;
      }
      first = Math.min(first, currentTick + (tick(entry) - (int) currentTick));
      entry = next(entry);
    }
    return first;
  }

  /// The first tick after the current one at which an entry expires or a slot of a higher level
  /// opens.
  private long nextOccupied() {
    long first = Long.MAX_VALUE;
    for (int level = 0; level < LEVELS; level++) {
      int shift = level * LEVEL_BITS;
      long position = currentTick >> shift;
      int ahead = distanceToOccupied(level, (int) (position & (SLOTS - 1)));
      if (ahead > 0) {
        first = Math.min(first, (position + ahead) << shift);
      }
    }
    return first;
  }

  /// How many slots after `from`, cyclically, the next occupied one of a level comes; 0 if none is.
  private int distanceToOccupied(int level, int from) {
    int words = SLOTS / Long.SIZE;
    int base = level * words;
    int start = from + 1;
    for (int i = 0; i <= words; i++) {
      int word = ((start >> 6) + i) & (words - 1);
      long bits = occupied[base + word];
      if (i == 0) {
        bits &= -1L << start;
      }
      if (bits != 0) {
        int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
        int distance = (slot - from) & (SLOTS - 1);
        return distance == 0 ? SLOTS : distance;
      }
    }
    return 0;
  }

  /// Deals the entries of each higher slot that the current tick opens to the levels below.
  private void cascade() {
    for (int level = 1; level < LEVELS; level++) {
      int shift = level * LEVEL_BITS;
      if ((currentTick & ((1L << shift) - 1)) != 0) {
        return;
      }
      int slot = level * SLOTS + (int) ((currentTick >> shift) & (SLOTS - 1));
      int entry = heads[slot];
      heads[slot] = NONE;
      tails[slot] = NONE;
      occupied[slot >> 6] &= ~(1L << slot);
      while (entry >= 0) {
        int next = next(entry);
        link(entry, currentTick + (tick(entry) - (int) currentTick));
        entry = next;
      }
    }
  }

  /// Empties a slot of the lowest level. What the callbacks schedule meanwhile never lands in it:
  /// an entry that comes a whole turn later lies on a higher level.
  private void expire(int slot, Expiry expiry) {
    while (heads[slot] != NONE) {
      int entry = heads[slot];
      cancel(entry);
      expiry.onExpired(entry);
    }
  }

  private void link(int entry, long tick) {
    long ahead = tick - currentTick;
    int level = 0;
    while (ahead >= 1L << ((level + 1) * LEVEL_BITS)) {
      level++;
    }
    int slot = level * SLOTS + (int) ((tick >> (level * LEVEL_BITS)) & (SLOTS - 1));
    int tail = tails[slot];
    if (tail == NONE) {
      heads[slot] = entry;
      occupied[slot >> 6] |= 1L << slot;
      previous(entry, ~slot);
    } else {
      next(tail, entry);
      previous(entry, tail);
    }
    next(entry, ~slot);
    tails[slot] = entry;
  }

  private int tick(int entry) {
    return entries.get(JAVA_INT, entry * stride + links);
  }

  /// The entry before this one, or the complement of the slot that this one is the first of.
  private int previous(int entry) {
    return entries.get(JAVA_INT, entry * stride + links + 4);
  }

  private void previous(int entry, int value) {
    entries.set(JAVA_INT, entry * stride + links + 4, value);
  }

  /// The entry after this one, or the complement of the slot that this one is the last of.
  private int next(int entry) {
    return entries.get(JAVA_INT, entry * stride + links + 8);
  }

  private void next(int entry, int value) {
    entries.set(JAVA_INT, entry * stride + links + 8, value);
  }
}

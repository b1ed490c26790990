package io.ringtap.ping.engine.probe;

import java.util.Arrays;

/// Who has answered the latest probes to a group, so that a member's second answer is known. It
/// remembers so many answers; a duplicate that comes after that passes for an answer.
final class GroupMembers {
  private static final int REMEMBERED = 1 << 12; // a power of two
  private static final int NEIGHBOURS = 8; // places in which an answer may stand

  private final long[] answers = new long[REMEMBERED];
  private int turn;

  GroupMembers() {
    Arrays.fill(answers, -1);
  }

  /// Whether this is the sender's first answer to a probe. It is noted.
  boolean isNew(long sequence, long fromHigh, long fromLow) {
    long answer = mix(mix(mix(sequence) ^ fromHigh) ^ fromLow);
    int first = (int) answer & (REMEMBERED - NEIGHBOURS);
    for (int i = first; i < first + NEIGHBOURS; i++) {
      if (answers[i] == answer) {
        return false;
      }
    }
    turn = (turn + 1) & (NEIGHBOURS - 1);
    answers[first + turn] = answer;
    return true;
  }

  /// Spreads a number over 64 bits (the finalizer of MurmurHash3).
  private static long mix(long number) {
    long mixed = number + 1;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}

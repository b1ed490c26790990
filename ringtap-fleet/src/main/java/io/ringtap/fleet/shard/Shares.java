package io.ringtap.fleet.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Shares numbered shards among members, in proportion to their weights, and moves as few as that
/// allows.
///
/// - Each member is to get its exact share, rounded down or up: up rather where that leaves it what
///   it has, then where more is cut off.
/// - A shard that is to move is given to nobody as long as a member says that it has it. When that
///   member has given it up, the members are asked again, and the next sharing, which comes to the
///   same shares, gives it away.
/// - If several say that they have a shard, it stays with the one that heard last what it has: the
///   highest generation.
///
/// The order of the members does not matter, so whoever computes it comes to the same.
final class Shares {
  /// One that is to get a share.
  ///
  /// @param name unique, and the same after a restart
  /// @param weight its share in relation to those of the others, at least 1
  /// @param generation in which it was told what it has
  /// @param owned the shards that it says it has
  record Member(String name, long weight, int generation, Set<Integer> owned) {}

  private static final int NOBODY = -1;

  private final List<Member> members;
  private final int[] holders; // by shard: the member that has it
  private final int[] held; // by member: how many it has

  private Shares(int shards, List<Member> members) {
    this.members = members;
    holders = new int[shards];
    held = new int[members.size()];
    Arrays.fill(holders, NOBODY);
    for (int member = 0; member < held.length; member++) {
      for (int shard : members.get(member).owned) {
        if (shard < shards && isNewer(member, holders[shard])) {
          holders[shard] = member;
        }
      }
    }
    for (int holder : holders) {
      if (holder != NOBODY) {
        held[holder]++;
      }
    }
  }

  private boolean isNewer(int member, int than) {
    return than == NOBODY || members.get(member).generation > members.get(than).generation;
  }

  /// Shares out.
  ///
  /// @param shards how many there are, numbered from 0
  /// @param members in any order
  /// @return for each member, in the order given, the shards that it is to have now, by rising
  ///   numbers
  static List<List<Integer>> of(int shards, List<Member> members) {
    if (members.isEmpty()) {
      return List.of();
    }
    List<Integer> order =
        IntStream.range(0, members.size())
            .boxed()
            .sorted(Comparator.comparing(index -> members.get(index).name))
            .toList();
    List<List<Integer>> shared =
        new Shares(shards, order.stream().map(members::get).toList()).out();
    List<List<Integer>> inTheOrderGiven = new ArrayList<>(shared);
    for (int i = 0; i < order.size(); i++) {
      inTheOrderGiven.set(order.get(i), shared.get(i));
    }
    return inTheOrderGiven;
  }

  private List<List<Integer>> out() {
    int[] room = sizes();
    List<List<Integer>> shares = new ArrayList<>();
    for (int member = 0; member < room.length; member++) {
      shares.add(new ArrayList<>(room[member]));
    }
    for (int shard = 0; shard < holders.length; shard++) {
      int holder = holders[shard];
      if (holder != NOBODY && room[holder] > 0) {
        shares.get(holder).add(shard);
        room[holder]--;
      }
    }
    int next = 0;
    for (int shard = 0; shard < holders.length; shard++) {
      if (holders[shard] == NOBODY) {
        while (room[next] == 0) {
          next++;
        }
        shares.get(next).add(shard);
        room[next]--;
      }
    }
    shares.forEach(share -> share.sort(null));
    return shares;
  }

  /// How many shards each is to have once all have moved.
  private int[] sizes() {
    int[] sizes = new int[held.length];
    long[] cutOff = new long[held.length];
    long weights = members.stream().mapToLong(Member::weight).sum();
    int left = holders.length;
    for (int member = 0; member < sizes.length; member++) {
      long exact = holders.length * members.get(member).weight; // in parts of all weights
      sizes[member] = (int) (exact / weights);
      cutOff[member] = exact % weights;
      left -= sizes[member];
    }
    Comparator<Integer> byGain =
        Comparator.comparing((Integer member) -> held[member] <= sizes[member])
            .thenComparingLong(member -> -cutOff[member])
            .thenComparing(Comparator.naturalOrder());
    IntStream.range(0, sizes.length)
        .filter(member -> cutOff[member] > 0)
        .boxed()
        .sorted(byGain)
        .limit(left)
        .forEach(member -> sizes[member]++);
    return sizes;
  }
}

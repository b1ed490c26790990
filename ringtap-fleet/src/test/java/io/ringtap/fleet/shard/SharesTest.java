package io.ringtap.fleet.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.fleet.shard.Shares.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Every way in which few shards can lie with few members, and long histories of many.
class SharesTest {
  private static final int SHARDS = 4;
  private static final int[] WEIGHTS = {1, 2, 5};

  /// Shows each way in which so many members, of all weights, can say that they have shards: each
  /// shard is with one of them, with nobody, or with all of them, of the same or rising
  /// generations.
  private static void forEachWay(int members, Consumer<List<Member>> test) {
    int weights = (int) Math.pow(WEIGHTS.length, members);
    int ways = (int) Math.pow(members + 2, SHARDS);
    for (int weight = 0; weight < weights; weight++) {
      for (int way = 0; way < ways; way++) {
        test.accept(members(members, weight, way));
      }
    }
  }

  private static List<Member> members(int count, int weight, int way) {
    List<Set<Integer>> owned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      owned.add(new HashSet<>());
    }
    for (int shard = 0; shard < SHARDS; shard++) {
      int holder = way % (count + 2);
      way /= count + 2;
      if (holder < count) {
        owned.get(holder).add(shard);
      } else if (holder == count) {
        int claimed = shard;
        owned.forEach(each -> each.add(claimed));
      }
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // The same generation, or rising ones.
      int generation = weight % 2 == 0 ? 7 : 7 + i;
      members.add(new Member("m" + i, WEIGHTS[weight % WEIGHTS.length], generation, owned.get(i)));
      weight /= WEIGHTS.length;
    }
    return members;
  }

  @Test
  void givesNothingToTwoAndNothingThatAnotherHasNotGivenUp() {
    for (int count = 1; count <= 3; count++) {
      forEachWay(count, members -> assertLawful(SHARDS, members, Shares.of(SHARDS, members)));
    }
  }

  /// What Kafka checks of a cooperative assignment (`validateCooperativeAssignment`): nothing that
  /// somebody loses goes to somebody who did not have it.
  private static void assertLawful(int shards, List<Member> members, List<List<Integer>> shares) {
    Set<Integer> all = new HashSet<>();
    Set<Integer> added = new HashSet<>();
    Set<Integer> revoked = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      Set<Integer> owned = members.get(i).owned();
      List<Integer> share = shares.get(i);
      for (int shard : share) {
        if (shard < 0 || shard >= shards || !all.add(shard)) { // so often that asserting is slow
          fail("%d given twice, or not there: %s %s", shard, members, shares);
        }
        if (!owned.contains(shard)) {
          added.add(shard);
        }
      }
      owned.stream().filter(shard -> !share.contains(shard)).forEach(revoked::add);
    }
    added.retainAll(revoked);
    if (!added.isEmpty()) {
      fail("given away too early: %s of %s %s", added, members, shares);
    }
  }

  @Test
  void comesToExactSharesInTwoRoundsAndStaysThere() {
    for (int count = 1; count <= 3; count++) {
      forEachWay(
          count,
          members -> {
            List<Member> second = next(members, Shares.of(SHARDS, members));
            List<Member> third = next(second, Shares.of(SHARDS, second));
            assertExact(SHARDS, third);
            if (!Shares.of(SHARDS, third).equals(owned(third))) {
              fail("not at rest: %s", third);
            }
          });
    }
  }

  private static List<Member> next(List<Member> members, List<List<Integer>> shares) {
    int generation = members.stream().mapToInt(Member::generation).max().orElse(0) + 1;
    List<Member> next = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member before = members.get(i);
      next.add(new Member(before.name(), before.weight(), generation, Set.copyOf(shares.get(i))));
    }
    return next;
  }

  private static List<List<Integer>> owned(List<Member> members) {
    return members.stream().map(each -> List.copyOf(new TreeSet<>(each.owned()))).toList();
  }

  private static void assertExact(int shards, List<Member> members) {
    long weights = members.stream().mapToLong(Member::weight).sum();
    int sum = 0;
    for (Member member : members) {
      double exact = shards * member.weight() / (double) weights;
      sum += member.owned().size();
      if (Math.abs(member.owned().size() - exact) >= 1) {
        fail("not the exact shares: %s", members);
      }
    }
    if (sum != shards) {
      fail("not all shards: %s", members);
    }
  }

  @Test
  void movesAsFewAsExactSharesAllow() {
    for (int count = 1; count <= 3; count++) {
      forEachWay(
          count,
          members -> {
            int least = leastMoves(members, 0, SHARDS);
            int given = 0;
            List<Member> end = members;
            for (int round = 0; round < 2; round++) {
              end = next(end, Shares.of(SHARDS, end));
            }
            for (int i = 0; i < members.size(); i++) {
              Set<Integer> kept = new HashSet<>(held(members).get(i));
              kept.removeAll(end.get(i).owned());
              given += kept.size();
            }
            if (given != least) {
              fail("%d moved, where %d are enough: %s", given, least, members);
            }
          });
    }
  }

  /// What each really has: the newest that says so, the first by name of the same age.
  private static List<Set<Integer>> held(List<Member> members) {
    List<Set<Integer>> held = new ArrayList<>();
    members.forEach(each -> held.add(new HashSet<>(each.owned())));
    for (int i = 0; i < members.size(); i++) {
      for (int j = 0; j < members.size(); j++) {
        boolean isOlder = members.get(j).generation() < members.get(i).generation();
        boolean isLater = members.get(j).generation() == members.get(i).generation() && j > i;
        if (isOlder || isLater) {
          held.get(j).removeAll(members.get(i).owned());
        }
      }
    }
    return held;
  }

  /// Over all ways to round shares: the fewest that somebody must give up.
  private static int leastMoves(List<Member> members, int from, int left) {
    if (from == members.size()) {
      return left == 0 ? 0 : 1_000;
    }
    long weights = members.stream().mapToLong(Member::weight).sum();
    double exact = SHARDS * members.get(from).weight() / (double) weights;
    int least = 1_000;
    for (int size = (int) Math.floor(exact); size <= (int) Math.ceil(exact); size++) {
      int givenUp = Math.max(0, held(members).get(from).size() - size);
      least = Math.min(least, givenUp + leastMoves(members, from + 1, left - size));
    }
    return least;
  }

  @Test
  void doesNotDependOnTheOrderOfMembers() {
    forEachWay(
        3,
        members -> {
          List<Member> reversed = new ArrayList<>(members);
          Collections.reverse(reversed);
          if (!Shares.of(SHARDS, reversed).equals(reversed(Shares.of(SHARDS, members)))) {
            fail("another order, other shares: %s", members);
          }
        });
  }

  private static List<List<Integer>> reversed(List<List<Integer>> shares) {
    List<List<Integer>> reversed = new ArrayList<>(shares);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void staysLawfulWhileManyComeAndGo() {
    SplittableRandom random = new SplittableRandom(17);
    List<Member> members = new ArrayList<>();
    int shards = 64;
    for (int step = 0; step < 2_000; step++) {
      if (members.isEmpty() || (members.size() < 12 && random.nextInt(5) == 0)) {
        members.add(new Member("m" + step, 1 + random.nextInt(8), -1, Set.of())); // it joins
      } else if (members.size() > 1 && random.nextInt(8) == 0) {
        members.remove(random.nextInt(members.size())); // it is gone, and so is what it had
      }
      List<List<Integer>> shares = Shares.of(shards, members);
      assertLawful(shards, members, shares);
      List<Member> after = next(members, shares);
      if (random.nextInt(4) == 0) {
        int late = random.nextInt(members.size()); // it has not heard of it, and asks as before
        after.set(late, members.get(late));
      }
      members = after;
    }
    members = next(members, Shares.of(shards, members));
    members = next(members, Shares.of(shards, members));
    assertExact(shards, next(members, Shares.of(shards, members)));
  }

  @Test
  void givesTheShardsOfOneThatIsGoneToTheOthersAtOnce() {
    List<Member> three =
        List.of(
            new Member("a", 1, 3, Set.of(0, 1, 2)),
            new Member("b", 1, 3, Set.of(3, 4, 5)),
            new Member("c", 1, 3, Set.of(6, 7, 8)));

    assertThat(Shares.of(9, three.subList(0, 2)))
        .containsExactly(List.of(0, 1, 2, 6, 7), List.of(3, 4, 5, 8));
  }

  @Test
  void hasOneThatJoinsWaitUntilOthersHaveGivenUpWhatItIsToGet() {
    List<Member> members =
        List.of(
            new Member("a", 1, 3, Set.of(0, 1, 2, 3)),
            new Member("b", 1, 3, Set.of(4, 5, 6, 7)),
            new Member("new", 2, -1, Set.of()));

    List<List<Integer>> first = Shares.of(8, members);
    assertThat(first).containsExactly(List.of(0, 1), List.of(4, 5), List.of());
    assertThat(Shares.of(8, next(members, first)))
        .containsExactly(List.of(0, 1), List.of(4, 5), List.of(2, 3, 6, 7));
  }

  @Test
  void sharesNothingAmongNobodyAndPassesOverShardsThatAreNotThere() {
    assertThat(Shares.of(4, List.of())).isEmpty();
    assertThat(Shares.of(2, List.of(new Member("a", 1, 0, Set.of(1, 9)))))
        .containsExactly(List.of(0, 1));
    assertThat(
            Shares.of(1, List.of(new Member("a", 1, 0, Set.of()), new Member("b", 9, 0, Set.of()))))
        .containsExactly(List.of(), List.of(0));
  }
}

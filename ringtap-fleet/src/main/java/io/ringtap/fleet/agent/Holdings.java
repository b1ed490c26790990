package io.ringtap.fleet.agent;

import io.ringtap.fleet.shard.ShardTargets;
import io.ringtap.fleet.shard.ShardTargets.Entry;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetIds;
import io.ringtap.monitor.target.TargetKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which shards this agent has, and which target is in which. It numbers targets: one that comes
/// back has the number that it had. The reader's thread changes shards, the inventory's asks for
/// numbers, and any thread may ask the rest.
final class Holdings implements TargetIds {
  /// What is known of a shard; not removed when it is given up, for its last windows follow then.
  private static final class Shard {
    volatile boolean isHeld;
    volatile int generation; // in which it was held the last time
  }

  /// The shard in which a target stands.
  private static final class Place {
    volatile Shard shard;

    Place(Shard shard) {
      this.shard = shard;
    }
  }

  private static final int FIRST_ROOM = 64;

  private final Map<Integer, Shard> shards = new ConcurrentHashMap<>();
  private final Map<String, Place> placesByHost = new ConcurrentHashMap<>(); // by group/host
  private final Map<TargetKey, Integer> numbers = new HashMap<>();
  private volatile @Nullable Place[] placesByNumber = new @Nullable Place[FIRST_ROOM];
  private volatile int generation;

  /// Takes which shards it has.
  void hold(Set<Integer> held, int newGeneration) {
    generation = newGeneration;
    for (int number : held) {
      Shard shard = shards.computeIfAbsent(number, _ -> new Shard());
      shard.generation = newGeneration;
      shard.isHeld = true;
    }
  }

  /// Takes that it does not have these any more.
  void giveUp(Set<Integer> given) {
    for (int number : given) {
      Shard shard = shards.get(number);
      if (shard != null) {
        shard.isHeld = false;
      }
    }
  }

  /// Takes which targets stand where, before they are watched.
  void place(ShardTargets targets) {
    targets
        .whole()
        .forEach((number, entries) -> {
          Shard shard = shards.computeIfAbsent(number, _ -> new Shard());
          for (Entry entry : entries) {
            String host = entry.target().group() + "/" + entry.target().host();
            placesByHost.computeIfAbsent(host, _ -> new Place(shard)).shard = shard;
          }
        });
  }

  @Override
  public int idOf(TargetKey key) {
    Integer known = numbers.get(key);
    int number = known == null ? numbers.size() : known;
    numbers.put(key, number);
    @Nullable Place[] all = placesByNumber;
    if (number >= all.length) {
      all = Arrays.copyOf(all, 2 * all.length);
    }
    all[number] = placesByHost.get(key.group() + "/" + key.host());
    placesByNumber = all; // seen by whoever sees the target
    return number;
  }

  private @Nullable Shard shard(Target target) {
    Place place = placesByNumber[target.id()];
    return place == null ? null : place.shard;
  }

  /// Whether a target is in one of its shards.
  boolean isHeld(Target target) {
    Shard shard = shard(target);
    return shard != null && shard.isHeld;
  }

  /// The generation of the group in which it had a target the last time. Called for each probe.
  int generation(Target target) {
    Shard shard = shard(target);
    return shard == null ? 0 : shard.generation;
  }

  /// The generation of the group that it was told last.
  int generation() {
    return generation;
  }

  /// The shards that it has, by rising numbers.
  List<Integer> numbers() {
    return shards.entrySet().stream()
        .filter(each -> each.getValue().isHeld)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}

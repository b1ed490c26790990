package io.ringtap.fleet.plan;

import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.TargetRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Compares what a file wants with what is on the topic, record by record as these are read. Of
/// those that are as they should be nothing is kept, so a topic of any size needs little memory.
final class Planner {
  /// What the topic has of a wanted target, where it is sought.
  private sealed interface Found {
    /// What the file says.
    record Same() implements Found {}

    /// Something else.
    record Other(TargetRecord target) implements Found {}

    /// What cannot be read.
    record Unreadable() implements Found {}

    /// What a later version has written.
    record Newer(int schema) implements Found {}
  }

  /// A record that nothing is wanted of where it is.
  private record Place(String key, int shard) {}

  private static final Found SAME = new Found.Same();
  private static final Found UNREADABLE = new Found.Unreadable();
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::key).thenComparingInt(Place::shard);

  private final int shards;
  private final Map<String, TargetRecord> wanted;

  private final Map<String, Found> found = new HashMap<>();

  /// Those of which nothing is wanted, and whether they lie where nobody seeks them.
  private final Map<Place, Boolean> unwanted = new TreeMap<>(ORDER);

  /// @param shards how many partitions the topic has
  Planner(List<TargetRecord> targets, int shards) {
    this.shards = shards;
    wanted = LinkedHashMap.newLinkedHashMap(targets.size());
    targets.forEach(target -> wanted.put(text(target.key()), target));
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /// The partition of a key, which is that of Kafka's own clients.
  private int shardOf(byte[] key) {
    return shardOf(key, shards);
  }

  static int shardOf(byte[] key, int shards) {
    return Utils.toPositive(Utils.murmur2(key)) % shards;
  }

  /// Takes the next record of a partition. Of a key the last one counts.
  ///
  /// @param value null ends the target
  void take(int shard, byte[] key, byte @Nullable [] value) {
    String name = text(key);
    TargetRecord target = shard == shardOf(key) ? wanted.get(name) : null;
    if (target != null) {
      if (value == null) {
        found.remove(name);
      } else {
        found.put(name, compare(target, value));
      }
    } else if (value == null) {
      unwanted.remove(new Place(name, shard));
    } else {
      unwanted.put(new Place(name, shard), shard != shardOf(key));
    }
  }

  private static Found compare(TargetRecord target, byte[] value) {
    if (Arrays.equals(value, target.encode())) {
      return SAME;
    }
    return switch (TargetRecord.read(value)) {
      // A version that writes fields of its own writes other bytes.
      case Reading.Valid<TargetRecord>(TargetRecord is) ->
          is.equals(target) ? SAME : new Found.Other(is);
      case Reading.Invalid<TargetRecord> _ -> UNREADABLE;
      case Reading.Newer<TargetRecord>(int schema) -> new Found.Newer(schema);
    };
  }

  /// What is to be done, once all records have been taken.
  ///
  /// @param isPruning whether what is not in the file is to go
  /// @throws LaterVersion if a later version has written what would be changed
  Plan plan(boolean isPruning) throws LaterVersion {
    List<TargetChange> changes = new ArrayList<>();
    long unchanged = 0;
    for (Map.Entry<String, TargetRecord> each : wanted.entrySet()) {
      String key = each.getKey();
      TargetRecord target = each.getValue();
      int shard = shardOf(target.key());
      switch (found.get(key)) {
        case null -> changes.add(new TargetChange.Added(key, shard, target));
        case Found.Same _ -> unchanged++;
        case Found.Other(TargetRecord is) ->
            changes.add(
                new TargetChange.Changed(key, shard, target, FieldChange.between(is, target)));
        case Found.Unreadable _ ->
            changes.add(new TargetChange.Changed(key, shard, target, List.of()));
        case Found.Newer(int schema) -> throw new LaterVersion(key, schema);
      }
    }
    long kept = 0;
    for (Map.Entry<Place, Boolean> each : unwanted.entrySet()) {
      Place place = each.getKey();
      boolean isStray = each.getValue();
      // A second copy of what the file wants would be watched by a second agent.
      if (isPruning || (isStray && wanted.containsKey(place.key))) {
        changes.add(new TargetChange.Removed(place.key, place.shard, isStray));
      } else {
        kept++;
      }
    }
    return new Plan(List.copyOf(changes), unchanged, kept);
  }
}

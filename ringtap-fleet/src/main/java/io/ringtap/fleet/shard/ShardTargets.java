package io.ringtap.fleet.shard;

import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.TargetRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What stands in an agent's shards. The reader's thread owns it.
public final class ShardTargets {
  /// A target, and when it was written as it is.
  ///
  /// @param shard where it stands
  /// @param epochMillis by the clock of who wrote it
  public record Entry(TargetRecord target, int shard, long epochMillis) {}

  private static final class Shard {
    final Map<String, Entry> targets = new LinkedHashMap<>(); // by key
    boolean isWhole;
  }

  private final Map<Integer, Shard> shards = new TreeMap<>();
  private final Unreadable unreadable;

  /// Of no shards.
  ShardTargets(Unreadable unreadable) {
    this.unreadable = unreadable;
  }

  /// One more is to be read from its beginning.
  void add(int shard) {
    shards.put(shard, new Shard());
  }

  void removeAll(Collection<Integer> gone) {
    shards.keySet().removeAll(gone);
  }

  Set<Integer> numbers() {
    return Set.copyOf(shards.keySet());
  }

  /// The shards that have not been read to their end.
  List<Integer> unread() {
    List<Integer> unread = new ArrayList<>();
    shards.forEach((number, shard) -> {
      if (!shard.isWhole) {
        unread.add(number);
      }
    });
    return unread;
  }

  /// A shard has been read to its end for the first time.
  void whole(int number) {
    Shard shard = shards.get(number);
    if (shard != null) {
      shard.isWhole = true;
    }
  }

  /// Takes a record.
  ///
  /// @return whether that changes what is to be watched
  boolean take(ConsumerRecord<byte[], byte[]> record) {
    Shard shard = shards.get(record.partition());
    if (shard == null || record.key() == null) {
      return false; // without a key a compacted topic takes none
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      return shard.targets.remove(key) != null && shard.isWhole;
    }
    return switch (TargetRecord.read(record.value())) {
      case Reading.Valid<TargetRecord>(TargetRecord target) when key.equals(key(target)) -> {
        Entry now = new Entry(target, record.partition(), record.timestamp());
        Entry before = shard.targets.put(key, now);
        yield shard.isWhole && (before == null || !before.target.equals(target));
      }
      case Reading.Valid<TargetRecord> _ -> {
        unreadable.invalid(record, "the key is of another target");
        yield false;
      }
      case Reading.Newer<TargetRecord>(int schema) -> {
        unreadable.newer(record, schema);
        yield false;
      }
      case Reading.Invalid<TargetRecord>(String why) -> {
        unreadable.invalid(record, why);
        yield false;
      }
    };
  }

  private static String key(TargetRecord target) {
    return new String(target.key(), StandardCharsets.UTF_8);
  }

  /// The targets of a shard each, by rising numbers, of those that have been read to their end.
  public Map<Integer, Collection<Entry>> whole() {
    Map<Integer, Collection<Entry>> whole = new TreeMap<>();
    shards.forEach((number, shard) -> {
      if (shard.isWhole) {
        whole.put(number, shard.targets.values());
      }
    });
    return whole;
  }
}

package io.ringtap.monitor.store;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All targets that the store knows, in memory, and which of them have changed since they were
/// saved. For any thread.
final class Inventory {
  private final Map<TargetKey, Integer> ids = new HashMap<>();
  private final List<@Nullable StoredTarget> targets = new ArrayList<>(); // by number
  private final BitSet unsaved = new BitSet();
  private long[] lastSeconds = new long[0]; // by number: until when there are windows

  Inventory() {}

  /// Takes in those of a store.
  ///
  /// @param endSeconds when the newest window ends; those that were watched when the last process
  ///   ended were so until then
  synchronized void load(List<StoredTarget> stored, long endSeconds) {
    for (StoredTarget target : stored) {
      ids.put(target.key(), target.id());
      long last = Math.max(target.lastSeconds(), target.watched() ? endSeconds : 0);
      put(with(target, target.address(), last, false));
      unsaved.set(target.id(), target.watched());
    }
  }

  private void put(StoredTarget target) {
    while (targets.size() <= target.id()) {
      targets.add(null);
    }
    targets.set(target.id(), target);
    unsaved.set(target.id());
  }

  /// The number of a target: the one that it had, or a new one.
  synchronized int idOf(TargetKey key, long nowSeconds) {
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    int id = targets.size();
    ids.put(key, id);
    Map<String, String> labels = key.site() == null ? Map.of() : Map.of("site", key.site());
    put(new StoredTarget(id, key, key.host(), labels, null, nowSeconds, nowSeconds, false));
    return id;
  }

  /// A target is watched from now on, or is shown in another way.
  synchronized void watched(Target target, long nowSeconds) {
    StoredTarget known = get(target.id());
    ids.put(target.key(), target.id());
    put(
        new StoredTarget(
            target.id(),
            target.key(),
            target.name(),
            target.labels(),
            known == null ? null : known.address(),
            known == null ? nowSeconds : known.firstSeconds(),
            nowSeconds,
            true));
  }

  synchronized void removed(Target target, long nowSeconds) {
    StoredTarget known = get(target.id());
    if (known != null) {
      put(with(known, known.address(), nowSeconds, false));
    }
  }

  synchronized void address(Target target, String address) {
    StoredTarget known = get(target.id());
    if (known != null && !address.equals(known.address())) {
      put(with(known, address, known.lastSeconds(), known.watched()));
    }
  }

  /// There are windows of a target up to a time. Is not saved each time: of those that are watched
  /// it is the end of all windows.
  synchronized void seen(int id, long endSeconds) {
    if (id >= lastSeconds.length) {
      lastSeconds = Arrays.copyOf(lastSeconds, Math.max(id + 1, targets.size()));
    }
    lastSeconds[id] = Math.max(lastSeconds[id], endSeconds);
  }

  private @Nullable StoredTarget get(int id) {
    return id < targets.size() ? targets.get(id) : null;
  }

  private static StoredTarget with(
      StoredTarget target, @Nullable String address, long lastSeconds, boolean isWatched) {
    return new StoredTarget(
        target.id(),
        target.key(),
        target.name(),
        target.labels(),
        address,
        target.firstSeconds(),
        lastSeconds,
        isWatched);
  }

  /// All, by their numbers.
  synchronized List<StoredTarget> all() {
    List<StoredTarget> all = new ArrayList<>(targets.size());
    for (StoredTarget target : targets) {
      if (target != null) {
        long seen = target.id() < lastSeconds.length ? lastSeconds[target.id()] : 0;
        boolean isLater = target.watched() && seen > target.lastSeconds();
        all.add(isLater ? with(target, target.address(), seen, true) : target);
      }
    }
    return all;
  }

  /// The target with a number; null if there is none.
  synchronized @Nullable StoredTarget find(int id) {
    return id < 0 ? null : get(id);
  }

  /// Those that have changed since they were last taken to be saved.
  synchronized List<StoredTarget> takeUnsaved() {
    List<StoredTarget> taken = new ArrayList<>();
    for (int id = unsaved.nextSetBit(0); id >= 0; id = unsaved.nextSetBit(id + 1)) {
      StoredTarget target = get(id);
      if (target != null) {
        taken.add(target);
      }
    }
    unsaved.clear();
    return taken;
  }

  /// Some of those that were taken could not be saved.
  synchronized void putBack(List<StoredTarget> taken) {
    taken.forEach(target -> unsaved.set(target.id()));
  }

  /// All are to be saved again, elsewhere.
  synchronized void unsaveAll() {
    unsaved.set(0, targets.size());
  }
}

package io.ringtap.monitor.store.series;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which blocks were found damaged when they were read, each counted once.
final class Damage {
  private static final int MOST = 100_000; // enough to say that it is bad

  private record Place(SeriesName file, long place) {}

  private final Set<Place> places = ConcurrentHashMap.newKeySet();

  Damage() {}

  void found(BlockRef block) {
    if (places.size() < MOST) {
      places.add(new Place(block.segment().name(), block.place()));
    }
  }

  int count() {
    return places.size();
  }
}

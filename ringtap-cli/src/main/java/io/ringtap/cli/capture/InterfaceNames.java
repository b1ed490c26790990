package io.ringtap.cli.capture;

import io.ringtap.device.InterfaceEvent;
import io.ringtap.device.NetworkInterface;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The names of interfaces by their indexes, kept up to date. Any thread may ask; asking allocates
/// nothing.
final class InterfaceNames implements IntFunction<@Nullable String> {
  /// Sorted by index.
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Table(int[] indexes, String[] names) {}

  private final SortedMap<Integer, String> known = new TreeMap<>(); // guarded by this
  private volatile Table table = new Table(new int[0], new String[0]);

  InterfaceNames(List<NetworkInterface> present) {
    present.forEach(each -> known.put(each.index(), each.name()));
    publish();
  }

  /// The name of that interface, its last one if it has vanished; null if it is not known.
  @Override
  public @Nullable String apply(int index) {
    Table now = table;
    int place = Arrays.binarySearch(now.indexes, index);
    return place < 0 ? null : now.names[place];
  }

  synchronized void onInterfaceEvent(InterfaceEvent event) {
    known.put(event.index(), event.name());
    publish();
  }

  private void publish() {
    table =
        new Table(
            known.keySet().stream().mapToInt(Integer::intValue).toArray(),
            known.values().toArray(String[]::new));
  }
}

package io.ringtap.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The interfaces as last heard of, and the events that lead from there to what is heard next.
final class KnownInterfaces {
  private record State(String name, boolean isUp) {}

  private final Map<Integer, State> states = new HashMap<>();

  /// An interface is as it says.
  void heard(Link link, Consumer<InterfaceEvent> listener) {
    State now = new State(link.name(), link.isUp());
    State before = states.put(link.index(), now);
    if (now.equals(before)) {
      return;
    }
    int index = link.index();
    if (before == null) {
      listener.accept(new InterfaceEvent.Appeared(index, now.name));
    } else if (!before.name.equals(now.name)) {
      listener.accept(new InterfaceEvent.Renamed(index, before.name, now.name));
    }
    boolean wasUp = before != null && before.isUp;
    if (wasUp != now.isUp) {
      listener.accept(
          now.isUp
              ? new InterfaceEvent.Up(index, now.name)
              : new InterfaceEvent.Down(index, now.name));
    }
  }

  /// An interface is gone.
  void vanished(int index, Consumer<InterfaceEvent> listener) {
    State before = states.remove(index);
    if (before != null) {
      listener.accept(new InterfaceEvent.Vanished(index, before.name));
    }
  }

  /// These are all interfaces.
  void heardAll(List<Link> links, Consumer<InterfaceEvent> listener) {
    Set<Integer> present = new HashSet<>();
    for (Link link : links) {
      present.add(link.index());
    }
    // Those that are gone first, for one that is there may have taken its name.
    for (int index : new ArrayList<>(states.keySet())) {
      if (!present.contains(index)) {
        vanished(index, listener);
      }
    }
    for (Link link : links) {
      heard(link, listener);
    }
  }
}

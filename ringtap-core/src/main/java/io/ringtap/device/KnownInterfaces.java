package io.ringtap.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The last known state of the interfaces. Reports events for the differences to a newer state.
final class KnownInterfaces {
  private record State(String name, boolean isUp) {}

  private final Map<Integer, State> states = new HashMap<>();

  /// Takes the current state of an interface.
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

  /// Takes the news that an interface is gone.
  void vanished(int index, Consumer<InterfaceEvent> listener) {
    State before = states.remove(index);
    if (before != null) {
      listener.accept(new InterfaceEvent.Vanished(index, before.name));
    }
  }

  /// Takes the current state of all interfaces.
  void heardAll(List<Link> links, Consumer<InterfaceEvent> listener) {
    Set<Integer> present = new HashSet<>();
    for (Link link : links) {
      present.add(link.index());
    }
    // First the interfaces that are gone, because another one may have taken a name.
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

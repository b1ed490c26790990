package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.TargetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The events of a fleet: each site makes its own, and here stands which states are open, and what
/// the sites say of them together. One thread uses it; any may read [#open].
///
/// A state is of one site, target and kind. Where its begin comes again before its end, as of an
/// agent that has taken the target over from one that is gone, it is the same state, which goes on.
/// An end without a begin is of a state that nobody was told of.
public final class SiteEvents {
  /// What is the same at all sites.
  private record State(TargetKey target, EventKind kind) {
    static State of(Event event) {
      return new State(event.target().key().withoutSite(), event.kind());
    }
  }

  private final OpenEvents open = new OpenEvents();
  private final Map<State, SortedMap<String, Event>> bySite = new HashMap<>();
  private final ToIntFunction<TargetKey> watching;

  /// Goes on with what was open when the last process ended.
  ///
  /// @param watching how many sites watch a target, which is given without a site
  public SiteEvents(List<Event> openBefore, ToIntFunction<TargetKey> watching) {
    this.watching = watching;
    openBefore.forEach(this::begin);
  }

  /// The states that are open now; any thread may read them.
  public OpenEvents open() {
    return open;
  }

  /// Takes in what a site says.
  ///
  /// @return what is to be told: the event with what all sites say now; null if it says nothing new
  public @Nullable Event take(Event event) {
    if (event.kind() == EventKind.ADDRESS) {
      return event; // no state, so there is nothing to agree on
    }
    Event begun = stateOf(event);
    if (event.isBegin() == (begun != null)) {
      return null;
    }
    if (begun == null) {
      begin(event);
      return event.seenBy(seenBy(State.of(event)));
    }
    return end(begun, event.epochNanos(), event.detail());
  }

  private @Nullable Event stateOf(Event event) {
    return open.of(event.target().id()).stream()
        .filter(each -> each.kind() == event.kind())
        .findFirst()
        .orElse(null);
  }

  private void begin(Event event) {
    bySite.computeIfAbsent(State.of(event), _ -> new TreeMap<>()).put(site(event), event);
    open.begin(event);
  }

  private Event end(Event begun, long epochNanos, String detail) {
    State state = State.of(begun);
    SortedMap<String, Event> sites = bySite.getOrDefault(state, new TreeMap<>());
    sites.remove(site(begun));
    if (sites.isEmpty()) {
      bySite.remove(state);
    }
    open.end(begun.target().id(), begun.kind());
    return new Event(
        begun.target(), begun.kind(), false, begun.sinceNanos(), epochNanos, detail, seenBy(state));
  }

  private static String site(Event event) {
    return String.valueOf(event.target().key().site());
  }

  private SeenBy seenBy(State state) {
    List<String> sites = List.copyOf(bySite.getOrDefault(state, new TreeMap<>()).keySet());
    return new SeenBy(sites, Math.max(sites.size(), watching.applyAsInt(state.target)));
  }

  /// The same state at the other sites where it is open, with what all say now.
  ///
  /// @param event what one site has said
  public List<Event> others(Event event) {
    List<Event> others = new ArrayList<>();
    State state = State.of(event);
    SeenBy now = seenBy(state);
    bySite
        .getOrDefault(state, new TreeMap<>())
        .forEach((site, begun) -> {
          if (!site.equals(site(event))) {
            others.add(begun.seenBy(now));
          }
        });
    return others;
  }
}

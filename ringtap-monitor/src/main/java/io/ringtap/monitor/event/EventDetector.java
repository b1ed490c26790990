package io.ringtap.monitor.event;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes events of what the collector hears, by the rules of each target's group.
///
/// - Only [decided][Outcome#isDecided] probes count: what this machine lost, withdrew or never sent
///   says nothing of the network.
/// - [EventKind#DOWN] goes by single probes, in the order of their sending. All other figures go by
///   the last 10-second windows, and not before so many have been watched as the rule looks at.
/// - A target that is down begins and ends no state of a figure. Once it is up, its windows begin
///   again, without the outage. Probes without a reply that may become an outage do not count as
///   loss before a reply follows them.
/// - Holds are measured in watched time: it follows the clock in steps of at most a second, so it
///   stands still while the process was stopped, the machine suspended, or the clock set.
/// - A usual latency below a millisecond counts as a millisecond: what is several times 0.1 ms
///   troubles nobody.
/// - States that were open when the last process ended go on with the same begin, and are not
///   reported again.
///
/// It runs on the collector's thread, and allocates nothing for a probe.
public final class EventDetector implements CollectorListener, AutoCloseable {
  private static final long MOST_STEP_NANOS = 1_000_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// How long remembered states wait for their targets, which may come of a slow source.
  private static final long CLAIM_NANOS = 600 * NANOS_PER_SECOND;

  private final EventListener listener;
  private final OpenEvents open = new OpenEvents();
  private final UsualLatency usual;
  private final Figures figures;
  private final Map<String, Rules> rules = new HashMap<>(); // by group

  /// Open states from before this process, by targets that have not been added yet.
  private final Map<Integer, List<Event>> remembered = new HashMap<>();

  /// Those with a name that has got or lost its address, while that hold runs.
  private final Set<TargetState> names = new LinkedHashSet<>();

  private @Nullable TargetState[] states = new TargetState[64]; // by the number of the target
  private long tickNanos; // of the last tick, since the epoch
  private long watchedNanos;

  /// @param nowNanos when it begins to watch, in nanoseconds since the epoch
  /// @param groups whose rules are used
  /// @param memory what was open when the last process ended, and usual latencies
  /// @param listener called once for each event
  public EventDetector(
      long nowNanos, List<GroupConfig> groups, EventMemory memory, EventListener listener) {
    this.tickNanos = nowNanos;
    this.listener = listener;
    this.usual = new UsualLatency(memory);
    this.figures = new Figures(usual);
    groups.forEach(group -> rules.put(group.name(), new Rules(group.rules())));
    for (Event event : memory.openEvents()) {
      open.begin(event);
      remembered.computeIfAbsent(event.target().id(), _ -> new ArrayList<>()).add(event);
    }
  }

  /// The states that are open now; any thread may read them.
  public OpenEvents open() {
    return open;
  }

  /// Goes on with other rules, on the collector's thread. States of which there still is a rule go
  /// on; others end. A group that is missing keeps its rules until its targets are removed.
  public void reload(List<GroupConfig> groups) {
    groups.forEach(group -> rules.put(group.name(), new Rules(group.rules())));
    for (TargetState state : states) {
      if (state != null) {
        useRules(state);
      }
    }
  }

  private void useRules(TargetState state) {
    Rules now = rulesOf(state.target);
    if (now.isSame(state.rules)) {
      return;
    }
    state.rules = now;
    state.fit();
    for (Event event : open.of(state.target.id())) {
      if (!now.has(event.kind())) {
        forget(state, event, Details.NO_RULE);
      }
    }
  }

  private Rules rulesOf(Target target) {
    return rules.getOrDefault(target.key().group(), Rules.NONE);
  }

  @Override
  public void onTargetAdded(Target target) {
    TargetState state = new TargetState(target, rulesOf(target));
    if (target.id() >= states.length) {
      states = Arrays.copyOf(states, Math.max(target.id() + 1, states.length * 2));
    }
    states[target.id()] = state;
    List<Event> before = remembered.remove(target.id());
    if (before != null) {
      before.forEach(event -> restore(state, event));
    }
  }

  private void restore(TargetState state, Event event) {
    state.need(event.kind()).restore(event.sinceNanos());
    Event again =
        new Event(
            state.target,
            event.kind(),
            true,
            event.sinceNanos(),
            event.epochNanos(),
            event.detail());
    open.begin(again);
    if (event.kind() == EventKind.NAME) {
      state.unresolved = event.detail(); // until it is resolved
    }
    if (!state.rules.has(event.kind())) {
      forget(state, again, Details.NO_RULE);
    }
  }

  @Override
  public void onTargetChanged(Target before, Target now) {
    TargetState state = state(now);
    if (state != null) {
      state.target = now;
      if (!before.settings().equals(now.settings())) {
        state.fit();
      }
    }
  }

  @Override
  public void onTargetRemoved(Target target) {
    TargetState state = state(target);
    if (state != null) {
      open.of(target.id()).forEach(event -> forget(state, event, Details.NOT_WATCHED));
      states[target.id()] = null;
      names.remove(state);
    }
  }

  /// Ends a state whatever its figure is.
  private void forget(TargetState state, Event event, String why) {
    Hysteresis condition = state.of(event.kind());
    if (condition != null) {
      condition.end(true, tickNanos, watchedNanos, 0);
    }
    end(event.target(), event.kind(), event.sinceNanos(), tickNanos, why);
  }

  private @Nullable TargetState state(Target target) {
    return target.id() < states.length ? states[target.id()] : null;
  }

  @Override
  public void onProbe(ProbeView probe) {
    TargetState state = state(probe.target());
    if (state == null) {
      return;
    }
    if (probe.outcome() == Outcome.REPLY) {
      onReply(state, probe);
    } else if (probe.outcome().isDecided() && state.rules.downAfter > 0) {
      onLost(state, probe);
    } else if (probe.outcome() == Outcome.WITHDRAWN) {
      state.run.restart();
    }
  }

  private void onReply(TargetState state, ProbeView probe) {
    if (probe.hopLimit() != state.hopLimit && probe.hopLimit() != 0) {
      state.hopChanges += state.hopLimit == 0 ? 0 : 1;
      state.hopLimit = probe.hopLimit();
    }
    if (state.rules.downAfter == 0) {
      return;
    }
    state.run.reply(probe.sequence());
    Hysteresis down = state.of(EventKind.DOWN);
    if (down == null) {
      return;
    }
    if (!down.isOpen()) {
      down.reset();
      return;
    }
    long now = probe.epochNanos();
    int replies = state.run.replies();
    if (down.end(replies >= state.rules.upAfter, now, watchedNanos, hold(state, EventKind.DOWN))) {
      long since = down.sinceNanos();
      end(state.target, EventKind.DOWN, since, now, Details.up(replies, now - since));
      state.beginAfresh(now);
    }
  }

  private void onLost(TargetState state, ProbeView probe) {
    if (!state.run.lost(probe.sequence(), sentNanos(probe))) {
      return;
    }
    Hysteresis down = state.of(EventKind.DOWN);
    if (down != null && down.isOpen()) {
      down.reset();
    } else if (state.run.lost() >= state.rules.downAfter) {
      down = state.need(EventKind.DOWN);
      long since = state.run.lostSinceNanos();
      if (down.begin(true, since, watchedNanos, hold(state, EventKind.DOWN))) {
        String detail = Details.down(state.run.lost());
        begin(state.target, EventKind.DOWN, down.sinceNanos(), probe.epochNanos(), detail);
      }
    }
  }

  /// When a probe without a reply was sent, as far as that is known.
  private static long sentNanos(ProbeView probe) {
    long waited =
        probe.outcome() == Outcome.LOST
            ? probe.target().settings().timeout().toNanos()
            : probe.rttNanos();
    return probe.epochNanos() - waited;
  }

  private static long hold(TargetState state, EventKind kind) {
    RuleConfig rule = state.rules.of(kind);
    return rule == null ? 0 : rule.hold().toNanos();
  }

  @Override
  public void onWindow(Target target, Window window) {
    TargetState state = state(target);
    if (state == null) {
      return;
    }
    int hopChanges = state.hopChanges;
    state.hopChanges = 0;
    RecentWindows windows = state.windows;
    if (windows == null || state.isOpen(EventKind.DOWN) || !state.isFresh(window)) {
      return;
    }
    windows.add(window, hopChanges);
    for (RuleConfig rule : state.rules.ofWindows) {
      int size = Rules.windows(rule, target.settings().interval());
      judge(state, rule, figures.of(rule, size, state, window), window);
    }
  }

  private void judge(TargetState state, RuleConfig rule, double figure, Window window) {
    Hysteresis condition = state.of(rule.kind());
    boolean isOver = figure >= rule.limit();
    if (Double.isNaN(figure) || (condition == null && !isOver)) {
      return;
    }
    condition = state.need(rule.kind());
    long hold = rule.hold().toNanos();
    long now = window.endSeconds() * NANOS_PER_SECOND;
    if (!condition.isOpen()) {
      if (condition.begin(isOver, window.startSeconds() * NANOS_PER_SECOND, watchedNanos, hold)) {
        String detail = Details.figure(rule, figure, state.usualNanos) + Details.limit(rule);
        begin(state.target, rule.kind(), condition.sinceNanos(), now, detail);
      }
    } else if (condition.end(figure < rule.clear() || figure == 0, now, watchedNanos, hold)) {
      String detail = Details.figure(rule, figure, state.usualNanos);
      end(state.target, rule.kind(), condition.sinceNanos(), now, detail);
    }
  }

  @Override
  public void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {
    TargetState state = state(target);
    if (state == null) {
      return;
    }
    // Another host may be another number of hops away, and its probes are numbered anew.
    state.hopLimit = 0;
    state.run.restart();
    if (before != null && !before.equals(now) && state.rules.has(EventKind.ADDRESS)) {
      String detail = "from " + before + " to " + now;
      listener.onEvent(new Event(target, EventKind.ADDRESS, true, tickNanos, tickNanos, detail));
    }
    onResolved(target);
  }

  @Override
  public void onUnresolved(Target target, String why) {
    setUnresolved(target, why);
  }

  @Override
  public void onResolved(Target target) {
    setUnresolved(target, null);
  }

  private void setUnresolved(Target target, @Nullable String why) {
    TargetState state = state(target);
    if (state == null || !state.rules.has(EventKind.NAME)) {
      return;
    }
    state.unresolved = why;
    if (state.isOpen(EventKind.NAME) == (why == null)) {
      names.add(state);
    }
  }

  @Override
  public void onTick(long epochNanos) {
    watchedNanos += Math.clamp(epochNanos - tickNanos, 0, MOST_STEP_NANOS);
    tickNanos = epochNanos;
    usual.deliver();
    names.removeIf(this::isNameSettled);
    if (watchedNanos >= CLAIM_NANOS && !remembered.isEmpty()) {
      remembered.values().forEach(events -> events.forEach(this::endUnclaimed));
      remembered.clear();
    }
  }

  private void endUnclaimed(Event event) {
    end(event.target(), event.kind(), event.sinceNanos(), tickNanos, Details.NOT_WATCHED);
  }

  /// Whether the state of a name is as its last look-up says, now that its hold may be over.
  private boolean isNameSettled(TargetState state) {
    Hysteresis condition = state.need(EventKind.NAME);
    long hold = hold(state, EventKind.NAME);
    String why = state.unresolved;
    if (condition.isOpen() == (why != null)) {
      condition.reset();
      return true;
    }
    if (why != null) {
      if (!condition.begin(true, tickNanos, watchedNanos, hold)) {
        return false;
      }
      begin(state.target, EventKind.NAME, condition.sinceNanos(), tickNanos, why);
    } else {
      if (!condition.end(true, tickNanos, watchedNanos, hold)) {
        return false;
      }
      end(state.target, EventKind.NAME, condition.sinceNanos(), tickNanos, Details.RESOLVED);
    }
    return true;
  }

  private void begin(Target target, EventKind kind, long since, long now, String detail) {
    Event event = new Event(target, kind, true, since, now, detail);
    open.begin(event);
    listener.onEvent(event);
  }

  private void end(Target target, EventKind kind, long since, long now, String detail) {
    open.end(target.id(), kind);
    listener.onEvent(new Event(target, kind, false, since, now, detail));
  }

  /// Waits until the usual latencies that were asked for have been looked up; for tests.
  void awaitUsual() {
    usual.await();
  }

  /// Gives its thread back.
  @Override
  public void close() {
    usual.close();
  }
}

package io.ringtap.monitor.page;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// How all targets are at present, for the overview. Only the collector's thread uses it; others
/// have it asked there.
///
/// Each change is marked with a version, so that whoever has seen one can ask for what came after:
/// who asks seldom gets few answers and nothing is kept for him.
public final class LiveTable implements CollectorListener, EventListener {
  /// Up to so many targets each reply is shown at once. Of more only what changes a cell is, or a
  /// page would be sent a line a probe.
  static final int EACH_REPLY_UP_TO = 500;

  /// After so many seconds without a window a target of a fleet is silent, unless it is probed so
  /// seldom that there need not have been one.
  static final long SILENT_SECONDS = 60;

  private static final int SILENT_INTERVALS = 3;

  private final ToIntFunction<Target> downAfter;
  private final IntFunction<List<Event>> openEvents;
  private final RecentMinute.Room room = new RecentMinute.Room();
  private @Nullable Entry[] entries = new @Nullable Entry[64];
  private int size;
  private long version = 1;
  private long inventory = 1;
  private long events = 1;
  private long closedSeconds;
  private long dropped;
  private long unsent;
  private long ownLossNanos;

  private static final class Entry {
    private Target target;
    private final RecentMinute minute = new RecentMinute();
    private @Nullable IpAddress address;
    private boolean isUnresolved;
    private boolean hasEnded;
    private int unanswered;
    private int openLost;
    private int openDecided;
    private long lastNanos = -1;
    private long newestSeconds; // when the newest window ended that its site has reported
    private boolean isSilent;
    private long changed;

    Entry(Target target) {
      this.target = target;
    }
  }

  /// Without any targets.
  ///
  /// @param downAfter how many probes in a row without a reply make a target down
  /// @param openEvents the events that go on at the target with this number
  public LiveTable(ToIntFunction<Target> downAfter, IntFunction<List<Event>> openEvents) {
    this.downAfter = downAfter;
    this.openEvents = openEvents;
  }

  @Override
  public void onTargetAdded(Target target) {
    int id = target.id();
    if (id >= entries.length) {
      entries = Arrays.copyOf(entries, Math.max(id + 1, entries.length * 2));
    }
    if (entries[id] == null) {
      size++;
    }
    Entry entry = new Entry(target);
    entries[id] = entry;
    entry.changed = version;
    inventory++;
  }

  @Override
  public void onTargetChanged(Target before, Target now) {
    Entry entry = find(now);
    if (entry != null) {
      entry.target = now;
      entry.changed = version;
      inventory++;
    }
  }

  @Override
  public void onTargetRemoved(Target target) {
    if (find(target) != null) {
      entries[target.id()] = null;
      size--;
      inventory++;
    }
  }

  @Override
  public void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {
    Entry entry = find(target);
    if (entry != null) {
      entry.address = now;
      entry.isUnresolved = false;
      entry.changed = version;
      inventory++;
    }
  }

  @Override
  public void onUnresolved(Target target, String why) {
    Entry entry = find(target);
    if (entry != null && !entry.isUnresolved) {
      entry.isUnresolved = true;
      entry.changed = version;
    }
  }

  @Override
  public void onProbe(ProbeView probe) {
    Outcome outcome = probe.outcome();
    if (outcome == Outcome.DROPPED || outcome == Outcome.UNSENT) {
      dropped += outcome == Outcome.DROPPED ? 1 : 0;
      unsent += outcome == Outcome.UNSENT ? 1 : 0;
      ownLossNanos = probe.epochNanos();
    }
    Entry entry = outcome.isDecided() ? find(probe.target()) : null;
    if (entry == null) {
      return;
    }
    entry.openDecided++;
    if (outcome == Outcome.REPLY) {
      entry.lastNanos = probe.rttNanos();
      if (entry.unanswered > 0 || !entry.hasEnded || size <= EACH_REPLY_UP_TO) {
        entry.changed = version;
      }
      entry.unanswered = 0;
    } else {
      entry.openLost++;
      entry.unanswered++;
      entry.changed = version;
    }
    entry.hasEnded = true;
  }

  @Override
  public void onReport(Target target, Window window) {
    OutcomeCounts counts = window.counts();
    long ownLosses = counts.get(Outcome.DROPPED) + counts.get(Outcome.UNSENT);
    if (ownLosses > 0) {
      dropped += counts.get(Outcome.DROPPED);
      unsent += counts.get(Outcome.UNSENT);
      ownLossNanos = Math.max(ownLossNanos, TimeUnit.SECONDS.toNanos(window.startSeconds()));
    }
    Entry entry = counts.decided() > 0 ? find(target) : null;
    if (entry == null) {
      return;
    }
    entry.minute.add(window);
    if (window.endSeconds() < entry.newestSeconds) {
      return; // it came late, and says nothing of how things are
    }
    entry.newestSeconds = window.endSeconds();
    int replies = (int) counts.get(Outcome.REPLY);
    if (replies > 0) {
      entry.unanswered = 0;
      entry.lastNanos = window.rtt().quantile(0.5);
    } else {
      entry.unanswered += (int) counts.decided();
    }
    entry.hasEnded = true;
    entry.isSilent = false;
    entry.changed = version;
  }

  @Override
  public void onWindow(Target target, Window window) {
    Entry entry = find(target);
    if (entry != null) {
      int decided = (int) window.counts().decided();
      int lost = decided - (int) window.counts().get(Outcome.REPLY);
      // A target that was away for a moment has no part in what was counted before.
      entry.openDecided = Math.max(0, entry.openDecided - decided);
      entry.openLost = Math.max(0, entry.openLost - lost);
      entry.minute.add(window);
    }
  }

  @Override
  public void onWindowsClosed(long startSeconds) {
    closedSeconds = startSeconds + Window.BASE_SECONDS;
    for (Entry entry : entries) {
      if (entry != null) {
        RecentMinute minute = entry.minute;
        int lost = minute.lost();
        long median = minute.medianNanos();
        long p95 = minute.p95Nanos();
        minute.sumUp(startSeconds, room);
        boolean isSilent = isSilent(entry);
        if (isSilent != entry.isSilent) {
          entry.isSilent = isSilent;
          entry.changed = version;
        }
        if (lost != minute.lost() || median != minute.medianNanos() || p95 != minute.p95Nanos()) {
          entry.changed = version;
        }
      }
    }
  }

  private boolean isSilent(Entry entry) {
    long interval = entry.target.settings().interval().toSeconds();
    return entry.newestSeconds > 0
        && closedSeconds - entry.newestSeconds
            > Math.max(SILENT_SECONDS, SILENT_INTERVALS * interval);
  }

  @Override
  public void onEvent(Event event) {
    events++;
    Entry entry = find(event.target());
    if (entry != null) {
      entry.changed = version;
      if (isSeenBySite(entry) && event.kind() == EventKind.DOWN && !event.isBegin()) {
        entry.unanswered = 0;
      }
    }
  }

  private static boolean isSeenBySite(Entry entry) {
    return entry.target.key().site() != null;
  }

  private @Nullable Entry find(Target target) {
    return target.id() < entries.length ? entries[target.id()] : null;
  }

  /// What has changed since another answer was given.
  ///
  /// @param seen the version of that; 0 asks for all
  /// @param watched numbers of targets that are given in any case
  LiveRows since(long seen, Set<Integer> watched) {
    List<TargetRow> rows = new ArrayList<>();
    for (int id = 0; id < entries.length; id++) {
      Entry entry = entries[id];
      if (entry != null && (entry.changed >= seen || watched.contains(id))) {
        rows.add(row(entry));
      }
    }
    version++;
    return new LiveRows(version, inventory, events, closedSeconds, rows);
  }

  /// Outcomes that this machine has kept from being known, so far.
  OwnLosses ownLosses() {
    return new OwnLosses(dropped, unsent, ownLossNanos);
  }

  private TargetRow row(Entry entry) {
    RecentMinute minute = entry.minute;
    List<EventKind> open = openEvents.apply(entry.target.id()).stream().map(Event::kind).toList();
    return new TargetRow(
        entry.target,
        entry.address,
        state(entry, open),
        open,
        minute.lost() + entry.openLost,
        minute.decided() + entry.openDecided,
        minute.medianNanos(),
        minute.p95Nanos(),
        entry.lastNanos);
  }

  private TargetState state(Entry entry, List<EventKind> open) {
    if (entry.address == null && entry.isUnresolved) {
      return TargetState.UNRESOLVED;
    }
    if (!entry.hasEnded) {
      return TargetState.PENDING;
    }
    if (entry.isSilent) {
      return TargetState.SILENT;
    }
    // What a site tells of it is known up to ten seconds before its windows are.
    if (isSeenBySite(entry) && open.contains(EventKind.DOWN)) {
      return TargetState.DOWN;
    }
    if (entry.unanswered == 0) {
      return TargetState.UP;
    }
    return entry.unanswered >= downAfter.applyAsInt(entry.target)
        ? TargetState.DOWN
        : TargetState.FAILING;
  }

  /// The target with this number; null if there is none.
  @Nullable TargetRow find(int id) {
    Entry entry = id >= 0 && id < entries.length ? entries[id] : null;
    return entry == null ? null : row(entry);
  }

  /// The target with this key, as [io.ringtap.monitor.target.TargetKey#toString] has it; null if
  /// there is none.
  @Nullable TargetRow find(String key) {
    for (Entry entry : entries) {
      // To make the text of each key would take long where there are many.
      if (entry != null
          && key.contains(entry.target.key().host())
          && entry.target.key().toString().equals(key)) {
        return row(entry);
      }
    }
    return null;
  }
}

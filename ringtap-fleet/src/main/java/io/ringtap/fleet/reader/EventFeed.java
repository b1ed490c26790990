package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.EventRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.monitor.SitesMonitor;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.SiteEvents;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The events of all sites, on their way to whoever hears of them. One thread uses it.
final class EventFeed {
  private final SitesMonitor monitor;
  private final SiteEvents events;
  private final Claims claims;
  private final AlertDuty duty;
  private boolean isNews;

  /// Goes on with the states that are open.
  EventFeed(SitesMonitor monitor, SiteEvents events, Claims claims, AlertDuty duty) {
    this.monitor = monitor;
    this.events = events;
    this.claims = claims;
    this.duty = duty;
    for (Event event : events.open().all()) {
      Claims.Claim claim = claims.find(event.target().id(), event.kind());
      duty.restore(claim == null ? 0 : claim.partition(), event);
    }
  }

  /// From now on what comes has happened while this process ran.
  void beginNews() {
    isNews = true;
  }

  /// Takes in what a site says.
  ///
  /// @param partition of the record
  /// @param offset of the record
  void take(EventRecord record, Target target, int partition, long offset) {
    if (record.isBegin() && record.kind() != EventKind.ADDRESS) {
      claims.begin(target.id(), record.kind(), partition, record.origin());
    }
    Event told =
        events.take(
            new Event(
                target,
                record.kind(),
                record.isBegin(),
                record.sinceNanos(),
                record.epochNanos(),
                record.detail()));
    if (told == null) {
      return;
    }
    show(told);
    duty.read(partition, offset, told);
    tellOthers(told, partition);
  }

  private void show(Event told) {
    if (!told.isBegin()) {
      claims.end(told.target().id(), told.kind());
    }
    monitor.show(told, isNews);
  }

  private void tellOthers(Event told, int partition) {
    if (told.seenBy() != null) {
      events.others(told).forEach(other -> duty.change(partition, other));
    }
  }

  /// Looks what a window says of the open states of its target.
  void look(Target target, Origin origin, Window window, List<RuleConfig> rules) {
    for (Claims.Claim claim : claims.endedBy(target.id(), origin, window, rules)) {
      String detail = "not so any more for %s, which has the target now".formatted(origin.agent());
      long now = TimeUnit.SECONDS.toNanos(window.endSeconds());
      Event end = new Event(target, claim.kind(), false, 0, now, detail);
      end(events.take(end), claim.partition());
    }
  }

  /// A target is not watched any more.
  void forget(Target target, long epochNanos) {
    for (Event open : List.copyOf(events.open().of(target.id()))) {
      Claims.Claim claim = claims.find(target.id(), open.kind());
      int partition = claim == null ? 0 : claim.partition();
      Event end =
          new Event(
              target, open.kind(), false, open.sinceNanos(), epochNanos, "not watched any more");
      end(events.take(end), partition);
    }
  }

  private void end(@Nullable Event told, int partition) {
    if (told == null) {
      return;
    }
    show(told);
    duty.found(partition, told);
    tellOthers(told, partition);
  }
}

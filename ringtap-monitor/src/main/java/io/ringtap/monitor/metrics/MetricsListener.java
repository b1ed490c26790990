package io.ringtap.monitor.metrics;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts for Prometheus. All of it runs on the collector's thread.
public final class MetricsListener implements CollectorListener {
  private final MetricNames names;
  private final OutcomeCounts total = new OutcomeCounts();
  private @Nullable TargetCounts[] byId = new TargetCounts[16];
  private int end; // no target has this number or a higher one

  /// Counts nothing yet.
  ///
  /// @param names under which targets will be shown, on which it depends what is counted
  public MetricsListener(MetricNames names) {
    this.names = names;
  }

  MetricNames names() {
    return names;
  }

  @Override
  public void onProbe(ProbeView probe) {
    total.add(probe.outcome());
    TargetCounts counts = get(probe.target());
    if (counts != null) {
      counts.add(probe);
    }
  }

  @Override
  public void onReport(Target target, Window window) {
    total.add(window.counts());
    TargetCounts counts = get(target);
    if (counts != null) {
      counts.add(window);
    }
  }

  @Override
  public void onTargetAdded(Target target) {
    if (target.id() >= byId.length) {
      byId = Arrays.copyOf(byId, Math.max(target.id() + 1, byId.length * 2));
    }
    byId[target.id()] = new TargetCounts(target, names.newRtt());
    end = Math.max(end, target.id() + 1);
  }

  @Override
  public void onTargetChanged(Target before, Target now) {
    TargetCounts counts = get(now);
    if (counts != null) {
      counts.setTarget(now);
    }
  }

  @Override
  public void onTargetRemoved(Target target) {
    byId[target.id()] = null;
  }

  @Override
  public void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {
    TargetCounts counts = get(target);
    if (counts != null) {
      counts.setAddress(now);
    }
  }

  @Override
  public void onUnresolved(Target target, String why) {
    TargetCounts counts = get(target);
    if (counts != null) {
      counts.setResolved(false);
    }
  }

  @Override
  public void onResolved(Target target) {
    TargetCounts counts = get(target);
    if (counts != null) {
      counts.setResolved(true);
    }
  }

  private @Nullable TargetCounts get(Target target) {
    return target.id() < end ? byId[target.id()] : null;
  }

  /// Copies of those with some numbers.
  ///
  /// @return null if there are none with these or higher numbers
  @Nullable List<TargetCounts> copies(int from, int count) {
    if (from >= end) {
      return null;
    }
    List<TargetCounts> copies = new ArrayList<>(count);
    for (int id = from; id < Math.min(end, from + count); id++) {
      TargetCounts counts = byId[id];
      if (counts != null) {
        copies.add(counts.copy());
      }
    }
    return copies;
  }

  /// A copy of the outcomes of all targets, also of those that are not watched any more.
  OutcomeCounts total() {
    return total.copy();
  }
}

package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All listeners, each of which hears of everything whatever the others throw. The collector's,
/// except for [#failures].
final class Listeners implements CollectorListener {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.collect");

  private final List<CollectorListener> all = new ArrayList<>();
  private final AtomicLong failures = new AtomicLong();

  void add(CollectorListener listener) {
    all.add(listener);
  }

  /// What they have thrown so far, how often. Any thread.
  long failures() {
    return failures.get();
  }

  private void failed(CollectorListener listener, RuntimeException thrown) {
    long times = failures.incrementAndGet();
    if (Long.bitCount(times) == 1) { // not a line for each probe
      StackTraceElement[] trace = thrown.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      LOG.log(
          System.Logger.Level.ERROR,
          listener.getClass().getName()
              + " has thrown "
              + thrown.toString().replaceAll("\\p{Cntrl}", " ")
              + where
              + " (failures of listeners so far: "
              + times
              + ")");
    }
  }

  @Override
  public void onProbe(ProbeView probe) {
    for (int i = 0; i < all.size(); i++) { // an iterator would be an object for each probe
      CollectorListener listener = all.get(i);
      try {
        listener.onProbe(probe);
      } catch (RuntimeException e) {
        failed(listener, e);
      }
    }
  }

  private void tell(Consumer<CollectorListener> what) {
    for (CollectorListener listener : all) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        failed(listener, e);
      }
    }
  }

  @Override
  public void onWindow(Target target, Window window) {
    tell(each -> each.onWindow(target, window));
  }

  @Override
  public void onWindowsClosed(long startSeconds) {
    tell(each -> each.onWindowsClosed(startSeconds));
  }

  @Override
  public void onReport(Target target, Window window) {
    tell(each -> each.onReport(target, window));
  }

  @Override
  public void onTargetAdded(Target target) {
    tell(each -> each.onTargetAdded(target));
  }

  @Override
  public void onTargetChanged(Target before, Target now) {
    tell(each -> each.onTargetChanged(before, now));
  }

  @Override
  public void onTargetRemoved(Target target) {
    tell(each -> each.onTargetRemoved(target));
  }

  @Override
  public void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {
    tell(each -> each.onAddress(target, before, now));
  }

  @Override
  public void onUnresolved(Target target, String why) {
    tell(each -> each.onUnresolved(target, why));
  }

  @Override
  public void onResolved(Target target) {
    tell(each -> each.onResolved(target));
  }

  @Override
  public void onTick(long epochNanos) {
    tell(each -> each.onTick(epochNanos));
  }
}

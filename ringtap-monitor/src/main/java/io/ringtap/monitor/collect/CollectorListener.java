package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// Hears what the collector has collected. All methods run on the collector's thread, one at a
/// time, and hold it up while they run; what must wait for a disk or a network belongs on a thread
/// of the listener's own.
public interface CollectorListener {
  /// A probe has ended, or something came after its end.
  ///
  /// @param probe lent for this call
  default void onProbe(ProbeView probe) {}

  /// A target's window has closed. Called for each target that had an outcome in it, by rising
  /// [numbers][Target#id], between two calls of [#onWindowsClosed]. That may be after the target
  /// was removed, and when the monitor ends it is before the window is over: if it is started again
  /// within the same ten seconds, the rest follows as a window that begins at the same time.
  ///
  /// @param window not changed any more, so it may be kept
  default void onWindow(Target target, Window window) {}

  /// All windows that began at this time have been passed on. Each time is later than the one
  /// before; if the clock was set or the machine was suspended, some are left out.
  ///
  /// @param startSeconds in seconds since the epoch, a multiple of [Window#BASE_SECONDS]
  default void onWindowsClosed(long startSeconds) {}

  /// A site of a fleet has counted a window of a target, and it is known only now: it may be of any
  /// time, and not all of what the site has counted in it.
  ///
  /// @param window not changed any more, so it may be kept
  default void onReport(Target target, Window window) {}

  /// A target is watched from now on.
  default void onTargetAdded(Target target) {}

  /// The same target, by its [key][Target#key] and number, is probed, labelled or shown in another
  /// way from now on. Outcomes of both may still come for a moment.
  default void onTargetChanged(Target before, Target now) {}

  /// A target is not watched any more; its last outcomes have been passed on, and its last window
  /// follows when it closes.
  default void onTargetRemoved(Target target) {}

  /// A target has an address, or another one.
  ///
  /// @param before null if it had none
  default void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {}

  /// A target's name cannot be resolved.
  ///
  /// @param why in words
  default void onUnresolved(Target target, String why) {}

  /// A target's name can be resolved again, whether or not to the same address as before.
  default void onResolved(Target target) {}

  /// Some time has passed, about a tenth of a second, whether or not there were probes: for what
  /// goes by the clock.
  ///
  /// @param epochNanos now, in nanoseconds since the epoch
  default void onTick(long epochNanos) {}
}

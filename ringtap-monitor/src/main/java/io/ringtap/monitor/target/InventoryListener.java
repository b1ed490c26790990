package io.ringtap.monitor.target;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// Hears who is to be watched, and where that is. All methods run on one thread at a time.
public interface InventoryListener {
  /// One more is to be watched; its address follows when it is known.
  void onAdded(Target target);

  /// The same target, by its [key][Target#key] and number, is to be probed, labelled or shown in
  /// another way.
  void onChanged(Target before, Target now);

  /// A target is not to be watched any more.
  void onRemoved(Target target);

  /// A target has an address, or another one.
  ///
  /// @param before null if it had none
  /// @param scopeId the interface index that a link-local address needs, else 0
  void onAddress(Target target, @Nullable IpAddress before, IpAddress now, int scopeId);

  /// A name cannot be resolved. The target keeps the address that it had, if it had one.
  ///
  /// @param why in words
  void onUnresolved(Target target, String why);

  /// A name can be resolved again after [#onUnresolved], whether or not to the same address.
  default void onResolved(Target target) {}
}

package io.ringtap.monitor.target;

import io.ringtap.monitor.config.TargetText;
import io.ringtap.packet.IpAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one entry of a source names: understood, and not yet expanded to single hosts.
///
/// @param text as it was written
/// @param target what that means
/// @param name how it is shown; null shows the host
/// @param labels of its own
record Listed(String text, TargetText target, @Nullable String name, Map<String, String> labels) {
  /// Takes the hosts of an entry, one by one.
  interface Host {
    /// Takes one.
    ///
    /// @param text the name, or the canonical address with its scope
    /// @param address null if `text` is a name
    void take(String text, @Nullable IpAddress address);
  }

  /// Reads an entry. A single address is shown as it was written, unless it has a name.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static Listed parse(String text, @Nullable String name, Map<String, String> labels) {
    TargetText target = TargetText.parse(text);
    boolean isAddress = target instanceof TargetText.Addresses && target.size() == 1;
    boolean isWritten = name == null && isAddress && text.indexOf('/') < 0;
    return new Listed(text, target, isWritten ? text : name, labels);
  }

  /// The interface of link-local addresses, by the name or number that was written; null if none
  /// was. It need not be there.
  @Nullable String scope() {
    return target instanceof TargetText.Addresses addresses ? addresses.scope() : null;
  }

  /// Passes on its hosts, one after the other; a range is never held as a whole.
  void forEachHost(Host host) {
    switch (target) {
      case TargetText.Name _ -> host.take(text, null);
      case TargetText.Addresses(var range, var scope) -> {
        for (IpAddress address : range) {
          host.take(scope == null ? address.toString() : address + "%" + scope, address);
        }
      }
    }
  }
}

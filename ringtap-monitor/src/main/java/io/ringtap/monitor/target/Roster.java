package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.packet.IpAddress;
import io.ringtap.target.Scope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All targets, and what makes them others. Belongs to the inventory's thread.
final class Roster {
  /// What a group's sources list.
  record Listing(GroupConfig group, List<Listed> listed) {}

  /// @param name what is looked up for it; null if its address is known by itself
  private record Watched(Target target, @Nullable NameKey name) {}

  /// @param address null if it is yet to be looked up
  private record Added(Watched watched, @Nullable IpAddress address) {}

  private record Changed(Watched before, Added now) {}

  private static final Logger LOG = System.getLogger("io.ringtap.monitor");

  private final TargetIds ids;
  private final InventoryListener listener;
  private final Names names;
  private final Map<String, String> told = new HashMap<>();
  private Map<TargetKey, Watched> watched = new LinkedHashMap<>();

  /// @param names tells the same listener where targets are that are not addresses
  Roster(TargetIds ids, InventoryListener listener, Names names) {
    this.ids = ids;
    this.listener = listener;
    this.names = names;
  }

  int size() {
    return watched.size();
  }

  /// Watches what is listed, and tells the listener what that changes.
  ///
  /// @param isWhole whether what is not listed is to go; else it stays as it is
  void become(List<Listing> listings, boolean isWhole) {
    Change change = new Change(watched);
    for (Listing listing : listings) {
      change.take(listing);
    }
    if (!isWhole) {
      change.now.putAll(change.left);
      change.left.clear();
    }
    watched = change.now;
    change.left.values().forEach(this::remove);
    change.changed.forEach(this::change);
    change.added.forEach(this::add);
  }

  private void remove(Watched gone) {
    if (gone.name != null) {
      names.forget(gone.name, gone.target);
    }
    listener.onRemoved(gone.target);
  }

  private void change(Changed change) {
    Watched before = change.before;
    Watched now = change.now.watched;
    listener.onChanged(before.target, now.target);
    if (before.name == null || now.name == null) {
      return; // an address is known by itself, however it is probed
    }
    if (now.name.equals(before.name)) {
      names.replace(now.name, before.target, now.target);
    } else {
      names.forget(before.name, before.target);
      names.watch(now.name, now.target);
    }
  }

  private void add(Added added) {
    Target target = added.watched.target;
    listener.onAdded(target);
    if (added.address != null) {
      listener.onAddress(target, null, added.address, 0);
    }
    if (added.watched.name != null) {
      names.watch(added.watched.name, target);
    }
  }

  private static List<AddressFamily> families(ProbeSettings settings, @Nullable IpAddress address) {
    return address == null && settings.family() == AddressFamily.BOTH
        ? List.of(AddressFamily.IPV4, AddressFamily.IPV6)
        : List.of(AddressFamily.ANY);
  }

  /// Where both say something, its own counts.
  private static Map<String, String> merged(Map<String, String> ofGroup, Map<String, String> own) {
    if (own.isEmpty()) {
      return ofGroup;
    }
    Map<String, String> all = new TreeMap<>(ofGroup);
    all.putAll(own);
    return Collections.unmodifiableMap(all);
  }

  /// Says once that hosts are listed more than once.
  private void tellTwice(String group, List<String> twice) {
    String line = twice.isEmpty() ? "" : twiceLine(group, twice);
    if (!line.equals(told.put(group, line)) && !line.isEmpty()) {
      LOG.log(Level.WARNING, line);
    }
  }

  /// Says that hosts of a group are listed more than once.
  ///
  /// @param twice at least one
  static String twiceLine(String group, List<String> twice) {
    return "group %s: %s is listed more than once%s; the first counts"
        .formatted(
            group,
            twice.getFirst(),
            twice.size() == 1 ? "" : " (and " + (twice.size() - 1) + " more)");
  }

  /// The difference between two rosters, as it is found.
  private final class Change {
    /// Of the old ones, those that have not been listed again.
    final Map<TargetKey, Watched> left;

    final Map<TargetKey, Watched> now;
    final List<Changed> changed = new ArrayList<>();
    final List<Added> added = new ArrayList<>();

    Change(Map<TargetKey, Watched> before) {
      left = before;
      now = LinkedHashMap.newLinkedHashMap(before.size());
    }

    void take(Listing listing) {
      GroupConfig group = listing.group;
      Map<Map<String, String>, Map<String, String>> merged = new HashMap<>();
      List<String> twice = new ArrayList<>();
      for (Listed listed : listing.listed) {
        Map<String, String> labels =
            merged.computeIfAbsent(listed.labels(), own -> merged(group.labels(), own));
        listed.forEachHost((host, address) -> {
          for (AddressFamily family : families(group.settings(), address)) {
            TargetKey key = new TargetKey(group.name(), host, family);
            if (!put(key, wanted(key, listed, address, labels, group.settings()))) {
              twice.add(host);
            }
          }
        });
      }
      tellTwice(group.name(), twice);
    }

    /// @return false if it is there already
    private boolean put(TargetKey key, Added wanted) {
      if (now.containsKey(key)) {
        return false;
      }
      Watched before = left.remove(key);
      Watched next = wanted.watched;
      now.put(key, next.equals(before) ? before : next);
      if (before == null) {
        added.add(wanted);
      } else if (!next.equals(before)) {
        changed.add(new Changed(before, wanted));
      }
      return true;
    }

    private Added wanted(
        TargetKey key,
        Listed listed,
        @Nullable IpAddress address,
        Map<String, String> labels,
        ProbeSettings settings) {
      Watched before = left.get(key);
      Watched known = before == null ? now.get(key) : before;
      int id = known == null ? ids.idOf(key) : known.target.id();
      String name = listed.name() == null ? key.host() : listed.name();
      boolean isLinkLocal = address != null && Scope.isNeeded(address);
      String device = listed.scope() == null ? settings.interfaceName() : listed.scope();
      NameKey lookedUp =
          address == null
              ? new NameKey(
                  key.host(),
                  key.family() == AddressFamily.ANY ? settings.family() : key.family(),
                  null,
                  device)
              : isLinkLocal ? new NameKey(key.host(), key.family(), address, device) : null;
      return new Added(
          new Watched(new Target(id, key, name, labels, settings), lookedUp),
          isLinkLocal ? null : address);
    }
  }
}

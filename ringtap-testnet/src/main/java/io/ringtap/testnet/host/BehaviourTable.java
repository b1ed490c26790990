package io.ringtap.testnet.host;

import io.ringtap.testnet.Prefix;
import java.util.Comparator;
import java.util.Map;

/// Behaviours by longest prefix. Immutable, so one thread can look up while another builds a new
/// table.
final class BehaviourTable {
  /// The prefixes of one length and family.
  private record Level(boolean ipv6, long highMask, long lowMask, AddressTable behaviours) {}

  private final Level[] levels; // longest first
  private final HostBehaviour[] behaviours;

  /// @param byPrefix networks; bits after the prefix length must be 0
  BehaviourTable(Map<Prefix, HostBehaviour> byPrefix) {
    behaviours = byPrefix.values().toArray(HostBehaviour[]::new);
    levels =
        byPrefix.keySet().stream()
            .map(prefix -> new LevelKey(prefix.address().isIpv6(), prefix.length()))
            .distinct()
            .sorted(Comparator.comparingInt(LevelKey::length).reversed())
            .map(key -> level(key, byPrefix))
            .toArray(Level[]::new);
  }

  private record LevelKey(boolean ipv6, int length) {}

  private static Level level(LevelKey key, Map<Prefix, HostBehaviour> byPrefix) {
    AddressTable table = new AddressTable();
    long highMask = 0;
    long lowMask = 0;
    int index = 0;
    for (Prefix prefix : byPrefix.keySet()) {
      if (prefix.address().isIpv6() == key.ipv6 && prefix.length() == key.length) {
        table.put(prefix.address().high(), prefix.address().low(), index);
        highMask = prefix.highMask();
        lowMask = prefix.lowMask();
      }
      index++;
    }
    return new Level(key.ipv6, highMask, lowMask, table);
  }

  /// The behaviour of a host; [HostBehaviour#PROMPT] if it is in no prefix.
  HostBehaviour find(boolean ipv6, long high, long low) {
    for (Level level : levels) {
      if (level.ipv6 == ipv6) {
        int index = level.behaviours.get(high & level.highMask, low & level.lowMask);
        if (index >= 0) {
          return behaviours[index];
        }
      }
    }
    return HostBehaviour.PROMPT;
  }
}

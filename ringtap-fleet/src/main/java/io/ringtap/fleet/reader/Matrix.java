package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.monitor.collect.SiteCounts;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.config.TargetText;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetIds;
import io.ringtap.monitor.target.TargetKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All targets of a fleet at all sites that watch them. One thread uses it, unless it says
/// otherwise.
final class Matrix {
  /// More than one monitor is made for: targets, each counted at each site.
  private static final int MOST = 1_000_000;

  private static final String SITE = "site";

  /// The name of a label that the configuration calls `site`.
  private static final String OTHER_SITE = "label_site";

  private final TargetIds ids;
  private final SiteCounts counts;
  private final Consumer<Target> onGone;
  private final Map<String, TargetRecord> records = new HashMap<>(); // by group/host
  private final Map<String, Set<TargetKey>> keys = new HashMap<>(); // of a record, at all sites
  private final Map<TargetKey, Target> watched = new HashMap<>();
  private final Map<TargetKey, Target> others = new HashMap<>(); // that are not watched
  private final Map<Integer, Integer> downAfter = new ConcurrentHashMap<>(); // by target
  private final Set<String> sites = new LinkedHashSet<>();

  /// @param counts is told who is watched
  /// @param onGone called with each target that is not watched any more
  Matrix(TargetIds ids, SiteCounts counts, Consumer<Target> onGone) {
    this.ids = ids;
    this.counts = counts;
    this.onGone = onGone;
  }

  /// How many targets there are, each counted once whatever its sites.
  int targets() {
    return records.size();
  }

  /// There is one more site.
  void addSite(String site) {
    if (sites.add(site)) {
      for (TargetRecord record : List.copyOf(records.values())) {
        boolean _ = put(record);
      }
    }
  }

  /// A target is to be watched, or in another way.
  ///
  /// @return false if there are too many
  boolean put(TargetRecord record) {
    if (watched.size() > MOST) {
      return false;
    }
    String name = name(record.group(), record.host());
    records.put(name, record);
    Set<TargetKey> before = keys.getOrDefault(name, Set.of());
    Set<TargetKey> now = keysOf(record);
    keys.put(name, now);
    Set<TargetKey> gone = new HashSet<>(before);
    gone.removeAll(now);
    gone.forEach(this::remove);
    now.forEach(key -> watch(key, record));
    return true;
  }

  /// A target is not to be watched any more.
  ///
  /// @param name `group/host`
  void remove(String name) {
    records.remove(name);
    Set<TargetKey> gone = keys.remove(name);
    if (gone != null) {
      gone.forEach(this::remove);
    }
  }

  private static String name(String group, String host) {
    return group + "/" + host;
  }

  private Set<TargetKey> keysOf(TargetRecord record) {
    boolean isBoth =
        record.settings().family() == AddressFamily.BOTH
            && TargetText.parse(record.host()) instanceof TargetText.Name;
    List<AddressFamily> families =
        isBoth ? List.of(AddressFamily.IPV4, AddressFamily.IPV6) : List.of(AddressFamily.ANY);
    Collection<String> from = record.sites().isEmpty() ? sites : record.sites();
    Set<TargetKey> all = new LinkedHashSet<>();
    for (String site : from) {
      for (AddressFamily family : families) {
        all.add(new TargetKey(record.group(), record.host(), family, site));
      }
    }
    return all;
  }

  private void watch(TargetKey key, TargetRecord record) {
    Target before = watched.get(key);
    int id = before == null ? ids.idOf(key) : before.id();
    Target now =
        new Target(id, key, record.name(), labels(record.labels(), key.site()), record.settings());
    downAfter.put(id, downAfter(record));
    others.remove(key);
    if (before == null) {
      watched.put(key, now);
      counts.add(now);
    } else if (!before.equals(now)) {
      watched.put(key, now);
      counts.change(before, now);
    }
  }

  private void remove(TargetKey key) {
    Target target = watched.remove(key);
    if (target != null) {
      downAfter.remove(target.id());
      counts.remove(target);
      onGone.accept(target);
    }
  }

  private static Map<String, String> labels(Map<String, String> own, @Nullable String site) {
    Map<String, String> labels = new TreeMap<>(own);
    String other = labels.put(SITE, String.valueOf(site));
    if (other != null) {
      labels.putIfAbsent(OTHER_SITE, other);
    }
    return Collections.unmodifiableMap(labels);
  }

  private static int downAfter(TargetRecord record) {
    return (int)
        record.rules().stream()
            .filter(rule -> rule.kind() == EventKind.DOWN)
            .findFirst()
            .orElse(RuleConfig.usual(EventKind.DOWN))
            .limit();
  }

  /// How many probes in a row without a reply make a target down. Any thread may ask.
  int downAfter(Target target) {
    return downAfter.getOrDefault(target.id(), (int) RuleConfig.usual(EventKind.DOWN).limit());
  }

  /// A target at a site: one that is watched, or one that once was, or should have been.
  ///
  /// @return null if there are too many that are not watched
  @Nullable Target find(TargetKey key) {
    Target target = watched.get(key);
    if (target != null) {
      return target;
    }
    target = others.get(key);
    if (target == null && others.size() < MonitorConfig.MOST_TARGETS) {
      target =
          new Target(
              ids.idOf(key), key, key.host(), labels(Map.of(), key.site()), ProbeSettings.DEFAULT);
      others.put(key, target);
    }
    return target;
  }

  boolean isWatched(Target target) {
    return watched.containsKey(target.key());
  }

  /// The rules and settings of a target; null if it is not watched.
  @Nullable TargetRecord record(TargetKey key) {
    return records.get(name(key.group(), key.host()));
  }

  /// Which of some sites watch a target.
  int watching(TargetKey key, Set<String> some) {
    TargetRecord record = record(key);
    return record == null ? 0 : (int) some.stream().filter(record::isFor).count();
  }
}

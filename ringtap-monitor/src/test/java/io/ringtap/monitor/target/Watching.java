package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.TargetSource;
import io.ringtap.packet.IpAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// An inventory under a clock of the test's own, with the names that the test knows, and what its
/// listener hears. Everything happens on the thread of the test.
final class Watching {
  /// What was heard, one line a call.
  final List<String> heard = new ArrayList<>();

  /// All that were added.
  final List<Target> added = new ArrayList<>();

  /// What names stand for; those that are not here are not found.
  final Map<String, NameService.Answer> answers = new HashMap<>();

  /// Names that were asked for, in this order.
  final List<String> asked = new ArrayList<>();

  /// What waits, as long as the test lets it.
  final Queue<Runnable> waiting = new ArrayDeque<>();

  /// Whether what waits is done at once.
  boolean isDirect = true;

  final Map<TargetKey, Integer> ids = new HashMap<>();
  final Inventory inventory;
  private final Agenda agenda;
  private long nanos = 1_000_000;

  Watching() {
    agenda = new Agenda(() -> nanos);
    inventory =
        new Inventory(
            agenda,
            this::find,
            task -> {
              if (isDirect) {
                task.run();
              } else {
                waiting.add(task);
              }
            },
            key -> ids.computeIfAbsent(key, _ -> ids.size()),
            new Heard());
  }

  private NameService.Answer find(String host, AddressFamily family, @Nullable IpAddress known)
      throws NameService.NameFailure {
    String question = family == AddressFamily.ANY ? host : host + "#" + family.word();
    asked.add(question);
    NameService.Answer answer = answers.get(question);
    if (answer == null) {
      throw new NameService.NameFailure("no such name");
    }
    return answer;
  }

  void name(String question, long ttlSeconds, String... addresses) {
    answers.put(
        question,
        new NameService.Answer(
            List.of(addresses).stream().map(IpAddress::parse).toList(), ttlSeconds));
  }

  /// Watches these groups, and forgets what was heard before.
  void update(GroupConfig... groups) {
    heard.clear();
    inventory.update(List.of(groups));
    agenda.runDue();
  }

  /// Lets time pass, and forgets what was heard before.
  void pass(Duration duration) {
    heard.clear();
    long end = nanos + duration.toNanos();
    while (nanos < end) {
      nanos = Math.min(end, nanos + 100_000_000);
      agenda.runDue();
    }
  }

  /// Does what waits.
  void finish(int tasks) {
    for (int i = 0; i < tasks; i++) {
      waiting.remove().run();
    }
    agenda.runDue();
  }

  /// Does what is due.
  void run() {
    heard.clear();
    agenda.runDue();
  }

  static GroupConfig group(String name, ProbeSettings settings, TargetSource... sources) {
    return new GroupConfig(
        name, settings, Map.of("site", "here"), List.of(sources), List.of(), List.of());
  }

  static GroupConfig group(String name, TargetSource... sources) {
    return group(name, ProbeSettings.DEFAULT, sources);
  }

  static GroupConfig group(String name, String... texts) {
    return group(name, ProbeSettings.DEFAULT, written(texts));
  }

  static TargetSource[] written(String... texts) {
    return List.of(texts).stream()
        .map(text -> new TargetSource.Written(text, null, Map.of()))
        .toArray(TargetSource[]::new);
  }

  static ProbeSettings settings(AddressFamily family, Duration interval) {
    ProbeSettings usual = ProbeSettings.DEFAULT;
    return new ProbeSettings(
        interval,
        usual.timeout(),
        usual.payloadBytes(),
        usual.trafficClass(),
        usual.hopLimit(),
        null,
        null,
        usual.transport(),
        family);
  }

  private final class Heard implements InventoryListener {
    @Override
    public void onAdded(Target target) {
      added.add(target);
      heard.add("added " + target.key() + " as " + target.id());
    }

    @Override
    public void onChanged(Target before, Target now) {
      heard.add("changed " + before.key() + " as " + now.id());
    }

    @Override
    public void onRemoved(Target target) {
      heard.add("removed " + target.key());
    }

    @Override
    public void onAddress(Target target, @Nullable IpAddress before, IpAddress now, int scopeId) {
      heard.add(target.key() + ": " + before + " -> " + now + (scopeId == 0 ? "" : "%" + scopeId));
    }

    @Override
    public void onResolved(Target target) {
      heard.add(target.key() + ": resolved");
    }

    @Override
    public void onUnresolved(Target target, String why) {
      heard.add(target.key() + ": " + why);
    }
  }
}

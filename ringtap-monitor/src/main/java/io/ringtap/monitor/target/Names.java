package io.ringtap.monitor.target;

import io.ringtap.monitor.target.NameService.Answer;
import io.ringtap.monitor.target.NameService.NameFailure;
import io.ringtap.packet.IpAddress;
import io.ringtap.target.Scope;
import io.ringtap.target.TargetParser;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Keeps the addresses of names: each is looked up when what is known of it runs out. Belongs to
/// the thread of the [Agenda]; look-ups wait elsewhere.
final class Names {
  /// Look-ups under way at the same time: no burst for the resolver.
  static final int MOST_LOOKUPS = 32;

  /// How many of these may be for names that failed last time: where part of all servers is dead,
  /// names of the others are not kept waiting.
  static final int MOST_FAILING = MOST_LOOKUPS / 2;

  /// How long an interface keeps its index at least.
  private static final int SCOPE_SECONDS = 10;

  private final Agenda agenda;
  private final NameService service;
  private final Executor waiting;
  private final InventoryListener listener;
  private final Map<NameKey, WatchedName> names = new HashMap<>();
  private final Queue<WatchedName> due = new ArrayDeque<>();
  private final Queue<WatchedName> failingDue = new ArrayDeque<>();
  private int lookups;
  private int failingLookups;

  /// @param waiting runs look-ups, which wait
  Names(Agenda agenda, NameService service, Executor waiting, InventoryListener listener) {
    this.agenda = agenda;
    this.service = service;
    this.waiting = waiting;
    this.listener = listener;
  }

  /// From now on the listener hears where this target is.
  void watch(NameKey key, Target target) {
    WatchedName name = names.get(key);
    if (name == null) {
      name = new WatchedName(key);
      names.put(key, name);
      name.targets.add(target);
      request(name);
      return;
    }
    name.targets.add(target);
    IpAddress address = name.address();
    if (address != null) {
      listener.onAddress(target, null, address, name.scopeId());
    }
    String problem = name.problem();
    if (problem != null) {
      listener.onUnresolved(target, problem);
    }
  }

  /// The same target by another object.
  void replace(NameKey key, Target before, Target now) {
    WatchedName name = names.get(key);
    if (name != null) {
      name.targets.replaceAll(each -> each.id() == before.id() ? now : each);
    }
  }

  /// Nobody wants to know any more where this target is.
  void forget(NameKey key, Target target) {
    WatchedName name = names.get(key);
    if (name != null) {
      name.targets.removeIf(each -> each.id() == target.id());
      if (name.targets.isEmpty()) {
        names.remove(key);
      }
    }
  }

  private void request(WatchedName name) {
    if (name.targets.isEmpty()) {
      return; // forgotten since
    }
    (name.isFailing() ? failingDue : due).add(name);
    startLookups();
  }

  private void startLookups() {
    while (lookups < MOST_LOOKUPS) {
      WatchedName next = due.poll();
      if (next == null && failingLookups < MOST_FAILING) {
        next = failingDue.poll();
      }
      if (next == null) {
        return;
      }
      start(next);
    }
  }

  private void start(WatchedName name) {
    boolean wasFailing = name.isFailing();
    lookups++;
    failingLookups += wasFailing ? 1 : 0;
    IpAddress known = name.address();
    waiting.execute(() -> {
      Runnable end = lookUp(name, known);
      agenda.run(() -> {
        lookups--;
        failingLookups -= wasFailing ? 1 : 0;
        end.run();
        startLookups();
      });
    });
  }

  /// Looks a name up, on whatever thread may wait.
  ///
  /// @return what is to be done then
  private Runnable lookUp(WatchedName name, @Nullable IpAddress known) {
    NameKey key = name.key;
    try {
      IpAddress literal = key.literal();
      Answer answer =
          literal == null
              ? service.find(key.host(), key.family(), known)
              : new Answer(List.of(literal), SCOPE_SECONDS);
      // As long as the known address is still listed, the order of the others says nothing.
      IpAddress chosen =
          known != null && answer.addresses().contains(known)
              ? known
              : answer.addresses().getFirst();
      int scopeId = scopeId(chosen, key.device());
      return () -> resolved(name, chosen, scopeId, answer.ttlSeconds());
    } catch (NameFailure e) {
      return () -> failed(name, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return () -> failed(name, "the look-up was interrupted");
    } catch (RuntimeException e) {
      return () -> failed(name, "the look-up failed: " + e);
    }
  }

  private static int scopeId(IpAddress address, @Nullable String device) throws NameFailure {
    if (!Scope.isNeeded(address)) {
      return 0;
    }
    if (device == null) {
      throw new NameFailure(
          "a link-local address needs its interface: %s%%eth0, or interface: eth0"
              .formatted(address));
    }
    int index = TargetParser.interfaceIndex(device);
    if (index == 0) {
      throw new NameFailure("there is no interface '" + device + "'");
    }
    return index;
  }

  private void resolved(WatchedName name, IpAddress address, int scopeId, long ttlSeconds) {
    IpAddress before = name.address();
    boolean wasUnresolved = name.problem() != null;
    boolean isElsewhere = name.take(address, scopeId);
    for (Target target : List.copyOf(name.targets)) {
      if (isElsewhere) {
        listener.onAddress(target, before, address, scopeId);
      }
      if (wasUnresolved) {
        listener.onResolved(target);
      }
    }
    again(name, name.restNanos(ttlSeconds));
  }

  private void failed(WatchedName name, String why) {
    if (name.fail(why)) {
      for (Target target : List.copyOf(name.targets)) {
        listener.onUnresolved(target, why);
      }
    }
    again(name, name.pauseNanos());
  }

  private void again(WatchedName name, long nanos) {
    if (!name.targets.isEmpty()) {
      agenda.runAfter(nanos, () -> request(name));
    }
  }
}

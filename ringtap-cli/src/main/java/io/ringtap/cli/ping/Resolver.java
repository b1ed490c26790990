package io.ringtap.cli.ping;

import io.ringtap.ping.PingRequest;
import io.ringtap.target.Family;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Looks names up, many at a time, each on a virtual thread; nobody waits for it.
final class Resolver {
  /// Hears what became of a name, on one of the resolver's threads.
  interface Listener {
    /// The name has been looked up.
    ///
    /// @param requests to its addresses, at least one, with default options
    void onResolved(String name, List<PingRequest> requests);

    /// The name has no address.
    ///
    /// @param problem what is wrong, in one line
    void onFailed(String name, String problem);
  }

  /// Look-ups under way at the same time. Each blocks a carrier thread, of which the JDK adds up to
  /// this many.
  private static final int MAX_LOOKUPS = 256;

  /// How often a name is looked up that is not found while descriptors are short.
  private static final int MAX_ATTEMPTS = 5;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Family family;
  private final boolean isAll;
  private final Listener listener;
  private final Queue<String> names = new ArrayDeque<>();
  private final int mostLookups;
  private int lookups;

  /// @param isAll whether all of a name's addresses are wanted, or the first
  Resolver(Family family, boolean isAll, Listener listener) {
    this.family = family;
    this.isAll = isAll;
    this.listener = listener;
    this.mostLookups = Descriptors.lookups(MAX_LOOKUPS);
    // The JDK would put IPv4 first; the system's order is that of RFC 6724.
    System.setProperty("java.net.preferIPv6Addresses", "system");
  }

  /// Queues a name and returns at once.
  synchronized void resolve(String name) {
    names.add(name);
    if (lookups < mostLookups) {
      lookups++;
      Thread.ofVirtual().name("ringtap-resolver").start(this::work);
    }
  }

  private void work() {
    for (String name = take(); name != null; name = take()) {
      lookUp(name);
    }
  }

  private synchronized @Nullable String take() {
    String name = names.poll();
    if (name == null) {
      lookups--;
    }
    return name;
  }

  private void lookUp(String name) {
    List<PingRequest> found;
    try {
      found = find(name);
    } catch (UnknownHostException e) {
      listener.onFailed(name, reason(name, e));
      return;
    }
    List<PingRequest> admitted =
        found.stream()
            .filter(request -> family.admits(request.target()))
            .limit(isAll ? Long.MAX_VALUE : 1)
            .toList();
    if (admitted.isEmpty()) {
      listener.onFailed(
          name, name + ": has no " + (family == Family.IPV6 ? "IPv6" : "IPv4") + " address");
    } else {
      listener.onResolved(name, admitted);
    }
  }

  /// The C library reads files and asks servers; where it gets no descriptor for that, it says that
  /// there is no such name.
  private static List<PingRequest> find(String name) throws UnknownHostException {
    for (int attempt = 1; ; attempt++) {
      try {
        return PingRequest.toAll(name);
      } catch (UnknownHostException e) {
        if (!Descriptors.areShort()) {
          throw e;
        }
        if (attempt == MAX_ATTEMPTS) {
          throw new UnknownHostException(
              name + ": cannot be looked up: too many open files; raise the limit (ulimit -n)");
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(String name, UnknownHostException e) {
    String message = e.getMessage();
    return message == null || message.equals(name) ? name + ": name not known" : message;
  }
}

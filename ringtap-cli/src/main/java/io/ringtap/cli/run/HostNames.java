package io.ringtap.cli.run;

import io.ringtap.packet.IpAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks the names of addresses up beside the run. Nobody has to wait for one: what is not known by
/// the time that it is asked for is shown as the address. Any thread may use it.
public final class HostNames {
  private volatile boolean isWanted;
  private final Map<IpAddress, CompletableFuture<String>> names = new ConcurrentHashMap<>();

  /// @param isWanted whether to look anything up
  public HostNames(boolean isWanted) {
    this.isWanted = isWanted;
  }

  /// Begins to look a name up, unless that was done before.
  public void lookUp(IpAddress address) {
    if (isWanted) {
      names.computeIfAbsent(
          address,
          wanted ->
              CompletableFuture.supplyAsync(
                  () -> printable(wanted.toInetAddress().getCanonicalHostName()),
                  task -> Thread.ofVirtual().name("ringtap-names").start(task)));
    }
  }

  /// Foreign text, without what could move the cursor of a terminal.
  private static String printable(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }

  /// From now on names are shown if they were not, and the other way round.
  public void toggle() {
    isWanted = !isWanted;
  }

  /// The name, or the address as text if it has no name or names are not wanted.
  public String nameOf(IpAddress address) {
    CompletableFuture<String> name = isWanted ? names.get(address) : null;
    return name == null ? address.toString() : name.getNow(address.toString());
  }

  /// The name as [#nameOf] gives it, looked up now and waited for.
  ///
  /// @param patience how long at the most
  public String await(IpAddress address, Duration patience) throws InterruptedException {
    lookUp(address);
    CompletableFuture<String> name = names.get(address);
    try {
      return name == null ? address.toString() : name.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return address.toString();
    }
  }

  /// Name and address as traceroute shows them: `name (address)`; only the address without
  /// look-ups.
  public String labelOf(IpAddress address) {
    return isWanted ? nameOf(address) + " (" + address + ")" : address.toString();
  }
}

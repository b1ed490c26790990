package io.ringtap.system;

import io.ringtap.testing.Eventually;
import io.ringtap.testnet.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The judge of round-trip times: tcpdump on an interface, with nanosecond stamps.
public final class Tcpdump implements AutoCloseable {
  private static final Pattern ECHO =
      Pattern.compile("(\\d+)\\.(\\d{9}) .* echo (request|reply), id (\\d+), seq (\\d+)[, ].*");
  private static final Pattern ERROR = Pattern.compile(".* (time exceeded|unreachable)[ ,].*");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> reading;

  private Tcpdump(Process process) {
    this.process = process;
    // A thread of its own: the common pool may have one only, for which others wait.
    this.reading =
        CompletableFuture.runAsync(
            () -> process.inputReader().lines().forEach(lines::add),
            task -> Thread.ofPlatform().daemon().start(task));
  }

  /// Starts to watch ICMP and ICMPv6, and returns once nothing can be missed.
  public static Tcpdump on(Link link) throws IOException {
    return on(
        link,
        "-tt",
        "-v", // shows what an error quotes
        "--time-stamp-precision=nano",
        // Its ring has a slot for each packet, of the snaplen's size: many small ones.
        "--snapshot-length=128",
        "--buffer-size=16384",
        "icmp or icmp6");
  }

  /// Starts to watch what flags and a filter say, and returns once nothing can be missed.
  public static Tcpdump on(Link link, String... flagsAndFilter) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("tcpdump", "-i", link.name(), "-n", "--immediate-mode", "-l"));
    words.addAll(List.of(flagsAndFilter));
    Process process = link.namespace().start(words.toArray(String[]::new));
    BufferedReader errors = process.errorReader();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.contains("listening on")) {
        return new Tcpdump(process);
      }
    }
    throw new IOException("tcpdump does not start on " + link);
  }

  /// Waits for a number of round trips, then stops watching. Without the wait, packets that tcpdump
  /// has not yet taken from its ring when it is stopped would be missing.
  ///
  /// @param expected how many round trips are on the wire
  /// @return for each echo request that has a reply or, over IPv4, an error, in the order of the
  ///   requests, the nanoseconds between them
  public List<Long> roundTrips(int expected) throws InterruptedException {
    Eventually.await(expected + " round trips on the wire", () -> roundTrips().size() >= expected);
    process.toHandle().destroy(); // SIGTERM only: Process.destroy would close the pipe as well
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new UncheckedIOException(new IOException("tcpdump does not end"));
    }
    reading.join();
    return roundTrips();
  }

  /// The lines up to the first that contains `last`, which is waited for. What was on the wire
  /// before it stands there.
  public List<String> linesUntil(String last) {
    Eventually.await(
        "a line with '" + last + "'", () -> lines.stream().anyMatch(line -> line.contains(last)));
    List<String> until = new ArrayList<>();
    for (String line : lines) {
      until.add(line);
      if (line.contains(last)) {
        break;
      }
    }
    return until;
  }

  /// The lines so far, without the first ones.
  ///
  /// @param first how many to pass over
  public List<String> linesFrom(int first) {
    return lines.stream().skip(first).toList();
  }

  private List<Long> roundTrips() {
    Map<String, Long> requests = new LinkedHashMap<>();
    Map<String, Long> replies = new LinkedHashMap<>();
    String packet = ""; // its lines so far as one
    for (String line : lines) {
      boolean isBegin = !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
      packet = isBegin ? line + " " : packet + line.strip() + " ";
      Matcher echo = ECHO.matcher(packet);
      if (echo.matches()) {
        long nanos = Long.parseLong(echo.group(1)) * 1_000_000_000 + Long.parseLong(echo.group(2));
        String identity = echo.group(4) + " " + echo.group(5);
        boolean isRequest = echo.group(3).equals("request") && !ERROR.matcher(packet).matches();
        (isRequest ? requests : replies).putIfAbsent(identity, nanos);
      }
    }
    requests.keySet().retainAll(replies.keySet());
    return requests.entrySet().stream()
        .map(request -> replies.get(request.getKey()) - request.getValue())
        .toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package io.ringtap.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringtap.cli.Main;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testnet.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A broker, agents of three sites, and a page of them all; then an outage that one site sees, and
/// one that all see, again and again until Ctrl-C or for a time.
public final class FleetExample implements AutoCloseable {
  static final String BROKER = "10.99.0.1";

  private static final int PAGE_PORT = 9427; // in a namespace that nobody else uses
  private static final String PAGE = "http://127.0.0.1:" + PAGE_PORT + "/"; // as the reader says it
  private static final int PATIENCE_SECONDS = 10;
  private static final Duration CALM = Duration.ofSeconds(12);
  private static final String VICTIM = "10.64.0.3";

  private final Thread main = Thread.currentThread();
  private final Deque<AutoCloseable> open = new ArrayDeque<>(); // guarded by this
  private final List<Site> sites = new ArrayList<>();
  private volatile boolean isEnding;
  private volatile boolean hasFailed;

  private FleetExample() {}

  /// Runs the example.
  ///
  /// @param arguments the file of targets; seconds after which it ends, 0 for never
  public static void main(String[] arguments) throws Exception {
    FleetExample example = new FleetExample();
    Runtime.getRuntime().addShutdownHook(new Thread(example::end));
    try (example) {
      example.start(Path.of(arguments[0]));
      example.show(Long.parseLong(arguments[1]));
    } catch (InterruptedException e) {
      // by a signal, or by what has ended too early
    }
    if (example.hasFailed) {
      System.exit(1);
    }
  }

  /// Ends all because of a signal, or after the end.
  private void end() {
    main.interrupt();
    close();
  }

  private void start(Path targets) throws Exception {
    NetworkNamespace hub = keep(NetworkNamespace.create("hub"));
    hub.link("lo").address(BROKER + "/32");
    IO.println("starting a broker, and agents of three sites...");
    TestBroker broker =
        keep(new BrokerSetup().in(BROKER, builder -> hub.call(builder::start)).start());
    String bootstrap = broker.bootstrap();
    Process apply = run(hub, "fleet", "apply", targets.toString(), "--bootstrap", bootstrap);
    print("apply", apply, PAGE);
    if (apply.waitFor() != 0) {
      throw new IOException("the targets could not be applied");
    }
    PageDoor door = keep(new PageDoor(hub, PAGE_PORT));
    watch("reader", hub, door, "monitor", "--from", "kafka", "--bootstrap", bootstrap);
    for (String name : List.of("fra1", "ams2", "nyc3")) {
      Site site = keep(new Site(name, sites.size() + 1, hub));
      sites.add(site);
      List<String> words = new ArrayList<>(List.of("fleet", "agent", "--bootstrap", bootstrap));
      words.addAll(List.of("--site", name, "--name", "a", "--allow", Site.TARGETS));
      watch(name, site.namespace(), door, words.toArray(String[]::new));
    }
    awaitResults(door);
  }

  /// Waits until the reader has results of all sites.
  private void awaitResults(PageDoor door) throws InterruptedException {
    URI metrics = URI.create(door.address() + "metrics");
    while (sites.stream().anyMatch(site -> !hasResults(metrics, site.name()))) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Instant begun = ProcessHandle.current().info().startInstant().orElseThrow();
    Duration taken = Duration.between(begun, Instant.now());
    IO.println("results of all sites after " + taken.toSeconds() + " s");
  }

  private static boolean hasResults(URI metrics, String site) {
    String label = "site=\"" + site + "\"";
    try (InputStream in = metrics.toURL().openStream();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("ringtap_ping_requests_total{") && line.contains(label))
          .anyMatch(line -> !line.endsWith(" 0") && !line.endsWith(" 0.0"));
    } catch (IOException e) {
      return false; // the reader does not serve yet
    }
  }

  /// Has it closed at the end.
  private synchronized <T extends AutoCloseable> T keep(T each) throws Exception {
    if (isEnding) {
      each.close();
      throw new InterruptedException();
    }
    open.push(each);
    return each;
  }

  /// Starts `ringtap` in a namespace, which is to run to the end.
  ///
  /// @param door leads to the page, whose own address nobody outside can reach
  private void watch(String name, NetworkNamespace namespace, PageDoor door, String... words)
      throws Exception {
    Process process = run(namespace, words);
    Thread _ = Thread.ofVirtual().start(() -> print(name, process, door.address()));
    var _ =
        process
            .onExit()
            .thenAccept(ended -> {
              if (!isEnding) {
                IO.println(name + " has ended with exit code " + ended.exitValue());
                hasFailed = true;
                main.interrupt();
              }
            });
  }

  private void print(String name, Process process, String page) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!isEnding) {
          IO.println(name + ": " + line.replace(PAGE, page));
        }
      }
    } catch (IOException e) {
      // it has ended
    }
  }

  private Process run(NetworkNamespace namespace, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    Process process =
        namespace.process(command.toArray(String[]::new)).redirectErrorStream(true).start();
    AutoCloseable _ = keep(() -> end(process));
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close what it prints to
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      int _ = process.destroyForcibly().waitFor();
    }
  }

  private void show(long seconds) throws InterruptedException {
    long start = System.nanoTime();
    for (boolean isForAll = false; ; isForAll = !isForAll) {
      List<Site> blind = isForAll ? sites : sites.subList(0, 1);
      pause(start, seconds);
      IO.println(VICTIM + " is down at " + (isForAll ? "all sites" : blind.getFirst().name()));
      blind.forEach(site -> site.answer(VICTIM, false));
      pause(start, seconds);
      IO.println(VICTIM + " is back");
      blind.forEach(site -> site.answer(VICTIM, true));
      if (seconds > 0 && System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(seconds)) {
        return;
      }
    }
  }

  /// Waits for what happens next, or until the time is over.
  private static void pause(long start, long seconds) throws InterruptedException {
    long nanos = CALM.toNanos();
    if (seconds > 0) {
      nanos = Math.min(nanos, start + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime());
    }
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  /// Ends all that was started, the newest first, also when one of them fails.
  @Override
  public synchronized void close() {
    isEnding = true;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        IO.println("could not be ended: " + e);
      }
    }
  }
}

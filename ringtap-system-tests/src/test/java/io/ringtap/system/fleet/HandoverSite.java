package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.system.Command;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A site: a broker, 24 targets of 200 ms, and agents, each a process in a namespace of its own
/// that has one way to the targets and another one to the broker.
final class HandoverSite implements AutoCloseable {
  static final int TARGETS = 24;
  static final long INTERVAL_MICROS = 200_000;

  private static final Topics TOPICS = Topics.parse("ringtap");
  private static final String BROKER = "10.99.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int POLL_MILLIS = 100;

  private final List<Runnable> open = new ArrayList<>();
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, Thread> readers = new HashMap<>(); // of the newest run of each
  private final Path folder;
  private final NetworkNamespace hub;
  private final TestBroker broker;
  private final EchoWatch watch;

  /// Where an agent is.
  private record Machine(
      NetworkNamespace namespace,
      String address,
      Link brokerSide,
      List<Process> runs,
      List<String> lines) {
    private Process agent() {
      return runs.getLast();
    }
  }

  /// What a fault has done to the targets.
  record Effect(String fault, long silenceMicros, long twiceMicros) {
    double silenceSeconds() {
      return silenceMicros / 1e6;
    }

    @Override
    public String toString() {
      return "%-38s %6.2f s without probes  %6.2f s probed twice"
          .formatted(fault, silenceSeconds(), twiceMicros / 1e6);
    }
  }

  /// What a test does to the site.
  interface Fault {
    void happen() throws Exception;
  }

  HandoverSite(Path folder, int brokers) throws Exception {
    this.folder = folder;
    try {
      hub = NetworkNamespace.create("hub");
      open.add(hub::close);
      hub.forward();
      hub.link("lo").address(BROKER + "/32");
      VirtualHosts hosts = VirtualHosts.start(hub, "hosts", 1).own("10.64.0.0/24");
      open.add(hosts::close);
      watch = EchoWatch.on(hosts.link());
      open.add(watch::close);
      broker =
          new BrokerSetup()
              .brokers(brokers)
              .in(BROKER, builder -> hub.call(builder::start))
              .start();
      open.add(broker::close);
      apply();
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  private void apply() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("fleet.yml"),
            """
            groups:
              - name: core
                interval: 200ms
                timeout: 1s
                targets: [10.64.0.1-10.64.0.%d]
            """
                .formatted(TARGETS));
    Process apply =
        hub.process(
                Java.command(
                    Main.class,
                    "fleet",
                    "apply",
                    file.toString(),
                    "--bootstrap",
                    broker.bootstrap(),
                    "--shards",
                    "" + TARGETS))
            .start();
    assertThat(Command.finish(apply)).returns(0, Command.Result::exitCode);
  }

  TestBroker broker() {
    return broker;
  }

  /// Starts an agent, on the machine of that name.
  void start(String name, String... options) throws IOException {
    start(List.of(), name, options);
  }

  /// The same with a pipe as standard output whose reader ends at once.
  void startUnread(String name) throws IOException {
    start(List.of("bash", "-c", "exec \"$@\" > >(exec true)", "bash"), name);
  }

  private void start(List<String> prefix, String name, String... options) throws IOException {
    if (!machines.containsKey(name)) {
      machines.put(name, machine(name));
    }
    Machine machine = machines.get(name);
    List<String> words =
        new ArrayList<>(
            List.of(
                "fleet",
                "agent",
                "--bootstrap",
                broker.bootstrap(),
                "--site",
                "fra1",
                "--name",
                name,
                "--allow",
                "10.64.0.0/24",
                "--job-rate",
                "0",
                "--spool",
                folder.resolve(name).toString()));
    words.addAll(List.of(options));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(Java.command(Main.class, words.toArray(String[]::new))));
    Process agent =
        machine.namespace.process(command.toArray(String[]::new)).redirectErrorStream(true).start();
    open.add(agent::destroyForcibly);
    machine.runs.add(agent);
    BufferedReader lines = agent.inputReader();
    Thread reading = Thread.ofVirtual().start(() -> lines.lines().forEach(machine.lines::add));
    readers.put(name, reading);
  }

  private Machine machine(String name) throws IOException {
    int number = machines.size() + 1;
    NetworkNamespace namespace = NetworkNamespace.create(name);
    open.add(namespace::close);
    String address = "10.98." + number + ".2";
    VethPair way = VethPair.create(namespace, "up", hub, "down" + number);
    way.a().address(address + "/24");
    way.b().address("10.98." + number + ".1/24");
    namespace.routes().via("10.64.0.0/24", "10.98." + number + ".1");
    VethPair toBroker = VethPair.create(namespace, "kafka", hub, "kafka" + number);
    toBroker.a().address("10.97." + number + ".2/24");
    toBroker.b().address("10.97." + number + ".1/24");
    namespace.routes().via(BROKER + "/32", "10.97." + number + ".1");
    return new Machine(
        namespace, address, toBroker.b(), new ArrayList<>(), new CopyOnWriteArrayList<>());
  }

  /// What the agent has printed in all of its runs, so far.
  List<String> lines(String name) {
    return machines.get(name).lines;
  }

  /// Ends an agent in order, and waits until that is done and all that it prints is read.
  void end(String name) throws InterruptedException {
    Process agent = machines.get(name).agent();
    agent.toHandle().destroy(); // SIGTERM only: Process.destroy would close the pipe as well
    assertThat(agent.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    readers.get(name).join();
    assertThat(agent.exitValue()).isZero();
  }

  /// Ends an agent by SIGKILL.
  void kill(String name) {
    machines.get(name).agent().destroyForcibly();
  }

  /// The agent's way to the broker, at the broker's end.
  Link wayToBroker(String name) {
    return machines.get(name).brokerSide;
  }

  /// Has something happen, waits until each target is probed by one of some agents only, and says
  /// what it did.
  Effect effect(String fault, Fault what, String... agents) throws Exception {
    long start = micros();
    what.happen();
    awaitSteady(fault, micros(), agents);
    return new Effect(fault, watch.silenceMicros(start), watch.twiceMicros(start, INTERVAL_MICROS));
  }

  private void awaitSteady(String after, long sinceMicros, String... agents) {
    Set<String> sources = new TreeSet<>();
    for (String agent : agents) {
      sources.add(machines.get(agent).address);
    }
    boolean isSteady =
        Eventually.within(
            PATIENCE,
            () -> {
              Thread.sleep(POLL_MILLIS);
              return watch.isSteady(sinceMicros, TARGETS, sources);
            });
    assertThat(isSteady).as("all targets are probed by %s after: %s", sources, after).isTrue();
  }

  private static long micros() {
    return System.currentTimeMillis() * 1_000;
  }

  /// How many requests of an agent are on the wire.
  long onTheWire(String name) {
    String source = machines.get(name).address;
    return watch.echoes().stream().filter(echo -> echo.source().equals(source)).count();
  }

  DeliveredProbes delivered() throws Exception {
    return hub.call(
        () -> DeliveredProbes.read(Connection.of(List.of(broker.bootstrap()), null), TOPICS));
  }

  @Override
  public void close() {
    for (Runnable each : open.reversed()) {
      each.run();
    }
  }
}

package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.job.call.JobName;
import io.ringtap.fleet.job.call.SitePath;
import io.ringtap.fleet.job.call.SweepCall;
import io.ringtap.fleet.job.call.SweepStanding;
import io.ringtap.fleet.job.call.TraceCall;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.Space;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.fleet.record.Topics;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import io.ringtap.trace.TraceOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Jobs over a real broker: agents are processes, each in a namespace of its own, from which all
/// ways lead through the one where the broker and the hosts are.
@RequiresRoot
class JobsTest {
  private static final Topics TOPICS = Topics.parse("jobs");
  private static final String HOSTS = "10.64.0.0/20";
  private static final int SIZE = 4096;
  private static final int ANSWERING = SIZE - 256;
  private static final String BROKER = "10.99.0.1";

  private static final List<AutoCloseable> open = new ArrayList<>();
  private static NetworkNamespace hub;
  private static VirtualHosts hosts;
  private static TestBroker broker;
  private static int number;

  @BeforeAll
  static void start() throws Exception {
    hub = NetworkNamespace.create("hub");
    open.add(hub);
    hub.forward();
    hub.link("lo").address(BROKER + "/32");
    hub.sysctl("net.ipv4.icmp_ratelimit", "0");
    hosts =
        VirtualHosts.start(hub, "hosts", 1).own(HOSTS).behave("10.64.3.0/24", HostBehaviour.SILENT);
    open.add(hosts);
    broker = new BrokerSetup().in(BROKER, builder -> hub.call(builder::start)).start();
    open.add(broker);
    List<Process> agents =
        List.of(
            startAgent("fra1", "a", "0.0.0.0/0"),
            startAgent("ams2", "a", "0.0.0.0/0"),
            startAgent("nyc3", "a", "10.64.0.0/21"));
    for (Process agent : agents) {
      awaitReady(agent);
    }
  }

  @AfterAll
  static void end() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private static Process startAgent(String site, String name, String allowed) throws IOException {
    number++;
    NetworkNamespace namespace = NetworkNamespace.create(site);
    open.add(namespace);
    VethPair cable = VethPair.create(namespace, "up", hub, "down" + number);
    cable.a().address("10.98." + number + ".2/24");
    cable.b().address("10.98." + number + ".1/24");
    namespace.routes().via("0.0.0.0/0", "10.98." + number + ".1");
    String[] command =
        Java.command(
            JobAgentMain.class, broker.bootstrap(), TOPICS.prefix(), site, name, allowed, "1000");
    Process agent =
        namespace.process(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    open.add(agent::destroyForcibly);
    return agent;
  }

  private static void awaitReady(Process agent) throws IOException {
    BufferedReader out = agent.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
  }

  private static Connection connection() throws BrokerException {
    return Connection.of(List.of(broker.bootstrap()), null);
  }

  private static SweepTask sweep(String range) {
    return new SweepTask(
        new Space(List.of(IpRange.parse(range)), List.of(), List.of()),
        List.of(),
        7,
        SweepOptions.DEFAULT.withTimeout(Duration.ofMillis(500)),
        new SweepTask.Wish(false, false));
  }

  /// What a sweep has brought.
  private static final class Heard implements SweepCall.Listener {
    private final List<IpAddress> addresses = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void onAnswers(List<KeptAnswer> answers) {
      answers.forEach(answer -> addresses.add(answer.target()));
    }

    @Override
    public void onNote(String line) {
      notes.add(line);
    }
  }

  private static SweepStanding run(SweepTask task, List<String> at, double rate, Heard heard)
      throws Exception {
    return hub.call(() -> {
      try (SweepCall call =
          SweepCall.open(connection(), TOPICS, JobName.random(), at, task, rate)) {
        call.run(heard);
        return call.standing();
      }
    });
  }

  @Test
  void findsEachHostOnceThoughAnAgentIsKilledInTheMiddle() throws Exception {
    Process victim = startAgent("ams2", "b", "0.0.0.0/0");
    awaitReady(victim);
    Heard heard = new Heard();
    Thread killer =
        Thread.ofVirtual()
            .start(() -> {
              Eventually.await("answers", () -> !heard.addresses.isEmpty());
              victim.destroyForcibly();
            });

    SweepStanding end = run(sweep(HOSTS), List.of(), 800, heard);
    killer.join();

    assertThat(heard.addresses).as("%s", end).doesNotHaveDuplicates().hasSize(ANSWERING);
    assertThat(heard.notes).contains("ams2/b is gone; what it had is given to others");
    assertThat(end.problems()).isEmpty();
    assertThat(end.again()).isPositive();
    assertThat(end.completed()).isEqualTo(SIZE);
    assertThat(end.counters().sent()).isEqualTo(SIZE);
    assertThat(end.counters().found()).isEqualTo(ANSWERING);
  }

  @Test
  void probesWhatIsAllowedAndSaysWhatIsNot() throws Exception {
    Heard heard = new Heard();

    SweepStanding end = run(sweep("10.64.4.0-10.64.8.255"), List.of("nyc3"), 3000, heard);

    assertThat(heard.addresses).as("%s", end).doesNotHaveDuplicates().hasSize(1024);
    assertThat(end.problems())
        .containsExactly(
            "256 addresses were not probed: on no agent's allow-list: 10.64.8.0-10.64.8.255");
    assertThat(end.done().keySet()).containsExactly("nyc3/a");
    assertThat(run(sweep("10.64.9.0/24"), List.of("nyc3"), 3000, new Heard()).problems())
        .containsExactly("nyc3/a: none of its addresses is allowed here");
  }

  @Test
  void stopsTheAgentsWhenTheCallerStops() throws Exception {
    SweepStanding end =
        hub.call(() -> {
          SweepTask task = sweep(HOSTS);
          try (SweepCall call =
              SweepCall.open(connection(), TOPICS, JobName.random(), List.of("fra1"), task, 300)) {
            Thread.ofVirtual()
                .start(() -> {
                  Eventually.await("probes", () -> call.standing().sent() > 0);
                  call.stop();
                });
            call.run(new Heard());
            return call.standing();
          }
        });

    assertThat(end.completed()).isLessThan(SIZE);
    long[] before = {hosts.link().counters().txPackets()};
    Eventually.await(
        "silence",
        () -> {
          Thread.sleep(300); // in which a sweep would send 90 probes
          long now = hosts.link().counters().txPackets();
          long grown = now - before[0];
          before[0] = now;
          return grown == 0;
        });
  }

  @Test
  void saysThatThereIsNoAgent() throws Exception {
    assertThat(run(sweep(HOSTS), List.of("sfo4"), 300, new Heard()).problems())
        .containsExactly("no agent has answered");
  }

  @Test
  void tracesFromEverySiteAndNamesTheOneThatCannot() throws Exception {
    IpAddress target = IpAddress.parse("10.64.9.9");
    TraceTask task =
        new TraceTask(
            List.of(target),
            TraceOptions.DEFAULT.withRounds(2).withInterval(Duration.ofMillis(100)));

    List<SitePath> paths =
        hub.call(() -> {
          try (TraceCall call =
              TraceCall.open(
                  connection(),
                  TOPICS,
                  JobName.random(),
                  List.of("fra1", "ams2", "nyc3", "sfo4"),
                  task)) {
            return call.run();
          }
        });

    assertThat(paths).extracting(SitePath::site).containsExactly("ams2", "fra1", "nyc3", "sfo4");
    Set<IpAddress> gateways = new TreeSet<>();
    for (SitePath site : paths.subList(0, 2)) {
      Path path = site.paths().getFirst();
      assertThat(path.isReached()).isTrue();
      assertThat(path.hops()).hasSize(2);
      assertThat(path.hops().getLast().responders().getFirst().address()).isEqualTo(target);
      gateways.add(path.hops().getFirst().responders().getFirst().address());
    }
    assertThat(gateways).hasSize(2);
    assertThat(paths.get(2).problem()).isEqualTo("nyc3/a: none of its addresses is allowed here");
    assertThat(paths.get(3).problem()).isEqualTo("no agent");
  }
}

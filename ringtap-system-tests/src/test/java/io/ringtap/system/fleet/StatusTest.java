package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.system.Command;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `ringtap fleet status` over a real broker, with an agent in a namespace at each of two sites.
@RequiresRoot
class StatusTest {
  private static final String BROKER = "10.99.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SHARDS = 4;

  @TempDir private static Path folder;

  private static final List<AutoCloseable> open = new ArrayList<>();
  private static NetworkNamespace hub;
  private static TestBroker broker;
  private static int number;

  @BeforeAll
  static void start() throws Exception {
    hub = NetworkNamespace.create("hub");
    open.add(hub);
    hub.forward();
    hub.link("lo").address(BROKER + "/32");
    broker = new BrokerSetup().in(BROKER, builder -> hub.call(builder::start)).start();
    open.add(broker);
  }

  @AfterAll
  static void end() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private static Process start(NetworkNamespace namespace, String word, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("fleet", word, "--bootstrap", broker.bootstrap()));
    words.addAll(List.of(more));
    Process process =
        namespace.process(Java.command(Main.class, words.toArray(String[]::new))).start();
    open.add(process::destroyForcibly);
    return process;
  }

  private static Command.Result run(String word, String... more) throws Exception {
    return Command.finish(start(hub, word, more));
  }

  private static Process startAgent(String site) throws IOException {
    number++;
    NetworkNamespace namespace = NetworkNamespace.create(site);
    open.add(namespace);
    VethPair cable = VethPair.create(namespace, "up", hub, "down" + number);
    cable.a().address("10.98." + number + ".2/24");
    cable.b().address("10.98." + number + ".1/24");
    namespace.routes().via("0.0.0.0/0", "10.98." + number + ".1");
    Process agent =
        start(namespace, "agent", "--site", site, "--name", "a", "--allow", "10.99.0.0/24");
    drain(agent.inputReader());
    drain(agent.errorReader());
    return agent;
  }

  private static void drain(BufferedReader reader) {
    Thread.ofVirtual().start(() -> reader.lines().forEach(_ -> {}));
  }

  private static boolean isWatched(JsonNode site) {
    return site.path("unwatched").asInt() == 0
        && site.path("unassigned_shards").isEmpty()
        && site.path("agents").size() == 1
        && site.path("agents").path(0).path("state").asString().equals("alive")
        && site.path("agents").path(0).path("targets").asInt() > 0;
  }

  /// Reads lines until one is as wanted.
  private static JsonNode await(BufferedReader lines, Predicate<JsonNode> wanted) {
    return CompletableFuture.supplyAsync(
            () -> {
              JsonMapper mapper = new JsonMapper();
              String[] last = {""};
              return lines
                  .lines()
                  .peek(line -> last[0] = line)
                  .map(mapper::readTree)
                  .filter(wanted)
                  .findFirst()
                  .orElseThrow(() -> new AssertionError("has ended after " + last[0]));
            })
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Test
  void showsWhatNobodyWatchesWhenTheAgentOfASiteIsKilled() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("fleet.yml"),
            """
            groups:
              - name: core
                targets: [10.99.0.1, 10.99.0.2, 10.99.0.3, 10.99.0.4, 10.99.0.5]
              - name: edge
                sites: [ams2]
                targets: [10.99.0.6]
            """);
    assertThat(run("apply", file.toString(), "--shards", "" + SHARDS))
        .returns(0, Command.Result::exitCode);
    Process victim = startAgent("fra1");
    Process _ = startAgent("ams2");
    Process status = start(hub, "status", "--json", "-c", "0", "-i", "500ms");
    BufferedReader lines = status.inputReader();

    JsonNode all =
        await(
            lines,
            line -> line.path("sites").valueStream().filter(StatusTest::isWatched).count() == 2);
    victim.destroyForcibly();
    JsonNode silent =
        await(
            lines,
            line ->
                line.path("sites")
                        .path(1)
                        .path("agents")
                        .path(0)
                        .path("state")
                        .asString()
                        .equals("silent")
                    && line.path("unwatched").asInt() > 0);
    status.destroyForcibly();
    Command.Result once = run("status");
    Command.Result other = run("status", "--site", "ams2");

    assertThat(all.path("shards").asInt()).isEqualTo(SHARDS);
    assertThat(all.path("targets").asInt()).isEqualTo(6);
    assertThat(all.path("sites").path(0).path("site").asString()).isEqualTo("ams2");
    assertThat(all.path("sites").path(0).path("targets").asInt()).isEqualTo(6);
    assertThat(all.path("sites").path(1).path("targets").asInt()).isEqualTo(5);
    assertThat(silent.path("unwatched").asInt()).isEqualTo(5);
    assertThat(silent.path("sites").path(1).path("unassigned_shards").size()).isEqualTo(SHARDS);
    assertThat(once.exitCode()).isEqualTo(1);
    assertThat(once.out())
        .contains("fra1: no agent has 5 of 5 targets, in shards 0-3")
        .anyMatch(line -> line.matches("ams2/a .* alive .*"))
        .anyMatch(line -> line.matches("fra1/a .* silent \\d+s .*"));
    assertThat(other.exitCode()).isEqualTo(0);
    assertThat(other.out()).noneMatch(line -> line.contains("fra1"));
  }

  @Test
  void saysThatThereIsNoFleet() throws Exception {
    Command.Result result = run("status", "--topics", "absent");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err())
        .singleElement()
        .asString()
        .matches(
            "ringtap fleet status: no topic absent\\.[a-z]+: 'ringtap fleet apply' makes the topics"
                + " of a fleet");
  }

  @Test
  void saysThatNoBrokerIsThere() throws Exception {
    Process process =
        hub.process(
                Java.command(Main.class, "fleet", "status", "--json", "--bootstrap", "10.99.0.1:1"))
            .start();
    Command.Result result = Command.finish(process);

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .anyMatch(line -> line.contains("cannot reach a broker at 10.99.0.1:1"));
  }
}

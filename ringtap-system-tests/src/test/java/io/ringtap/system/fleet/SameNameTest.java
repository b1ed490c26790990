package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.system.Command;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.RequiresRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two agents of one name at a site.
@RequiresRoot
class SameNameTest {
  private static final String SHARE = "4 shards, 2 targets";

  @TempDir private static Path folder;

  private static TestBroker broker;
  private static final List<Process> agents = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    broker = TestBroker.start();
  }

  @AfterAll
  static void end() {
    agents.forEach(Process::destroyForcibly);
    broker.close();
  }

  private static Process start(String word, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("fleet", word, "--bootstrap", broker.bootstrap()));
    words.addAll(List.of(more));
    return new ProcessBuilder(Java.command(Main.class, words.toArray(String[]::new))).start();
  }

  private static Process startAgent() throws IOException {
    Process agent = start("agent", "--site", "fra1", "--name", "a", "--allow", "127.0.0.0/8");
    agents.add(agent);
    return agent;
  }

  private static void awaitShare(BufferedReader lines) {
    boolean hasShare =
        CompletableFuture.supplyAsync(() -> lines.lines().anyMatch(SHARE::equals))
            .orTimeout(2, TimeUnit.MINUTES)
            .join();
    assertThat(hasShare).isTrue();
  }

  @Test
  void theFirstEndsAndTheSecondHasItsShare() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("fleet.yml"),
            "groups: [{name: core, targets: [127.0.0.1, 127.0.0.2]}]\n");
    assertThat(Command.finish(start("apply", file.toString(), "--shards", "4")))
        .returns(0, Command.Result::exitCode);
    Process first = startAgent();
    awaitShare(first.inputReader());

    Process second = startAgent();
    awaitShare(second.inputReader());
    Command.Result ended = Command.finish(first);

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err())
        .contains(
            "ringtap fleet agent: another agent with the name 'a' has joined this site; each needs"
                + " a name of its own");
    assertThat(second.isAlive()).isTrue();
  }
}

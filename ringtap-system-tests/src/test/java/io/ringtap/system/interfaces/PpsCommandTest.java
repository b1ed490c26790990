package io.ringtap.system.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `ringtap pps` on a cable whose frames can be counted to the last.
class PpsCommandTest {
  private static final int MOST_LINES = 2000; // some minutes' worth

  private NetworkNamespace here;
  private NetworkNamespace there;
  private VethPair pair;
  private Command ringtap;

  @BeforeEach
  void layCable() throws IOException {
    Requirement.root();
    here = NetworkNamespace.create("here");
    there = NetworkNamespace.create("there");
    pair = DeviceFrames.quietCable(here, "va", there, "vb");
    ringtap = new Command(there);
  }

  @AfterEach
  void endNamespaces() {
    if (there != null) {
      there.close();
    }
    if (here != null) {
      here.close();
    }
  }

  /// Reads objects up to the first that is `last`.
  private static List<Map<String, Object>> readUntil(
      BufferedReader lines, Predicate<Map<String, Object>> last) throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (int i = 0; i < MOST_LINES; i++) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      Map<String, Object> object = JsonLines.parse(List.of(line)).getFirst();
      objects.add(object);
      if (last.test(object)) {
        return objects;
      }
    }
    throw new AssertionError("never came: " + objects);
  }

  private static long sum(List<Map<String, Object>> objects, String field) {
    return objects.stream()
        .filter(object -> object.get("type").equals("interface"))
        .mapToLong(object -> (long) object.getOrDefault(field, 0L))
        .sum();
  }

  /// [Process#destroy] would close the streams before they are read.
  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    assertThat(code).isZero();
  }

  @Test
  void countsEveryFrameAndEndsWellWithCtrlC() throws Exception {
    Process process = ringtap.start("pps", "--json", "-i", "50ms", "vb");
    try {
      BufferedReader lines = process.inputReader();
      List<Map<String, Object>> objects = new ArrayList<>(readUntil(lines, _ -> true));

      DeviceFrames.send(pair.a(), 1000, 100);
      DeviceFrames.send(pair.b(), 10, 60);
      long[] seen = {0};
      objects.addAll(
          readUntil(
              lines, object -> (seen[0] += (long) object.getOrDefault("rx_packets", 0L)) >= 1000));
      objects.addAll(readUntil(lines, _ -> true));
      signal(process, "INT");
      Command.Result rest = Command.finish(process);

      objects.addAll(JsonLines.parse(rest.out()));
      assertThat(rest.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(rest.err()).isEmpty();
      assertThat(objects).allMatch(object -> object.get("interface").equals("vb"));
      assertThat(sum(objects, "rx_packets")).isEqualTo(1000);
      assertThat(sum(objects, "rx_bytes")).isEqualTo(100_000);
      assertThat(sum(objects, "tx_packets")).isEqualTo(10);
      assertThat(sum(objects, "tx_bytes")).isEqualTo(600);
      for (Map<String, Object> object : objects) {
        double seconds = (long) object.getOrDefault("elapsed_ns", 0L) / 1e9;
        double rate = (double) object.getOrDefault("rx_packets_per_s", -1.0);
        assertThat(Math.round(rate * seconds)).isEqualTo(object.get("rx_packets"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void followsInterfacesThatComeAndGo() throws Exception {
    Process process = ringtap.start("pps", "--json", "-i", "20ms");
    try {
      BufferedReader lines = process.inputReader();
      readUntil(lines, object -> "vb".equals(object.get("interface")));

      run("ip", "link", "set", "vb", "name", "vx");
      readUntil(lines, object -> object.get("type").equals("renamed"));
      run("ip", "link", "add", "vnew", "type", "veth", "peer", "name", "vend");
      readUntil(lines, object -> isOf(object, "appeared", "vnew"));
      readUntil(lines, object -> isOf(object, "interface", "vnew"));
      run("ip", "link", "del", "vnew");
      readUntil(lines, object -> isOf(object, "vanished", "vnew"));
      signal(process, "TERM");
      Command.Result rest = Command.finish(process);

      assertThat(rest.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(rest.err())
          .contains(
              "ringtap pps: vb is now vx",
              "ringtap pps: vnew has appeared",
              "ringtap pps: vnew has vanished");
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isOf(Map<String, Object> object, String type, String name) {
    return type.equals(object.get("type")) && name.equals(object.get("interface"));
  }

  private void run(String... command) throws IOException, InterruptedException {
    assertThat(Command.finish(there.start(command)).err()).isEmpty();
  }

  @Test
  void writesLinesWithQueuesAndCpusWhereNobodyWatches() throws Exception {
    Command.Result result = ringtap.run("pps", "-i", "10ms", "-c", "2", "--queues", "--cpus", "vb");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).filteredOn(line -> line.contains("  vb  ")).hasSize(2);
    assertThat(result.out()).filteredOn(line -> line.contains("  vb rx-0  ")).hasSize(2);
    assertThat(result.out()).filteredOn(line -> line.contains("  cpu0  ")).hasSize(2);
    assertThat(result.out()).first().asString().startsWith("time      interface ");
    assertThat(result.out()).noneMatch(line -> line.contains("\u001B"));
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesBadArgumentsInOneLine() throws Exception {
    for (Map.Entry<String, String> refused :
        Map.of(
                "nope", "there is no interface 'nope'; there are lo, vb",
                "-i 0", "-i must be at least 1ms and at most 24h",
                "-c -1", "-c must not be negative")
            .entrySet()) {
      String[] words = ("pps " + refused.getKey()).split(" ", -1);

      Command.Result result = ringtap.run(words);

      assertThat(result.err()).containsExactly("ringtap pps: " + refused.getValue());
      assertThat(result.out()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
    }
  }
}

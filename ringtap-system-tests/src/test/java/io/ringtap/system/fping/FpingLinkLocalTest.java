package io.ringtap.system.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.fping.FpingNetwork.Said;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Link-local addresses, beside fping: with their scope, with an interface instead, and with
/// neither, where the routes choose the link.
class FpingLinkLocalTest {
  private static NetworkNamespace here;
  private static NetworkNamespace there;

  @BeforeAll
  static void open() throws Exception {
    Requirement.root();
    Requirement.tool("fping");
    here = NetworkNamespace.create("here");
    there = NetworkNamespace.create("there");
    VethPair cable = VethPair.create(here, "v0", there, "v1");
    cable.a().up();
    cable.b().up().address("fe80::77/64");
    // Until duplicates of the addresses have been looked for, there are none to send from.
    Eventually.await(
        "an answer", () -> here.call(() -> Command.finish(fping("fe80::77%v0"))).exitCode() == 0);
  }

  @AfterAll
  static void close() {
    if (there != null) {
      there.close();
    }
    if (here != null) {
      here.close();
    }
  }

  private static Process fping(String... arguments) throws Exception {
    return here.start(
        Stream.concat(Stream.of("fping"), Stream.of(arguments)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 1 fe80::77",
        "-c 1 -I v0 fe80::77",
        "-c 1 fe80::77%v0",
        "-c 1 -I v0 fe80::77%v0",
        "-c 1 -I v0 fe80::77 ::1",
        "-c 1 -t 100 -I lo fe80::77",
        "-c 1 fe80::77%nope",
        "-a -r 0 fe80::77 fe80::77%v0"
      })
  void saysWhatFpingSays(String arguments) throws Exception {
    String[] words = arguments.split(" ");
    Process process = fping(words);

    Command.Result ours =
        new Command(here)
            .run(Stream.concat(Stream.of("fping"), Stream.of(words)).toArray(String[]::new));
    Command.Result theirs = Command.finish(process);

    assertThat(said(ours)).isEqualTo(said(theirs));
  }

  private static Said said(Command.Result result) {
    return new Said(result.exitCode(), result.out(), result.err()).withoutTimes();
  }
}

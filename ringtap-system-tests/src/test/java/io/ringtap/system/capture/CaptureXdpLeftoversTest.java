package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.kernel.AttachedXdp;
import io.ringtap.error.LinuxException;
import io.ringtap.system.Command;
import io.ringtap.system.ForeignXdp;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What captures by XDP leave: the program of someone else, and nothing of their own.
@RequiresRoot
class CaptureXdpLeftoversTest extends CaptureXdpLab {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesTheProgramOfSomeoneElseAndNothingOfItsOwn(boolean isStealing) throws Exception {
    int index = lab.near().index();
    try (ForeignXdp theirs = ForeignXdp.on(lab.near())) {
      OpenDescriptors.assertNoneLeft(() ->
          assertThatThrownBy(() -> lab.open(options(isStealing)).close())
              .isInstanceOf(LinuxException.class)
              .hasMessageContaining("XDP on near0")
              .hasMessageContaining(theirs.refusal()));
      assertThat(lab.captures().call(() -> AttachedXdp.of(index)))
          .containsExactly(new AttachedXdp("native mode", theirs.id(), ForeignXdp.NAME));
    }
    OpenDescriptors.assertNoneLeft(() -> lab.capture(options(isStealing), () -> {}));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKilledCommandLeavesNothing(boolean isStealing) throws Exception {
    NetworkNamespace captures = lab.captures();
    List<String> words = new ArrayList<>(List.of("-i", "near0", "--mode", "xdp", "-c", "1000000"));
    if (isStealing) {
      words.add("--steal");
    }
    words.add("udp");
    try (CaptureProcess process =
        CaptureProcess.start(new Command(captures), words.toArray(String[]::new))) {
      assertThat(state()).contains("xdp");
      sender.number(0, 1000);

      process.signal("KILL");

      Eventually.await("the program to go", () -> !state().contains("xdp"));
      assertThat(process.finish().exitCode()).isEqualTo(128 + 9);
    }
    long before = seenByHost();
    sender.number(0, 1000);
    Eventually.await("the host to see all", () -> seenByHost() == before + 1000);
    // Nor is its socket left: the queue is free.
    assertThat(lab.capture(options(true), () -> {})).isEmpty();
  }

  /// What `ip` says of the interface.
  private String state() {
    try {
      Process process = lab.captures().start("ip", "-d", "link", "show", "near0");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

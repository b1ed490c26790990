package io.ringtap.lab.experiment.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.CaptureMode;
import io.ringtap.lab.profile.Profiler;
import io.ringtap.lab.profile.Watch;
import io.ringtap.lab.report.Profile;
import io.ringtap.lab.report.Profile.Part;
import io.ringtap.testing.RequiresRoot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is known of two rungs: which functions of the kernel they go through, and how often they
/// call it.
@RequiresRoot
class LadderProfileTest {
  private static final long FRAMES = 200_000;
  private static final long BUFFER_BYTES = 64 << 20; // nothing is dropped

  private static Profile profile(CaptureMode mode) throws Exception {
    CaptureRung rung = new CaptureRung(mode, 1, false);
    try (CaptureNetwork network = CaptureNetwork.create("profile")) {
      LadderRun _ = rung.run(network, BUFFER_BYTES, FRAMES, 0); // in which the JVM compiles
      return new Profiler()
          .profile(
              rung.label(),
              "1 CPU injects",
              watch -> {
                network.watch(watch);
                LadderRun run = rung.run(network, BUFFER_BYTES, FRAMES, 0);
                network.watch(Watch.NONE);
                return Optional.ofNullable(run.contradiction());
              })
          .orElseThrow();
    }
  }

  private static long samplesOf(Profile profile, String function) {
    return profile.frames().stream()
        .filter(frame -> frame.depth() > 0 && frame.name().equals(function))
        .mapToLong(Profile.Frame::samples)
        .sum();
  }

  @Test
  void theRingIsFilledByTheKernelAndReadWithoutACallForEachPacket() throws Exception {
    Profile ring = profile(CaptureMode.RING);

    assertThat(samplesOf(ring, "tpacket_rcv")).isPositive();
    assertThat(ring.samples(Part.KERNEL)).isGreaterThan(ring.samples(Part.PEER));
    assertThat(ring.systemCalls())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.calls()).isLessThan(FRAMES / 10));
  }

  @Test
  void packetsAreReceivedByCallsThatCopy() throws Exception {
    Profile recv = profile(CaptureMode.RECV);

    assertThat(samplesOf(recv, "packet_rcv")).isPositive();
    assertThat(samplesOf(recv, "packet_recvmsg")).isPositive();
    assertThat(recv.systemCalls())
        .anySatisfy(call -> {
          assertThat(call.name()).isEqualTo("recvmmsg");
          assertThat(call.calls()).isPositive();
        });
  }
}

package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.system.Command;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What befalls the interfaces of a capture is told once, and the capture goes on while it has one.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureInterfaceTest extends CaptureLabTest {
  private final List<InterfaceEvent> events = new CopyOnWriteArrayList<>();
  private final Seen seen = new Seen();
  private long next;

  /// Keeps the numbers of frames, and the interfaces of all packets, that it is shown.
  private static final class Seen implements PacketHandler {
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();
    private final Set<Integer> interfaces = ConcurrentHashMap.newKeySet();

    @Override
    public void onPacket(Frame packet) {
      interfaces.add(packet.interfaceIndex());
      if (packet.caplen() == 60) {
        numbers.add(CaptureLab.sequence(packet));
      }
    }
  }

  private Capture start(CaptureOptions options) throws IOException {
    Capture capture = lab.open(options);
    capture.start(_ -> seen, events::add);
    return capture;
  }

  /// Sends numbered frames until one is shown: a link that came up carries them after a moment.
  private void awaitPackets() {
    long first = next;
    await()
        .atMost(CaptureLab.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          sender.number(next++, 1);
          return seen.numbers.stream().anyMatch(number -> number >= first);
        });
  }

  private void awaitEvents(int count) {
    await().atMost(CaptureLab.PATIENCE).until(() -> events.size() >= count);
  }

  private void rename(String from, String to) throws IOException, InterruptedException {
    Process ip = lab.captures().process("ip", "link", "set", from, "name", to).start();
    assertThat(Command.finish(ip).exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void goesOnThroughDownUpAndANewName(CaptureMode mode) throws Exception {
    Requirement.tool("ip");
    int index = lab.near().index();
    try (Capture capture = start(CaptureLab.options().withMode(mode).withThreads(2))) {
      awaitPackets();

      lab.near().down();
      awaitEvents(1);
      lab.near().up();
      awaitEvents(2);
      awaitPackets();
      lab.near().down();
      awaitEvents(3);
      rename("near0", "other0");
      awaitEvents(4);
      lab.captures().link("other0").up();
      awaitEvents(5);
      awaitPackets();
      capture.stop();
      capture.await();

      assertThat(events)
          .containsExactly(
              new InterfaceEvent.Down(index, "near0"),
              new InterfaceEvent.Up(index, "near0"),
              new InterfaceEvent.Down(index, "near0"),
              new InterfaceEvent.Renamed(index, "near0", "other0"),
              new InterfaceEvent.Up(index, "other0"));
      assertThat(capture.interfaces().getFirst().name()).isEqualTo("near0");
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void showsWhatCameAndEndsWhenItsLastInterfaceHasVanished(CaptureMode mode) throws Exception {
    int index = lab.near().index();
    CaptureOptions options = CaptureLab.options().withMode(mode).withRetire(Duration.ofMillis(200));
    try (Capture capture = start(options.withThreads(2))) {
      sender.number(0, 1000, 60, 16);
      lab.near().delete();
      capture.await();

      assertThat(events)
          .containsExactly(
              new InterfaceEvent.Down(index, "near0"), new InterfaceEvent.Vanished(index, "near0"));
      assertThat(seen.numbers).hasSize(1000);
      assertThat(capture.counters().captured()).isEqualTo(1000);
      assertThat(capture.counters().offered()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void goesOnWithTheInterfaceThatIsLeft(CaptureMode mode) throws Exception {
    VethPair second = lab.cable("far1", "near1");
    int first = lab.near().index();
    int index = second.b().index();
    try (Capture capture =
        start(
            CaptureOptions.on("near0", "near1").withMode(mode).withRetire(Duration.ofMillis(5)))) {
      second.b().delete();
      awaitEvents(2);
      awaitPackets();
      assertThat(events)
          .containsExactly(
              new InterfaceEvent.Down(index, "near1"), new InterfaceEvent.Vanished(index, "near1"));

      lab.near().delete();
      capture.await();

      assertThat(events)
          .hasSize(4)
          .endsWith(
              new InterfaceEvent.Down(first, "near0"), new InterfaceEvent.Vanished(first, "near0"));
    }
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void anyGoesOnAndTakesInWhatAppears(CaptureMode mode) throws Exception {
    VethPair second = lab.cable("far1", "near1");
    int index = second.b().index();
    try (Capture capture =
        start(
            CaptureOptions.on(CaptureOptions.ANY)
                .withMode(mode)
                .withRetire(Duration.ofMillis(5)))) {
      second.b().delete();
      awaitEvents(2);
      lab.near().delete();
      awaitEvents(4);
      VethPair third = lab.cable("far2", "near2");
      int newIndex = third.b().index();
      try (FrameSender newSender = FrameSender.on(third.a())) {
        await()
            .atMost(CaptureLab.PATIENCE)
            .until(() -> {
              newSender.number(0, 1);
              return seen.interfaces.contains(newIndex);
            });
      }
      capture.stop();
      capture.await();

      assertThat(events)
          .startsWith(
              new InterfaceEvent.Down(index, "near1"), new InterfaceEvent.Vanished(index, "near1"))
          .containsOnlyOnce(new InterfaceEvent.Appeared(newIndex, "near2"))
          .containsOnlyOnce(new InterfaceEvent.Up(newIndex, "near2"))
          .hasSize(6);
    }
  }
}

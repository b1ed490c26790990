package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The events for the kernel's messages.
class InterfaceMonitorEventsTest {
  private static final int UP = 1;
  private static final int BRIDGE = 7; // AF_BRIDGE

  private final Arena arena = Arena.ofConfined();
  private final KnownInterfaces known = new KnownInterfaces();
  private final List<InterfaceEvent> events = new ArrayList<>();

  @AfterEach
  void free() {
    arena.close();
  }

  private void hear(int type, int family, int index, String name, int flags) {
    InterfaceMonitor.accept(message(type, family, index, name, flags), known, events::add);
  }

  private MemorySegment message(int type, int family, int index, String name, int flags) {
    return TestMessage.link(type, family, Link.ETHER, index, flags).with(3, name).build(arena);
  }

  private static Link link(int index, String name, int flags) {
    return new Link(
        index, name, 1, 1500, flags, OperationalState.UP, "", 0, 0, false, 1, 1, "", List.of());
  }

  @Test
  void tellsALifeInOrder() {
    hear(TestMessage.NEW_LINK, 0, 5, "a", 0);
    hear(TestMessage.NEW_LINK, 0, 5, "a", UP);
    hear(TestMessage.NEW_LINK, 0, 5, "a", UP | 0x40);
    hear(TestMessage.NEW_LINK, 0, 5, "a", 0);
    hear(TestMessage.NEW_LINK, 0, 5, "b", 0);
    hear(TestMessage.DEL_LINK, 0, 5, "b", 0);

    assertThat(events)
        .containsExactly(
            new InterfaceEvent.Appeared(5, "a"),
            new InterfaceEvent.Up(5, "a"),
            new InterfaceEvent.Down(5, "a"),
            new InterfaceEvent.Renamed(5, "a", "b"),
            new InterfaceEvent.Vanished(5, "b"));
  }

  @Test
  void doesNotTakeLeavingABridgeForVanishing() {
    hear(TestMessage.NEW_LINK, 0, 5, "a", UP);
    events.clear();

    hear(TestMessage.NEW_LINK, BRIDGE, 5, "a", 0);
    hear(TestMessage.DEL_LINK, BRIDGE, 5, "a", UP);

    assertThat(events).isEmpty();
  }

  @Test
  void readsSeveralMessagesOfOneDatagram() {
    MemorySegment first = message(TestMessage.NEW_LINK, 0, 5, "a", 0);
    MemorySegment second = message(TestMessage.DEL_LINK, 0, 5, "a", 0);
    MemorySegment both = arena.allocate(first.byteSize() + second.byteSize(), Long.BYTES);
    both.copyFrom(first);
    both.asSlice(first.byteSize()).copyFrom(second);

    InterfaceMonitor.accept(both, known, events::add);

    assertThat(events)
        .containsExactly(new InterfaceEvent.Appeared(5, "a"), new InterfaceEvent.Vanished(5, "a"));
  }

  @Test
  void passesOverWhatIsCutAndWhatItDoesNotKnow() {
    MemorySegment message = message(TestMessage.DEL_LINK, 0, 5, "a", 0);

    for (long length = 0; length < message.byteSize(); length++) {
      InterfaceMonitor.accept(message.asSlice(0, length), known, events::add);
    }
    hear(TestMessage.DEL_LINK, 0, 6, "never heard of", 0);

    assertThat(events).isEmpty();
  }

  @Test
  void tellsTheDifferenceWhenNewsWasLost() {
    known.heardAll(
        List.of(link(1, "lo", UP), link(5, "a", UP), link(6, "b", 0), link(7, "c", UP)), _ -> {});

    known.heardAll(
        List.of(link(1, "lo", UP), link(6, "b", UP), link(7, "d", 0), link(8, "a", UP)),
        events::add);

    assertThat(events)
        .containsExactly(
            new InterfaceEvent.Vanished(5, "a"),
            new InterfaceEvent.Up(6, "b"),
            new InterfaceEvent.Renamed(7, "c", "d"),
            new InterfaceEvent.Down(7, "d"),
            new InterfaceEvent.Appeared(8, "a"),
            new InterfaceEvent.Up(8, "a"));
  }
}

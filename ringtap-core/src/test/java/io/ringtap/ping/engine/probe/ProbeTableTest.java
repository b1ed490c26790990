package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.engine.probe.ProbeTable.ADOPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.ProbeTable.State;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTableTest {
  private static final int CAPACITY = 4;
  private static final IpAddress TARGET = IpAddress.ofIpv4(1);

  private final MemorySegment memory = Arena.ofAuto().allocate(CAPACITY * ProbeTable.BYTES, 8);
  private final ProbeTable table = new ProbeTable(memory, CAPACITY);

  @Test
  void keepsWhatTheSenderPutAndTouchesNoNeighbour() {
    assertThat(table.claim(1)).isTrue();

    table.put(1, 77, 3, IpAddress.ofIpv6(0x20010db8L << 32, 7), 123_456_789_012L);
    table.departedNanos(1, 42);
    table.answerNanos(1, 43);

    assertThat(table.state(1)).isEqualTo(State.IN_FLIGHT);
    assertThat(table.series(1)).isEqualTo(77);
    assertThat(table.sequence(1)).isEqualTo(3);
    assertThat(table.isTo(1, 0x20010db8L << 32, 7)).isTrue();
    assertThat(table.isTo(1, 0x20010db8L << 32, 8)).isFalse();
    assertThat(table.isTo(1, 0, 7)).isFalse();
    assertThat(table.sentNanos(1)).isEqualTo(123_456_789_012L);
    assertThat(table.departedNanos(1)).isEqualTo(42);
    assertThat(table.answerNanos(1)).isEqualTo(43);
    assertThat(memory.asSlice(0, ProbeTable.BYTES).mismatch(MemorySegment.ofArray(new byte[64])))
        .isEqualTo(-1);
    assertThat(
            memory
                .asSlice(2 * ProbeTable.BYTES, ProbeTable.BYTES)
                .mismatch(MemorySegment.ofArray(new byte[64])))
        .isEqualTo(-1);
  }

  @Test
  void costsSixtyFourBytesAnEntry() {
    assertThat(ProbeTable.BYTES).isEqualTo(64);
  }

  @Test
  void forgetsStampsOfTheFormerProbe() {
    table.put(0, 1, 1, TARGET, 10);
    table.departedNanos(0, 11);
    table.answerNanos(0, 12);

    table.put(0, 1, 2, TARGET, 20);

    assertThat(table.departedNanos(0)).isZero();
    assertThat(table.answerNanos(0)).isZero();
  }

  @Test
  void isNotClaimedTwice() {
    assertThat(table.claim(0)).isTrue();

    assertThat(table.claim(0)).isFalse();
  }

  @Test
  void isNotClaimedWhileInFlight() {
    assertThat(table.claim(0)).isTrue();
    table.put(0, 1, 1, TARGET, 10);

    assertThat(table.claim(0)).isFalse();
    table.state(0, State.IN_FLIGHT | ADOPTED);
    assertThat(table.claim(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {State.REPLIED, State.UNANSWERED, State.UNSENT})
  void isClaimedAgainOnlyWhenItsEndWasAdopted(int end) {
    table.put(0, 1, 1, TARGET, 10);

    table.state(0, end);
    boolean beforeAdoption = table.claim(0);
    table.state(0, end | ADOPTED);

    assertThat(beforeAdoption).isFalse();
    assertThat(table.claim(0)).isTrue();
  }

  @Test
  void keepsTheErrnoOfWhatWasNotSent() {
    assertThat(table.claim(0)).isTrue();
    table.put(0, 1, 1, TARGET, 10);

    table.putUnsent(0, 105);

    assertThat(table.state(0)).isEqualTo(State.UNSENT);
    assertThat(table.answerNanos(0)).isEqualTo(105);
  }

  @Test
  void confirmsAMoveOnlyWhileTheSenderHasNotTakenTheEntry() {
    table.put(0, 1, 1, TARGET, 10);
    table.state(0, State.UNANSWERED | ADOPTED);

    boolean moved = table.move(0, State.UNANSWERED | ADOPTED, State.REPLIED | ADOPTED);
    boolean claimed = table.claim(0);
    boolean movedLater = table.move(0, State.REPLIED | ADOPTED, State.REPLIED | ADOPTED);

    assertThat(moved).isTrue();
    assertThat(claimed).isTrue();
    assertThat(movedLater).isFalse();
    assertThat(table.state(0)).isEqualTo(State.CLAIMED);
  }

  @Test
  void neverTakesAnIpv4AddressForAnIpv6Address() {
    int address = (int) IpAddress.parse("255.255.255.255").low();

    assertThat(ProbeTable.ipv4(address)).isEqualTo(0xffff_ffff_ffffL);
    assertThat(ProbeTable.ipv4(1)).isNotEqualTo(IpAddress.parse("::1").low());
  }

  @Test
  void handsWholeEntriesFromOneThreadToTheOther() throws Exception {
    int rounds = 200_000;
    FutureTask<Integer> receiver =
        new FutureTask<>(() -> {
          for (int round = 1; round <= rounds; round++) {
            int probe = round & (CAPACITY - 1);
            while (table.state(probe) != State.IN_FLIGHT) {
              Thread.onSpinWait();
            }
            if (table.sequence(probe) != round || table.sentNanos(probe) != -round) {
              return round;
            }
            table.state(probe, State.REPLIED | ADOPTED);
          }
          return 0;
        });
    Thread thread = Thread.ofPlatform().daemon().start(receiver);

    for (int round = 1; round <= rounds && thread.isAlive(); round++) {
      int probe = round & (CAPACITY - 1);
      while (!table.claim(probe) && thread.isAlive()) {
        Thread.onSpinWait();
      }
      table.put(probe, 1, round, TARGET, -round);
    }

    assertThat(receiver.get()).as("round in which an entry was torn").isZero();
  }
}

package io.ringtap.fleet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.delivery.FakeBroker.Entry;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CourierTest {
  private static final Logger LOG = Logger.getLogger("io.ringtap.fleet.delivery");

  private static final int MOST_WAITING = 40;
  private static final long SPOOL_BYTES = 30_000;

  /// Agents that run one after the other with the same folder, in all that may happen to them.
  private static final class Life {
    private final SplittableRandom random;
    private final FakeBroker broker;
    private final FaultyVolume volume = new FaultyVolume();
    private final Map<Long, Long> given = new HashMap<>(); // the last number of each run
    private final Set<Long> crashed = new HashSet<>();
    private AgentProcess agent;
    private long run = 1;
    private long now;

    Life(SplittableRandom random) throws IOException {
      this.random = random;
      broker = new FakeBroker(random);
      agent = begin();
    }

    private AgentProcess begin() throws IOException {
      return new AgentProcess(broker, volume, run, MOST_WAITING, SPOOL_BYTES, now);
    }

    void step() throws IOException {
      now += random.nextLong(TimeUnit.SECONDS.toNanos(1));
      switch (random.nextInt(20)) {
        case 0 -> broker.fail();
        case 1 -> broker.refuse();
        case 2, 3 -> volume.full(random.nextBoolean());
        case 4 -> broker.unknown(random.nextBoolean());
        case 5 -> restart(random.nextBoolean());
        case 6, 7, 8 -> broker.acknowledge(random.nextInt(30));
        case 9 -> broker.acknowledge(Integer.MAX_VALUE);
        case 10, 11, 12, 13 -> agent.handOver(random.nextInt(MOST_WAITING));
        default -> agent.courier.pass(now, false);
      }
      assertSums();
      assertThat(volume.bytes()).isLessThan(SPOOL_BYTES * 11 / 10);
    }

    private void restart(boolean isCrash) throws IOException {
      given.put(run, agent.last());
      if (isCrash) {
        crashed.add(run);
      } else {
        agent.courier.finish(Duration.ZERO, now);
        assertSums();
        if (agent.courier.spoolTrouble() != null) {
          crashed.add(run); // what was in memory found no room
        }
      }
      broker.crash();
      run++;
      agent = begin();
    }

    private void assertSums() {
      Accounts.Sums sums = agent.accounts.sums();
      assertThat(sums.delivered() + sums.dropped() + sums.inMemory() + sums.inSpool())
          .isEqualTo(sums.handedOver() + sums.recovered());
      assertThat(sums.inMemory()).isNotNegative();
      assertThat(sums.inSpool()).isNotNegative();
      assertThat(sums.handedOver()).isEqualTo(agent.last());
    }

    /// Everything is well until all has arrived.
    void recover() throws IOException {
      given.put(run, agent.last());
      broker.unknown(false);
      volume.full(false);
      for (int i = 0; i < 100; i++) {
        now += TimeUnit.SECONDS.toNanos(1);
        agent.courier.pass(now, false);
        broker.acknowledge(Integer.MAX_VALUE);
      }
      assertSums();
      assertThat(agent.accounts.sums().inMemory()).isZero();
      assertThat(agent.accounts.sums().inSpool()).isZero();
      assertThat(volume.names()).isEmpty();
      assertThat(agent.courier.restMillis()).isZero();
    }

    /// That every result is in the topic or in a gap. Of a process that crashed the newest are not,
    /// and not what it had just heard to be refused.
    void assertComplete() {
      Map<Long, BitSet> told = new HashMap<>();
      for (Entry entry : broker.topic()) {
        told.computeIfAbsent(entry.run(), _ -> new BitSet())
            .set((int) entry.first(), (int) entry.last() + 1);
      }
      given.forEach((number, last) -> {
        BitSet missing = new BitSet();
        missing.set(1, (int) (last + 1));
        missing.andNot(told.getOrDefault(number, new BitSet()));
        if (crashed.contains(number)) {
          assertNewest(number, missing, last);
        } else {
          assertThat(missing.isEmpty()).as("run %d misses %s", number, missing).isTrue();
        }
      });
    }

    private void assertNewest(long number, BitSet missing, long last) {
      BitSet newest = new BitSet();
      for (int i = (int) last; i > 0 && (missing.get(i) || broker.refuses(number, i)); i--) {
        newest.set(i);
      }
      missing.andNot(newest);
      assertThat(missing.stream().allMatch(each -> broker.refuses(number, each)))
          .as("run %d misses %s", number, missing)
          .isTrue();
    }

    /// That results come in order, leaving out what comes again.
    void assertInOrder() {
      Set<Entry> seen = new HashSet<>();
      Entry newest = new Entry(0, 0, 0, false);
      for (Entry entry : broker.topic()) {
        if (seen.add(entry) && !entry.isGap()) {
          assertThat(entry.run()).isGreaterThanOrEqualTo(newest.run());
          assertThat(entry.run() == newest.run() ? newest.last() : 0).isLessThan(entry.first());
          newest = entry;
        }
      }
    }
  }

  @BeforeAll
  static void logNothing() {
    LOG.setLevel(Level.OFF); // of thousands of troubles
  }

  @AfterAll
  static void logAgain() {
    LOG.setLevel(null);
  }

  @Test
  @Randomized
  void accountsForEachResultWhateverHappens() {
    Property.forAll(
        50,
        random -> {
          Life life = new Life(random);
          for (int i = random.nextInt(400); i > 0; i--) {
            life.step();
          }
          life.recover();
          life.assertComplete();
          life.assertInOrder();
        });
  }
}

package io.ringtap.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Allocation;
import org.junit.jupiter.api.Test;

/// What is done for each probe makes no object, once hops and responders are known.
class NoAllocationTest {
  private static final IpAddress TARGET = IpAddress.parse("198.51.100.7");
  private static final int PROBES = 3000;
  private static final int HOPS = 30;

  private final ProbeTable table = new ProbeTable();
  private final TraceTally tally = new TraceTally(TARGET, 1);
  private final JudgedAnswer judged = new JudgedAnswer();

  @Test
  void tableAndTallyAllocateNothing() {
    judged.target = TARGET;

    int rounds = Allocation.assertNone(this::round);

    TraceReport report = tally.report();
    assertThat(report.hops())
        .hasSize(HOPS)
        .allSatisfy(hop -> {
          long probes = (long) rounds * PROBES / HOPS;
          assertThat(hop.counts().sent()).isEqualTo(probes);
          assertThat(hop.counts().answered()).isEqualTo(probes / 2);
          assertThat(hop.responders()).hasSize(2);
        });
  }

  /// Half of the probes are answered, by one of two routers; half are lost.
  private void round() {
    for (int i = 0; i < PROBES; i++) {
      int number = table.add(0, 1 + i % HOPS, 0, i, i);
      table.departed(number, i);
      boolean isAnswered = i / HOPS % 2 == 0;
      if (isAnswered) {
        judged.hopLimit = table.hopLimit(number);
        judged.round = table.round(number);
        judged.answer.fromLow = TARGET.low() + 1 + i / HOPS / 2 % 2;
        judged.rttNanos = 1000L + i;
        tally.add(judged);
        table.end(number);
      }
    }
    for (table.forgetEnded(); !table.isEmpty(); table.forgetEnded()) {
      tally.add(table.hopLimit(table.oldest()), TraceTally.Fate.LOST);
      table.end(table.oldest());
    }
  }
}

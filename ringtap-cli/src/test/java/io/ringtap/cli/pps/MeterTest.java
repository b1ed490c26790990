package io.ringtap.cli.pps;

import static io.ringtap.cli.pps.Samples.SECOND;
import static io.ringtap.cli.pps.Samples.at;
import static io.ringtap.cli.pps.Samples.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {
  @Test
  void takesRatesOverTheTimeThatHasPassed() {
    Meter meter = new Meter(List.of(), at(0, entry(2, "eth0", 1000)));

    Tick tick = meter.advance(at(5 * SECOND / 4, entry(2, "eth0", 1500)));

    assertThat(tick.elapsedNanos()).isEqualTo(1_250_000_000);
    assertThat(tick.flows())
        .singleElement()
        .satisfies(flow -> {
          assertThat(flow.counted().rxPackets()).isEqualTo(500);
          assertThat(tick.perSecond(flow.counted().rxPackets())).isEqualTo(400.0);
          assertThat(tick.bitsPerSecond(flow.counted().rxBytes())).isEqualTo(320_000.0);
          assertThat(tick.perSecond(flow.counted().txPackets())).isEqualTo(800.0);
        });
  }

  @Test
  void losesNothingBetweenTicks() {
    Meter meter = new Meter(List.of(), at(0, entry(2, "eth0", 7)));
    long sum = 0;
    long packets = 7;
    for (int i = 1; i <= 20; i++) {
      packets += i * 3L;
      Tick tick = meter.advance(at(i * SECOND, entry(2, "eth0", packets)));
      sum += tick.flows().getFirst().counted().rxPackets();
    }

    assertThat(sum).isEqualTo(packets - 7);
  }

  @Test
  void countsAnInterfaceFromItsAppearing() {
    Meter meter = new Meter(List.of(), at(0, entry(1, "lo", 0)));

    Tick first = meter.advance(at(SECOND, entry(1, "lo", 0), entry(5, "veth0", 900)));
    Tick second = meter.advance(at(2 * SECOND, entry(1, "lo", 0), entry(5, "veth0", 910)));

    assertThat(first.changes()).containsExactly(new Tick.Change.Appeared(5, "veth0"));
    assertThat(first.flows()).extracting(Tick.Flow::name).containsExactly("lo");
    assertThat(second.changes()).isEmpty();
    assertThat(second.flows().get(1).counted().rxPackets()).isEqualTo(10);
  }

  @Test
  void tellsThatAnInterfaceVanishedAndKnowsItsNameAgain() {
    Meter meter = new Meter(List.of("eth0"), at(0, entry(1, "lo", 0), entry(2, "eth0", 50)));

    Tick gone = meter.advance(at(SECOND, entry(1, "lo", 0)));
    Tick back = meter.advance(at(2 * SECOND, entry(1, "lo", 0), entry(9, "eth0", 3)));
    Tick on = meter.advance(at(3 * SECOND, entry(1, "lo", 0), entry(9, "eth0", 4)));

    assertThat(gone.changes()).containsExactly(new Tick.Change.Vanished(2, "eth0"));
    assertThat(gone.flows()).isEmpty();
    assertThat(back.changes()).containsExactly(new Tick.Change.Appeared(9, "eth0"));
    assertThat(on.flows()).singleElement().matches(flow -> flow.counted().rxPackets() == 1);
  }

  @Test
  void followsAnInterfaceThatIsRenamed() {
    Meter meter = new Meter(List.of("eth0"), at(0, entry(2, "eth0", 50), entry(3, "eth1", 0)));

    Tick renamed = meter.advance(at(SECOND, entry(2, "wan", 60), entry(3, "eth1", 0)));
    Tick on = meter.advance(at(2 * SECOND, entry(2, "wan", 65), entry(3, "eth1", 0)));

    assertThat(renamed.changes()).containsExactly(new Tick.Change.Renamed(2, "eth0", "wan"));
    assertThat(renamed.flows()).singleElement().matches(flow -> flow.counted().rxPackets() == 10);
    assertThat(on.flows()).extracting(Tick.Flow::name).containsExactly("wan");
  }

  @Test
  void comparesQueuesAndCpusWithTheirOwnPast() {
    Meter meter =
        new Meter(
            List.of(),
            new Sampler.Sample(
                0,
                0,
                List.of(entry(2, "eth0", 0)),
                Map.of(2, List.of(new QueueCounters(true, 0, 5, 50, 0))),
                List.of(new SoftnetCounters(1, 10, 0, 0, 0))));

    Tick tick =
        meter.advance(
            new Sampler.Sample(
                SECOND,
                SECOND,
                List.of(entry(2, "eth0", 0)),
                Map.of(
                    2,
                    List.of(
                        new QueueCounters(true, 0, 8, 90, 1),
                        new QueueCounters(false, 0, 4, 4, 4))),
                List.of(new SoftnetCounters(0, 99, 0, 0, 0), new SoftnetCounters(1, 25, 1, 2, 3))));

    assertThat(tick.flows().getFirst().queues())
        .containsExactly(new QueueCounters(true, 0, 3, 40, 1));
    assertThat(tick.cpus()).containsExactly(new SoftnetCounters(1, 15, 1, 2, 3));
  }
}

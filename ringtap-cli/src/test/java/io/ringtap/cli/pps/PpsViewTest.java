package io.ringtap.cli.pps;

import static io.ringtap.cli.pps.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PpsViewTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final Output out = new Output(sink, _ -> {});

  @AfterEach
  void close() {
    out.close();
  }

  private String written() {
    assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    return sink.toString(StandardCharsets.UTF_8);
  }

  private static Tick tick() {
    InterfaceCounters busy =
        new InterfaceCounters(
            1_500_000, 3, 96_000_000, 180, 4, 0, 10, 1, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0);
    return new Tick(
        1_700_000_000L * SECOND,
        2 * SECOND,
        List.of(
            new Tick.Flow(
                2,
                "eth0",
                busy,
                List.of(
                    new QueueCounters(true, 0, 1_500_000, 96_000_000, 30),
                    new QueueCounters(false, 0, 3, -1, -1))),
            new Tick.Flow(1, "lo", Samples.counters(0, 0, 0, 0), List.of())),
        List.of(new SoftnetCounters(0, 1_500_000, 7, 9, 0)),
        List.of());
  }

  @Test
  void writesLinesBehindTheTime() {
    PpsView view = new PpsView.Lines(out, ZoneOffset.UTC);

    view.onTick(tick());
    view.onTick(tick());

    String once =
        """
        22:13:20  eth0                  750000           384M       30       4         1.5            720        1       0
        22:13:20  eth0 rx-0             750000           384M       30
        22:13:20  eth0 tx-0                                                            1.5              -        -
        22:13:20  lo                         0              0        0       0           0              0        0       0
        22:13:20  cpu0                  750000              7            9            0
        """;
    assertThat(written())
        .isEqualTo(
            """
            time      interface             in pps       in bit/s  dropped  errors     out pps      out bit/s  dropped  errors
                      cpu                      pps        dropped     squeezed      steered
            """
                + once
                + once);
  }

  @Test
  void writesCountsAndRatesAsJson() {
    new JsonView(out).onTick(tick());

    assertThat(written().lines().toList())
        .satisfiesExactly(
            flow ->
                assertThat(flow)
                    .startsWith(
                        "{\"type\":\"interface\",\"ts_ns\":1700000000000000000,"
                            + "\"elapsed_ns\":2000000000,\"interface\":\"eth0\",\"index\":2,"
                            + "\"rx_packets\":1500000,\"rx_bytes\":96000000,\"rx_dropped\":10,"
                            + "\"rx_missed\":20,\"rx_errors\":4")
                    .endsWith(
                        "\"rx_packets_per_s\":750000.0,\"rx_bits_per_s\":3.84E8,"
                            + "\"tx_packets_per_s\":1.5,\"tx_bits_per_s\":720.0}"),
            queue ->
                assertThat(queue)
                    .endsWith(
                        "\"queue\":\"rx-0\",\"packets\":1500000,\"bytes\":96000000,"
                            + "\"dropped\":30}"),
            queue ->
                assertThat(queue)
                    .endsWith("\"queue\":\"tx-0\",\"packets\":3,\"bytes\":null,\"dropped\":null}"),
            idle -> assertThat(idle).contains("\"interface\":\"lo\""),
            cpu ->
                assertThat(cpu)
                    .startsWith("{\"type\":\"cpu\"")
                    .endsWith(
                        "\"cpu\":0,\"processed\":1500000,\"dropped\":7,\"time_squeezed\":9,"
                            + "\"steered\":0,\"packets_per_s\":750000.0}"));
  }

  @Test
  void writesChangesAsJson() {
    Tick changes =
        new Tick(
            5,
            1,
            List.of(),
            List.of(),
            List.of(
                new Tick.Change.Appeared(5, "a"),
                new Tick.Change.Renamed(5, "a", "b"),
                new Tick.Change.Vanished(5, "b")));

    new JsonView(out).onTick(changes);

    assertThat(written())
        .isEqualTo(
            """
            {"type":"appeared","interface":"a","index":5,"ts_ns":5}
            {"type":"renamed","old":"a","interface":"b","index":5,"ts_ns":5}
            {"type":"vanished","interface":"b","index":5,"ts_ns":5}
            """);
  }

  @Test
  void staysWithinSmallTerminals() {
    for (int rows = 2; rows < 10; rows++) {
      for (int columns = 2; columns < 130; columns += 9) {
        StringBuilder text = new StringBuilder();

        LiveRegion.paint(
            text,
            PpsView.Table.lines(tick()),
            new Terminal.Size(rows, columns),
            0,
            " more lines",
            false);

        int width = columns - 1;
        assertThat(text.toString().replace("\u001B[K", "").lines())
            .hasSizeLessThan(rows)
            .allMatch(line -> line.length() <= width);
      }
    }
  }

  @Test
  void saysHowManyLinesHaveNoRoom() {
    StringBuilder text = new StringBuilder();

    LiveRegion.paint(
        text, PpsView.Table.lines(tick()), new Terminal.Size(5, 130), 0, " more lines", true);

    assertThat(text.toString())
        .startsWith("\u001B[1minterface")
        .endsWith("... and 4 more lines\u001B[K\n");
  }
}

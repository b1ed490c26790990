package io.ringtap.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.top.Interval;
import io.ringtap.top.KeyKind;
import io.ringtap.top.Order;
import io.ringtap.top.TrafficKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final CaptureCounters COUNTERS = new CaptureCounters(10, 1, 2, 3, 0, 0, 4, 20);

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private static Interval interval(Order order, long bound) {
    Interval.Row row = new Interval.Row(source("10.0.0.1"), 900, 54_000, 450, 216_000, bound, 0.9);
    return new Interval(
        KeyKind.SOURCE,
        order,
        1_000_000_000_000L,
        2_000_000_000L,
        1000,
        60_000,
        500,
        240_000,
        7,
        3,
        4,
        bound,
        bound * 0.5,
        bound / 6,
        bound == 0 ? 1 : 8192,
        List.of(row));
  }

  private static TrafficKey source(String address) {
    byte[] packet = new byte[Ipv4Header.MIN_BYTES];
    int source = (int) IpAddress.parse(address).low();
    Ipv4Header.write(
        MemorySegment.ofArray(packet), 0, 0, packet.length, 0, 64, IpProtocol.UDP, source, 0);
    return Objects.requireNonNull(
        TrafficKey.of(KeyKind.SOURCE, MemoryFrame.of(LinkType.RAW, packet)));
  }

  private String shown(BiFunction<Output, Messages, TopView> maker, Interval interval) {
    try (Output out =
        new Output(
            sink,
            e -> {
              throw new AssertionError(e);
            })) {
      TopView view = maker.apply(out, new Messages("ringtap top", new PrintWriter(err, true)));
      view.onInterval(interval);
      view.onEnd(COUNTERS);
      assertThat(out.drain(10_000_000_000L)).isTrue();
    }
    return sink.toString(StandardCharsets.UTF_8);
  }

  private String lines(Interval interval) {
    return shown((out, messages) -> new TopView.Lines(out, messages, ZoneOffset.UTC), interval);
  }

  @Test
  void linesShowTrafficLossAndTheHeaviest() {
    assertThat(lines(interval(Order.PACKETS, 0)))
        .isEqualTo(
            """
            00:16:40 500 packets/s, 240 kbit/s, 7 packets not IP, dropped: 3 by kernel, 4 by interface
                     by source: 1 in all, all figures exact
             packets/s    bits/s % packets  source
                   450      216k     90.0%  10.0.0.1
            """);
    assertThat(err.toString())
        .isEqualTo(
            """
            10 packets captured
            3 packets dropped by kernel
            4 packets dropped by interface
            """);
  }

  @Test
  void linesShowHowFarOffFiguresCanBe() {
    assertThat(lines(interval(Order.PACKETS, 600)))
        .contains(
            "by source: more than 8192, each figure at most 300 packets/s too low; 100 packets in"
                + " none\n");
  }

  @Test
  void linesShowTheBoundInBitsWhenOrderedByBits() {
    assertThat(lines(interval(Order.BITS, 6000)))
        .contains(
            "by source: more than 8192, each figure at most 3.00 kbit/s too low; 1000 packets in"
                + " none\n")
        .contains("% bits");
  }

  @Test
  void jsonHasAnObjectForTheIntervalEachRowAndTheEnd() {
    assertThat(shown((out, _) -> new JsonView(out), interval(Order.PACKETS, 600)))
        .isEqualTo(
            """
            {"type":"interval","ts_ns":1000000000000,"duration_ns":2000000000,"packets":1000,"bytes":60000,\
            "packets_per_second":500.0,"bits_per_second":240000.0,"not_ip_packets":7,"dropped_by_kernel":3,\
            "dropped_by_interface":4,"by":"source","order":"packets","keys":8192,"uncounted_packets":100,\
            "missed_packets_max":600}
            {"type":"row","ts_ns":1000000000000,"rank":1,"source":"10.0.0.1","packets":900,"bytes":54000,\
            "packets_per_second":450.0,"bits_per_second":216000.0,"share":0.9,"missed_packets_max":600}
            {"type":"summary","captured":10,"discarded":3,"dropped_by_kernel":3,"dropped_by_interface":4}
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void jsonNamesTheBytesThatMayBeMissingWhenOrderedByBits() {
    assertThat(shown((out, _) -> new JsonView(out), interval(Order.BITS, 600)))
        .contains("\"missed_bytes_max\":600")
        .doesNotContain("missed_packets_max");
  }

  @Test
  void theLiveTableStaysAtTheEnd() {
    String text =
        shown(
            (out, messages) ->
                new TopView.Table(out, messages, new TopView.Lines(out, messages, ZoneOffset.UTC)),
            interval(Order.PACKETS, 0));

    assertThat(text).contains("10.0.0.1\u001B[K\n").endsWith("\u001B[K\n");
    assertThat(err.toString()).startsWith("10 packets captured\n");
  }
}

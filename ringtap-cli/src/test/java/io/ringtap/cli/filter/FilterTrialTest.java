package io.ringtap.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.filter.FilterOptions;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.print.PrintOptions;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Filters on the packets of files, as they are shown.
class FilterTrialTest {
  private static final String IPV4 = "4500001c0000000040110000 0a000001 0a000002 03e8003500080000";
  private static final String ETHERNET = "020000000002 020000000001 ";
  private static final String UNKNOWN = ETHERNET + "88b5 7768";
  private static final PrintOptions UTC = PrintOptions.DEFAULTS.withZone(ZoneOffset.UTC);

  @TempDir private Path directory;
  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  /// A file with an interface for Ethernet and one for IP.
  private Path file() throws Exception {
    Path file = directory.resolve("x.pcapng");
    List<SavefileInterface> interfaces =
        List.of(
            new SavefileInterface("eth0", null, LinkType.ETHERNET, 0, null),
            new SavefileInterface("tun0", null, LinkType.RAW, 0, null));
    try (SavefileWriter writer =
        SavefileWriter.open(file, SavefileOptions.of(SavefileFormat.PCAPNG, interfaces))) {
      write(writer, 0, 0, ETHERNET + "0800" + IPV4);
      write(writer, 1, 1, IPV4);
      write(writer, 0, 2, UNKNOWN);
    }
    return file;
  }

  private static void write(SavefileWriter writer, int interfaceId, int seconds, String hex)
      throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    writer.write(
        new MemoryFrame(
            LinkType.ETHERNET,
            MemorySegment.ofArray(bytes),
            0,
            bytes.length,
            bytes.length,
            seconds * 1_000_000_000L,
            interfaceId));
  }

  private String shown(String expression, Function<Output, TrialView> maker) throws Exception {
    FilterTrial trial =
        new FilterTrial(
            expression,
            FilterOptions.of(LinkType.ETHERNET),
            new Messages("ringtap filter", new PrintWriter(err, true)));
    try (Output out =
            new Output(
                sink,
                e -> {
                  throw new AssertionError(e);
                });
        SavefileCapture capture = SavefileCapture.open(file(), null)) {
      TrialView view = maker.apply(out);
      trial.run(capture, view);
      view.summary(trial.counts());
      assertThat(out.drain(10_000_000_000L)).isTrue();
    }
    return sink.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsALineForEachPacketOfEachLinkType() throws Exception {
    String shown = shown("ip proto 17", out -> new TrialView.Lines(out, UTC));

    assertThat(shown)
        .isEqualTo(
            """
            number verdict instructions packet
                 1 match              5 00:00:00.000000 IP 10.0.0.1.1000 > 10.0.0.2.53: domain [length 0 < 12] (invalid)
                 2 match              6 00:00:01.000000 IP 10.0.0.1.1000 > 10.0.0.2.53: domain [length 0 < 12] (invalid)
                 3 no                 3 00:00:02.000000 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Unknown (0x88b5), length 16
            2 of 3 packets match; 14 instructions in all, 4.7 a packet
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void writesAnObjectForEachPacketAndOneForAll() throws Exception {
    String shown = shown("ip proto 17", TrialView.Objects::new);

    assertThat(shown.lines())
        .hasSize(4)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "{\"type\":\"packet\",\"number\":1,\"match\":true,\"instructions\":5,"
                            + "\"interface\":\"eth0\",\"ts_ns\":0,\"caplen\":42,\"len\":42,"),
            second ->
                assertThat(second)
                    .contains("\"interface\":\"tun0\",\"ts_ns\":1000000000,", "\"dst_port\":53"),
            third -> assertThat(third).contains("\"number\":3,\"match\":false,\"instructions\":3,"),
            summary ->
                assertThat(summary)
                    .isEqualTo(
                        "{\"type\":\"summary\",\"packets\":3,\"matched\":2,\"instructions\":14}"));
  }

  @Test
  void goesOnWhereNoPacketOfALinkTypeCanMatchAndSaysSo() throws Exception {
    String shown = shown("ether proto 0x88b5", out -> new TrialView.Lines(out, UTC));

    assertThat(err.toString())
        .isEqualTo("ringtap filter: packets of RAW (Raw IP): no packet can match this filter\n");
    assertThat(shown)
        .contains("\n     2 no                 1 ")
        .contains("\n     3 match              3 ")
        .endsWith("\n1 of 3 packets match; 7 instructions in all, 2.3 a packet\n");
  }

  @Test
  void matchesNoPacketOfALinkTypeForWhichTheFilterMeansNothing() throws Exception {
    String shown = shown("ether host 2:0:0:0:0:1", TrialView.Objects::new);

    assertThat(err.toString())
        .isEqualTo(
            "ringtap filter: packets of RAW (Raw IP): at 1: Ethernet addresses are not for Raw"
                + " IP\n");
    assertThat(shown.lines()).last().asString().contains("\"packets\":3,\"matched\":2,");
  }

  @Test
  void refusesAFilterThatMeansNothingForAnyInterface() throws Exception {
    Path file = directory.resolve("raw.pcap");
    SavefileInterface raw = SavefileInterface.of(LinkType.RAW, 0);
    SavefileWriter.open(file, SavefileOptions.of(SavefileFormat.PCAP_NANOS, List.of(raw))).close();
    FilterTrial trial =
        new FilterTrial(
            "ether host 1:2:3:4:5:6",
            FilterOptions.of(LinkType.ETHERNET),
            new Messages("ringtap filter", new PrintWriter(err, true)));

    try (Output out = new Output(sink, _ -> {});
        SavefileCapture capture = SavefileCapture.open(file, null)) {
      assertThatThrownBy(() -> trial.run(capture, new TrialView.Objects(out)))
          .isInstanceOf(BadArgument.class)
          .hasMessage("packets of RAW (Raw IP): at 1: Ethernet addresses are not for Raw IP");
    }
  }
}

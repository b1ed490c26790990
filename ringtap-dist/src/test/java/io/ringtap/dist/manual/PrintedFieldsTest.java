package io.ringtap.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What commands print as JSON on this machine, against the pages: each field is described, and
/// each number has a unit or says what it counts.
@RequiresRawSockets
class PrintedFieldsTest {
  /// Objects whose properties are named by what they count.
  private static final Set<String> COUNTS =
      Set.of("link_types", "other_blocks", "packets_refused_by_kernel", "probes_refused_by_kernel");

  @TempDir private static Path directory;

  @BeforeAll
  static void writePackets() throws IOException {
    List<SavefileInterface> interfaces =
        List.of(new SavefileInterface("lo", null, LinkType.ETHERNET, 0, null));
    byte[] question = PacketBytes.fromHex("1234 0100 0001 0000 0000 0000 0361 6263 00 0001 0001");
    byte[] echo = PacketBytes.fromHex("0800 0000 0001 0001");
    try (SavefileWriter writer =
        SavefileWriter.open(
            directory.resolve("x.pcapng"), SavefileOptions.of(SavefileFormat.PCAPNG, interfaces))) {
      for (byte[] packet :
          List.of(
              PacketBytes.ipv4(17, PacketBytes.udp(5353, 53, question)),
              PacketBytes.ipv4(1, PacketBytes.icmp(echo)))) {
        writer.write(Frame.of(LinkType.ETHERNET, packet), 0, "a comment");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ringtap-ping,      ping -c 2 -i 10ms --json -R 127.0.0.1",
    "ringtap-fping,     fping -J -c 1 -s -o -D --print-tos --print-ttl 127.0.0.1",
    "ringtap-sweep,     sweep --json -q -a -c 200ms 127.0.0.1",
    "ringtap-trace,     trace --json -n -c 1 127.0.0.1",
    "ringtap-capture,   capture -r x.pcapng --json -x",
    "ringtap-filter,    filter --test x.pcapng --json udp",
    "ringtap-replay,    replay x.pcapng -i lo -t --json",
    "ringtap-pcap-info, pcap info --json x.pcapng",
    "ringtap-top,       top -i lo -c 1 --interval 200ms --json",
    "ringtap-pps,       pps -c 1 -i 100ms --queues --cpus --json lo",
    "ringtap-interfaces, interfaces --json",
  })
  void areDescribedWithTheirUnits(String page, String command) throws IOException {
    DescribedFields described = DescribedFields.of(page);
    List<String> lines = run(command);

    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
        check(json, described.units());
      }
    }
  }

  private static void check(JsonParser json, Map<String, String> units) {
    String open = "";
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      String name = json.currentName();
      boolean isCounts = name != null && COUNTS.contains(name);
      if (isCounts && token == JsonToken.START_OBJECT) {
        open = String.valueOf(name);
      } else if (open.isEmpty() && name != null) {
        assertThat(units).containsKey(name);
        if (token.isNumeric()) {
          assertThat(units.get(name)).as(name).contains("(");
        }
      } else if (token == JsonToken.END_OBJECT && open.equals(name)) {
        open = "";
      }
    }
  }

  private static List<String> run(String arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }
}

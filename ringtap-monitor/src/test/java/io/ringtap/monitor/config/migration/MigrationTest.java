package io.ringtap.monitor.config.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ConfigFile;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.config.TargetSource.Written;
import io.ringtap.monitor.config.migration.Migration.Program;
import io.ringtap.monitor.config.migration.Migration.Result;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.ping.Transport;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads other programs' files, and reads what was made of them as a configuration.
class MigrationTest {
  private static final String SMOKEPING =
      """
      *** General ***
      owner = somebody
      @include Database
      *** Probes ***
      + FPing
      binary = /usr/bin/fping
      packetsize = 100
      ++ FPingFast
      step = 60
      pings = 60
      tos = 0x20
      timeout = 1.5
      sourceaddress = 192.0.2.1
      + FPing6
      + DNS
      lookup = a.example
      *** Targets ***
      probe = FPing
      menu = Top
      title = Latency of \\
        everything
      alerts = someloss
      + Asia
      menu = Asia
      ++ Tokyo
      menu = The "Tokyo" router
      host = tokyo.example
      ++ Osaka
      host = osaka.example
      ++ Resolver
      probe = DNS
      host = dns.example
      ++ Six
      probe = FPing6
      host = six.example
      + Fast
      probe = FPingFast
      ++ One
      # a comment
      host = 192.0.2.7
      ++ Both
      host = /Asia/Tokyo /Asia/Osaka
      ++ Home
      host = DYNAMIC
      ++ Again
      host = 192.0.2.7
      + Top
      host = top.example
      """;

  @TempDir Path folder;

  @Test
  void makesGroupsOfTheSectionsOfSmokeping() throws IOException {
    write("Database", "*** Database ***\nstep = 300\npings = 20\nAVERAGE 0.5 1 1008\n");
    Path file = write("config", SMOKEPING);

    Result.Converted converted = converted(Program.SMOKEPING, file);

    ProbeSettings fping = settings(Duration.ofSeconds(15), Duration.ofSeconds(1), 100, 0, null);
    assertThat(groups(converted))
        .containsExactly(
            group(
                "Asia",
                fping,
                written("tokyo.example", "The \"Tokyo\" router"),
                written("osaka.example", "Osaka")),
            group(
                "Asia 2",
                family(
                    settings(Duration.ofSeconds(15), Duration.ofSeconds(1), 56, 0, null),
                    AddressFamily.IPV6),
                written("six.example", "Six")),
            group(
                "Fast",
                settings(Duration.ofSeconds(1), Duration.ofMillis(1500), 100, 0x20, "192.0.2.1"),
                written("192.0.2.7", "One")),
            group("Targets", fping, written("top.example", "Top")));
  }

  @Test
  void saysWithItsLineWhatOfSmokepingIsNotCarriedOver() throws IOException {
    Result.Converted converted = converted(Program.SMOKEPING, write("config", SMOKEPING));

    assertThat(converted.left())
        .extracting(mistake -> mistake.line() + " " + mistake.what())
        .containsExactly(
            "3 the file " + folder.resolve("Database") + ": cannot be read: there is no such file",
            "22 alerts = 'someloss'; the usual rules hold, see alerts:",
            "32 Resolver (dns.example) is watched by DNS, which does not ping",
            "42 Both (/Asia/Tokyo /Asia/Osaka) shows others together, as the page does with any",
            "44 Home is DYNAMIC: name it in DNS",
            "46 the host '192.0.2.7' is in its group already");
    assertThat(converted.left())
        .allSatisfy(mistake -> assertThat(converted.yaml()).contains("#   " + mistake));
  }

  @Test
  void addsWhatLiesBesideAFileOfTargets() throws IOException {
    write("Database", "*** Database ***\nstep = 60\npings = 6\n");
    write("Probes", "*** Probes ***\n+ FPing\npacketsize = 200\n");
    Path file = write("Targets", "*** Targets ***\nprobe = FPing\n+ a\nhost = a.example\n");

    List<GroupConfig> groups = groups(converted(Program.SMOKEPING, file));

    assertThat(groups.getFirst().settings())
        .isEqualTo(settings(Duration.ofSeconds(10), Duration.ofSeconds(1), 200, 0, null));
  }

  @Test
  void readsDebiansConfigurationOfSmokeping() throws IOException {
    Path file = Path.of("/etc/smokeping/config");
    Requirement.check(Files.isReadable(file), "smokeping is not installed");

    Result.Converted converted = converted(Program.SMOKEPING, file);

    assertThat(groups(converted).getFirst().sources())
        .containsExactly(written("localhost", "Local Machine"));
    assertThat(converted.left()).isEmpty();
  }

  @Test
  void doesNotIncludeAFileInItselfForEver() throws IOException {
    Path file = write("config", "@include config\n*** Targets ***\n+ a\nhost = a.example\n");

    Result.Converted converted = converted(Program.SMOKEPING, file);

    assertThat(converted.left())
        .anySatisfy(m -> assertThat(m.what()).contains("included too deep"));
  }

  @Test
  void makesAGroupOfEachBlockOfSmokepingProber() throws IOException {
    Path file =
        write(
            "prober.yml",
            """
            targets:
            - hosts: [a.example, 192.0.2.1]
              interval: 500ms
              network: ip4
              size: 100
              source: 192.0.2.9
              tos: 0x10
            - hosts: [b.example, "a b"]
              protocol: udp
              backoff: 1
            """);

    Result.Converted converted = converted(Program.SMOKEPING_PROBER, file);

    ProbeSettings first =
        settings(Duration.ofMillis(500), Duration.ofSeconds(1), 100, 0x10, "192.0.2.9");
    assertThat(groups(converted).getFirst())
        .isEqualTo(
            group(
                "smokeping_prober", first, written("a.example", null), written("192.0.2.1", null)));
    assertThat(groups(converted).getLast().settings().transport()).isEqualTo(Transport.DATAGRAM);
    assertThat(groups(converted).getLast().settings().payloadBytes()).isEqualTo(56);
    assertThat(converted.left()).extracting(Mistake::line).containsExactly(8, 10);
  }

  @Test
  void makesAGroupOfPingExporter() throws IOException {
    Path file =
        write(
            "exporter.yml",
            """
            targets:
              - 192.0.2.1
              - a.example: {asn: 64500, host: x}
            dns: {refresh: 2m15s}
            ping: {interval: 2s, timeout: 3s, history-size: 42, payload-size: 120}
            options: {disableIPv6: false}
            """);

    Result.Converted converted = converted(Program.PING_EXPORTER, file);

    ProbeSettings settings =
        family(
            settings(Duration.ofSeconds(2), Duration.ofSeconds(3), 120, 0, null),
            AddressFamily.BOTH);
    assertThat(groups(converted))
        .containsExactly(
            group(
                "ping_exporter",
                settings,
                written("192.0.2.1", null),
                new Written("a.example", null, Map.of("asn", "64500"))));
    assertThat(converted.left()).extracting(Mistake::line).containsExactly(3, 4, 5);
  }

  @Test
  void refusesWhatHasNoTargets() throws IOException {
    assertThat(refused(Program.SMOKEPING, write("a", "*** General ***\n")))
        .contains("there is no *** Targets ***");
    assertThat(refused(Program.SMOKEPING_PROBER, write("b", "targets: [{hosts: []}]\n")))
        .contains("no targets that can be pinged");
    assertThat(refused(Program.PING_EXPORTER, write("c", "a: [\n"))).contains("c:1:");
    assertThat(refused(Program.PING_EXPORTER, folder.resolve("d"))).contains("no such file");
  }

  @Test
  @Randomized
  void writesOnlyWhatTheMonitorReads() {
    List<String> lines = SMOKEPING.lines().toList();
    Property.forAll(
        300,
        random -> {
          StringBuilder text = new StringBuilder();
          for (String line : lines) {
            int cut = random.nextInt(line.length() + 1);
            text.append(
                switch (random.nextInt(20)) {
                  case 0 -> "";
                  case 1 -> line + "\n" + line;
                  case 2 -> line.substring(0, cut) + (char) random.nextInt(0x20, 0xD800);
                  default -> line;
                });
            text.append('\n');
          }
          Path file = write("config", text.toString());
          if (Migration.of(Program.SMOKEPING, file) instanceof Result.Converted converted) {
            groups(converted);
          }
        });
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Result.Converted converted(Program program, Path file) {
    Result result = Migration.of(program, file);
    assertThat(result).isInstanceOf(Result.Converted.class);
    return (Result.Converted) result;
  }

  private static String refused(Program program, Path file) {
    Result result = Migration.of(program, file);
    assertThat(result).isInstanceOf(Result.Refused.class);
    return ((Result.Refused) result).mistakes().toString();
  }

  /// What the monitor reads of the text.
  private List<GroupConfig> groups(Result.Converted converted) throws IOException {
    ConfigFile.Reading reading = ConfigFile.read(write("monitor.yml", converted.yaml()));
    assertThat(reading).isInstanceOf(ConfigFile.Reading.Valid.class);
    return ((ConfigFile.Reading.Valid) reading).config().groups();
  }

  private static GroupConfig group(String name, ProbeSettings settings, Written... targets) {
    return new GroupConfig(
        name, settings, Map.of(), List.of(targets), RuleConfig.DEFAULTS, List.of());
  }

  private static Written written(String host, @Nullable String name) {
    return new Written(host, name, Map.of());
  }

  private static ProbeSettings settings(
      Duration interval, Duration timeout, int size, int tos, @Nullable String source) {
    return new ProbeSettings(
        interval, timeout, size, tos, 0, source, null, Transport.AUTO, AddressFamily.IPV4);
  }

  private static ProbeSettings family(ProbeSettings settings, AddressFamily family) {
    return new ProbeSettings(
        settings.interval(),
        settings.timeout(),
        settings.payloadBytes(),
        settings.trafficClass(),
        settings.hopLimit(),
        settings.source(),
        settings.interfaceName(),
        settings.transport(),
        family);
  }
}

package io.ringtap.monitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.ConfigFile.Reading;
import io.ringtap.monitor.config.TargetSource.Written;
import io.ringtap.monitor.config.WebConfig.ProbeModule;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.packet.IpRange;
import io.ringtap.ping.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir Path folder;

  @Test
  void fillsInDefaults() throws IOException {
    MonitorConfig config =
        valid(
            """
            groups:
              - name: core
                targets: [10.0.0.1]
            """);

    assertThat(config)
        .isEqualTo(
            new MonitorConfig(
                List.of(
                    new GroupConfig(
                        "core",
                        ProbeSettings.DEFAULT,
                        Map.of(),
                        List.of(new Written("10.0.0.1", null, Map.of())),
                        RuleConfig.DEFAULTS,
                        List.of())),
                StoreConfig.DEFAULT,
                DeliveryConfig.NONE,
                WebConfig.DEFAULT));
  }

  @Test
  void readsHowTargetsAreProbed() throws IOException {
    MonitorConfig config =
        valid(
            """
            defaults: {interval: 2s, timeout: 500ms, size: 56, tos: 0x20, ttl: 64, source: ,
              labels: {site: ams, tier: core}}
            groups:
              - name: a
                interval: 100ms
                source: 192.0.2.1
                interface: eth0
                transport: raw
                family: both
                labels: {tier: edge}
                targets: [{host: r1.example, name: r1, labels: {role: x}}]
              - {name: b, targets: [b.example]}
            """);

    GroupConfig a = config.groups().get(0);
    assertThat(a.settings())
        .isEqualTo(
            new ProbeSettings(
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                56,
                0x20,
                64,
                "192.0.2.1",
                "eth0",
                Transport.RAW,
                AddressFamily.BOTH));
    assertThat(a.labels()).containsExactly(Map.entry("site", "ams"), Map.entry("tier", "edge"));
    assertThat(a.sources()).containsExactly(new Written("r1.example", "r1", Map.of("role", "x")));
    GroupConfig b = config.groups().get(1);
    assertThat(b.settings().interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(b.labels()).containsEntry("tier", "core");
  }

  @Test
  void readsFromWhichSitesOfAFleetTargetsAreWatched() throws IOException {
    MonitorConfig config =
        valid(
            """
            defaults: {sites: [fra1, ams2]}
            groups:
              - {name: a, targets: [a.example]}
              - {name: b, targets: [b.example], sites: [syd1]}
              - {name: c, targets: [c.example], sites: all}
            """);

    assertThat(config.groups())
        .extracting(GroupConfig::sites)
        .containsExactly(List.of("ams2", "fra1"), List.of("syd1"), List.of());
  }

  @Test
  void refusesSitesThatAreNone() throws IOException {
    assertThat(
            mistakes(
                """
                groups:
                  - {name: a, targets: [a.example], sites: fra1}
                  - {name: b, targets: [b.example], sites: []}
                  - {name: c, targets: [c.example], sites: [fra1, fra1, 'a/b']}
                """))
        .extracting(Mistake::toString)
        .containsExactly(
            "f.yml:2:44: sites are a list of names; write sites: [fra1, ams2], or all for all of"
                + " them",
            "f.yml:3:44: sites are a list of names; write sites: [fra1, ams2], or all for all of"
                + " them",
            "f.yml:4:51: the site 'fra1' again",
            "f.yml:4:57: sites: 'a/b' is no name of a site; write up to 63 letters, digits, '.',"
                + " '_' and '-', as fra1");
  }

  @Test
  void readsWhereTargetsComeFrom() throws IOException {
    MonitorConfig config =
        valid(
            """
            groups:
              - name: a
                files: [targets.txt]
                file_sd: [sd/*.yml]
                http_sd: ["http://127.0.0.1/a", {url: "https://h.example/b", refresh: 5m}]
            """);

    assertThat(config.groups().getFirst().sources())
        .containsExactly(
            new TargetSource.ListFile(folder.resolve("targets.txt")),
            new TargetSource.FileSd(folder.resolve("sd/*.yml")),
            new TargetSource.HttpSd(URI.create("http://127.0.0.1/a"), Duration.ofMinutes(1)),
            new TargetSource.HttpSd(URI.create("https://h.example/b"), Duration.ofMinutes(5)));
  }

  @Test
  void changesOnlyTheRulesThatAreNamed() throws IOException {
    MonitorConfig config =
        valid(
            """
            defaults:
              alerts: {down: {after: 5}, route: off}
            groups:
              - name: a
                targets: [10.0.0.1]
                alerts: {loss: {above: 10%}, latency: {above: 100ms, clear: 60ms, for: 30s}}
              - {name: b, targets: [10.0.0.1], alerts: off}
            """);

    Duration minute = Duration.ofMinutes(1);
    assertThat(config.groups().get(0).rules())
        .containsExactly(
            new RuleConfig(EventKind.DOWN, 5, 1, Duration.ZERO, Duration.ZERO),
            new RuleConfig(EventKind.LOSS, 0.1, 0.02, minute, Duration.ZERO),
            new RuleConfig(EventKind.LATENCY, 100e6, 60e6, minute, Duration.ofSeconds(30)),
            RuleConfig.usual(EventKind.BASELINE),
            RuleConfig.usual(EventKind.DUPLICATES),
            RuleConfig.usual(EventKind.ADDRESS),
            RuleConfig.usual(EventKind.NAME));
    assertThat(config.groups().get(1).rules()).isEmpty();
  }

  @Test
  void readsStoreAlertingAndWeb() throws IOException {
    Files.writeString(folder.resolve("web.yml"), "");
    MonitorConfig config =
        valid(
            """
            groups: [{name: a, targets: [10.0.0.1]}]
            store: {path: history, size: 1GiB, raw: 1h, ten_seconds: 1d, minutes: 7d, hours: 1y}
            alerting:
              alertmanagers: ["http://127.0.0.1:9093"]
              webhooks: ["http://127.0.0.1:8080/x"]
              commands: [[/usr/bin/notify, --urgent]]
              repeat: 30s
              maintenance:
                - {from: 2026-12-01T22:00:00Z, to: 2026-12-02T02:00:00+01:00, labels: {group: a}}
            web:
              listen: "[::1]:9000"
              security: web.yml
              probe:
                allow: [10.0.0.0/8, "::1"]
                modules: {fast: {packets: 5, interval: 10ms, wait: 500ms, timeout: 1s}, usual: }
            """);

    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                folder.resolve("history"),
                1L << 30,
                Duration.ofHours(1),
                Duration.ofDays(1),
                Duration.ofDays(7),
                Duration.ofDays(365)));
    assertThat(config.delivery())
        .isEqualTo(
            new DeliveryConfig(
                List.of(URI.create("http://127.0.0.1:9093")),
                List.of(URI.create("http://127.0.0.1:8080/x")),
                List.of(List.of("/usr/bin/notify", "--urgent")),
                Duration.ofSeconds(30),
                List.of(
                    new DeliveryConfig.Maintenance(
                        Instant.parse("2026-12-01T22:00:00Z"),
                        Instant.parse("2026-12-02T01:00:00Z"),
                        Map.of("group", "a")))));
    assertThat(config.web().listen()).isEqualTo("[::1]:9000");
    assertThat(config.web().security()).isEqualTo(folder.resolve("web.yml"));
    assertThat(config.web().probe())
        .containsExactly(IpRange.parse("10.0.0.0/8"), IpRange.parse("::1"));
    ProbeModule fast =
        new ProbeModule(
            new ProbeSettings(
                Duration.ofMillis(10),
                Duration.ofMillis(500),
                18,
                0,
                0,
                null,
                null,
                Transport.AUTO,
                AddressFamily.ANY),
            5,
            Duration.ofSeconds(1));
    assertThat(config.web().modules()).containsEntry("fast", fast);
    assertThat(config.web().modules()).containsEntry("usual", ProbeModule.DEFAULT);
  }

  @Test
  void givesProbeAModuleIfItAllowsSomebody() throws IOException {
    MonitorConfig config =
        valid("groups: [{name: a, targets: [a.example]}]\nweb: {probe: {allow: [10.0.0.0/8]}}\n");

    assertThat(config.web().modules()).containsExactly(Map.entry("icmp", ProbeModule.DEFAULT));
  }

  @Test
  void mergesWhatAnchorsName() throws IOException {
    MonitorConfig config =
        valid(
            """
            x-fast: &fast {interval: 100ms, size: 8}
            groups:
              - {<<: *fast, name: a, size: 9, targets: [10.0.0.1]}
            """);

    ProbeSettings settings = config.groups().getFirst().settings();
    assertThat(settings.interval()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.payloadBytes()).isEqualTo(9);
  }

  @Test
  void saysAllMistakesOfAFileAtOnceByTheirLines() throws IOException {
    List<Mistake> mistakes =
        mistakes(
            """
            defaults:
              intervall: 1s
            groups:
              - name: core
                timeout: 2
                targets: [10.0.1.0/33, 10.0.0.1, 10.0.0.1]
              - name: core
                targets: []
            """);

    assertThat(mistakes)
        .extracting(Mistake::toString)
        .containsExactly(
            "f.yml:2:3: unknown key 'intervall'; did you mean 'interval'?",
            "f.yml:5:14: timeout: '2' is not a duration; a duration needs its unit, as in 2s or"
                + " 2ms",
            "f.yml:6:15: target: '10.0.1.0/33' is no target: the prefix length must be 0 to 32",
            "f.yml:6:38: the target '10.0.0.1' again, as in line 6",
            "f.yml:7:5: a second group 'core', as in line 4",
            "f.yml:7:5: a group without targets; give it targets: [...], files:, file_sd: or"
                + " http_sd:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          interval: 999us                           | must be 1ms to 1d
          interval: [1s]                            | a list where one value belongs
          size: 65528                               | from 0 to 65527
          tos: 256                                  | from 0 to 255
          source: eth0                              | is no address
          interface: a/b                            | is no name of an interface
          transport: tcp                            | is not one of auto, raw, datagram
          family: ip4                               | is not one of any, ipv4, ipv6, both
          labels: x                                 | where keys with values belong
          labels: {1a: x}                           | no digit first
          labels: {__a: x}                          | Prometheus keeps for itself
          labels: {instance: x}                     | is set by the monitor or by Prometheus
          labels: {a: }                             | has no value
          labels: {a: "x\\ny"}                      | is no label value
          file_sd: [a*/x.yml]                       | only the last part
          file_sd: [x.txt]                          | does not end in
          http_sd: [ftp://a]                        | is no address
          http_sd: [{refresh: 1m}]                  | there is no url
          http_sd: [{url: "http://a", refresh: 0}]  | must be 1s to 1d
          targets: 10.0.0.2                         | write a list
          targets: [{name: a}]                      | a target without host
          targets: [10.0.0.0/8]                     | is more than 200000 targets
          {targets: [10.0.0.0/15, 10.2.0.0/15], interval: 10s} | there may be at most 200000
          {targets: [10.0.0.0/16], interval: 1ms}   | take longer intervals
          {targets: [10.0.0.1], family: ipv6}       | is of family ipv4
          {targets: [2001:db8::/120], family: ipv4} | is of family ipv6
          labels: {ip_version: x}                   | is set by the monitor or by Prometheus
          alerts: on                                | where keys with values belong
          alerts: {up: off}                         | unknown key 'up'
          alerts: {down: {after: 0}}                | from 1 to 10000
          alerts: {down: {above: 5%}}               | unknown key 'above'
          alerts: {loss: {above: 1%, clear: 2%}}    | clear is larger than above
          alerts: {loss: {above: 0%}}               | must be more than 0
          alerts: {loss: {above: 5}}                | write it as 5% or 0.1%
          alerts: {loss: {over: 15s}}               | is no multiple of 10s
          alerts: {loss: {for: 2d}}                 | must be 0 to 1d
          alerts: {latency: on}                     | write latency: {above: 100ms}
          alerts: {latency: {over: 1m}}             | a latency without limit
          alerts: {baseline: {above: 2}}            | write it as 2x
          """)
  void saysWhatIsWrongWithAGroup(String yaml, String what) throws IOException {
    String more = yaml.startsWith("{") ? "<<: " + yaml : yaml;

    List<Mistake> mistakes = mistakes("groups:\n  - name: a\n    files: [x]\n    " + more + "\n");

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().toString()).contains(what);
    assertThat(mistakes.getFirst().line()).isBetween(2, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          store: {size: 1MB}                                  | a store needs 10MB at least
          store: {size: 10}                                   | is not a size
          store: {raw: 6}                                     | is not a duration
          store: {folder: /x}                                 | there are: path, size, raw
          alerting: {alertmanagers: [localhost:9093]}         | is no address
          alerting: {commands: [/usr/bin/notify]}             | a command is a list of words
          alerting: {repeat: 0}                               | must be 1s to 1d
          alerting: {maintenance: [{from: 2026-12-01T22:00:00Z}]} | there is no to
          alerting: {maintenance: [{from: 2026-12-01T22:00:00Z, to: 2026-12-01T22:00:00Z}]} | ends before it begins
          web: {listen: 9427}                                 | is no address with a port
          web: {listen: "localhost:99999"}                    | is no address with a port
          web: {security: none.yml}                           | is no file that can be read
          web: {probe: {allow: [a.example]}}                  | write addresses or prefixes
          web: {probe: {modules: {a: {packets: 101}}}}        | from 1 to 100
          web: {probe: {modules: {a: {timeout: 2m}}}}         | must be 1ms to 1m
          grups: []                                           | did you mean 'groups'
          """)
  void saysWhatIsWrongBesideGroups(String yaml, String what) throws IOException {
    List<Mistake> mistakes = mistakes("groups: [{name: a, targets: [10.0.0.1]}]\n" + yaml + "\n");

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().toString()).startsWith("f.yml:2:").contains(what);
  }

  @Test
  void needsGroups() throws IOException {
    assertThat(mistakes(""))
        .first()
        .asString()
        .isEqualTo("f.yml:1:1: the file says nothing; it needs groups: with targets");
    assertThat(mistakes("store: {}\n")).first().asString().contains("there are no groups");
    assertThat(mistakes("- a\n")).first().asString().contains("a list where keys with values");
  }

  @Test
  void neverBreaksALineByWhatStandsInTheFile() throws IOException {
    assertThat(mistakes("\"a\\n\\e[31mb\": 1\n"))
        .extracting(Mistake::toString)
        .allSatisfy(line -> assertThat(line).doesNotContain("\n").doesNotContain("\u001b"));
  }

  @Test
  void keepsTheExampleRight() {
    Reading reading = ConfigFile.read(ProjectFiles.of("contrib/monitor.yml"));

    assertThat(reading).isInstanceOf(Reading.Valid.class);
  }

  @Test
  void keepsTheExamplesInTheDocumentsRight() throws IOException {
    String text = Files.readString(ProjectFiles.of("docs/monitor.md"));
    List<String> examples =
        Pattern.compile("```yaml\n(groups:.*?)```", Pattern.DOTALL)
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(valid(example).groups()).isNotEmpty();
    }
  }

  private MonitorConfig valid(String yaml) throws IOException {
    Reading reading = ConfigFile.read(Files.writeString(folder.resolve("f.yml"), yaml));
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).config();
  }

  /// The mistakes, as if the file had been named without its folder.
  private List<Mistake> mistakes(String yaml) throws IOException {
    Reading reading = ConfigFile.read(Files.writeString(folder.resolve("f.yml"), yaml));
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    return ((Reading.Invalid) reading)
        .mistakes().stream()
            .map(m -> new Mistake("f.yml", m.line(), m.column(), m.what(), m.rightForm()))
            .toList();
  }
}

package io.ringtap.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.top.KeyKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages describe the fields that commands print, all of them and no others.
class JsonFieldsTest {
  /// The names that a port has.
  private static final List<String> PORTS =
      Arrays.stream(KeyKind.values())
          .map(kind -> kind.word().replace('-', '_'))
          .filter(name -> name.endsWith("port"))
          .toList();

  private static final String LINES = "cli.terminal.JsonLines";

  /// Who writes the JSON of a command.
  ///
  /// @param classes of packages of ours
  /// @param enums whose constants are names of fields
  /// @param others that are names of fields, computed from what another class calls them
  record Writers(String page, List<String> classes, List<String> enums, List<String> others) {
    Writers(String page, String... classes) {
      this(page, List.of(classes), List.of(), List.of());
    }

    Writers withEnum(String name) {
      return new Writers(page, classes, List.of(name), others);
    }

    Writers with(List<String> names) {
      return new Writers(page, classes, enums, names);
    }

    WrittenNames names() throws IOException {
      WrittenNames names = new WrittenNames();
      for (String each : classes) {
        names.add("io.ringtap." + each);
      }
      for (String each : enums) {
        names.addConstantsOf("io.ringtap." + each);
      }
      names.words().addAll(others);
      return names;
    }

    @Override
    public String toString() {
      return page;
    }
  }

  static List<Writers> writers() {
    return List.of(
        new Writers("ringtap-ping", "cli.ping.view.JsonView", "cli.ping.view.RttJson", LINES),
        new Writers("ringtap-fping", "cli.fping.JsonReport"),
        new Writers(
                "ringtap-sweep",
                "cli.sweep.AnswerWriter",
                "cli.sweep.SweepReport",
                "cli.sweep.FleetReport",
                LINES)
            .withEnum("cli.sweep.OutputField"),
        new Writers(
            "ringtap-trace",
            "cli.trace.JsonView",
            "cli.trace.SitesJson",
            "cli.ping.view.RttJson",
            LINES),
        new Writers("ringtap-capture", "cli.capture.JsonReport", LINES, "print.PacketJson"),
        new Writers("ringtap-filter", "cli.filter.TrialView$Objects", "print.PacketJson"),
        new Writers("ringtap-replay", "cli.replay.Account", LINES).withEnum("send.Refusal"),
        new Writers("ringtap-pcap-info", "cli.pcap.InfoReport", LINES),
        new Writers("ringtap-top", "cli.top.JsonView", "cli.top.IntervalJson", LINES).with(PORTS),
        new Writers("ringtap-pps", "cli.pps.JsonView", LINES),
        new Writers("ringtap-interfaces", "cli.interfaces.InterfaceJson", LINES),
        new Writers("ringtap-fleet-apply", "cli.fleet.ApplyJson", LINES),
        new Writers("ringtap-fleet-status", "cli.fleet.StatusJson", LINES),
        new Writers("ringtap-monitor-export", "monitor.export.Export")
            .withEnum("monitor.window.Outcome"));
  }

  @Test
  void areInThePageOfEachCommandThatPrintsJson() throws IOException {
    Set<String> described = new TreeSet<>();
    for (String page : ManualPages.pages("0", "2026-11-30").keySet()) {
      if (Prose.of(page).has("JSON FIELDS")) {
        described.add(page);
      }
    }

    assertThat(described).isEqualTo(new TreeSet<>(writers().stream().map(Writers::page).toList()));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void areDescribed(Writers writers) throws IOException {
    Set<String> described = DescribedFields.of(writers.page).words();
    Set<String> missing = writers.names().words();
    if (writers.page.equals("ringtap-filter")) {
      missing.remove("data_hex"); // it never asks for bytes
    }
    missing.removeAll(described);
    missing.removeIf(part -> described.stream().anyMatch(each -> each.startsWith(part + "_")));

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void arePrinted(Writers writers) throws IOException {
    WrittenNames names = writers.names();

    assertThat(DescribedFields.of(writers.page).units().keySet())
        .allSatisfy(field -> assertThat(names.have(field)).as(field).isTrue());
  }
}

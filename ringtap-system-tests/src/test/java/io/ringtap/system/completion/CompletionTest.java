package io.ringtap.system.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.ringtap.dist.completion.CompletionScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What Tab offers in each shell.
class CompletionTest {
  /// Lines and what all shells offer for them; ␣ is a blank.
  private static final String SAME =
      """
      # subcommands, of all depths
      ringtap p                               | ping pcap pps
      ringtap lab ␣                           | flood ladder rtt fanout monitor compare
      ringtap lab l                           | ladder
      ringtap pcap s                          | slice split
      ringtap monitor e                       | export
      ringtap monitor -i 10s im               | import
      ringtap nonesuch p                      |
      # options
      ringtap ping --ti                       | --timeout --timestamps
      ringtap ping --count 5 --tim            | --timeout --timestamps
      ringtap lab rtt --pr                    |
      ringtap lab ladder --pr                 | --profile
      ringtap monitor export --res            | --resolution
      ringtap monitor swift.example --cla     | --classic-buckets
      ringtap capture tcp --imm               | --immediate-mode
      ringtap capture -nvw a.pcap --imm       | --immediate-mode
      # values that are words
      ringtap ping --pmtudisc d               | do dont
      ringtap ping --pmtudisc=d               | do dont
      ringtap ping -qM d                      | do dont
      ringtap capture --direction i           | in inout
      ringtap capture --threads a             | auto
      ringtap monitor export --resolution 1   | 10s 1m 1h
      ringtap monitor import smokeping_       | smokeping_prober
      ringtap monitor --compat=ping           | ping_exporter
      ringtap pcap merge --format n           | nanopcap
      ringtap top --by source-                | source-port
      # link types
      ringtap capture -y IEEE802_11_          | IEEE802_11_RADIO IEEE802_11_RADIO_AVS
      ringtap filter --link-type=LINUX_SLL    | LINUX_SLL LINUX_SLL2
      # interfaces
      ringtap capture -i lo                   | lo
      ringtap capture --interface=lo          | lo
      ringtap capture -i an                   | any
      ringtap ping -I lo                      | lo
      ringtap pps lo                          | lo
      ringtap irq lo                          | lo
      # hosts
      ringtap ping swi                        | swift.example swift swift6.example
      ringtap ping -c 3 swift swift6          | swift6.example
      ringtap trace kno                       | known.example
      ringtap monitor swift6                  | swift6.example
      ringtap trace "two words" swift6        | swift6.example
      # filters
      ringtap capture tcp po                  | port portrange
      ringtap capture host swift6             | swift6.example
      ringtap capture src swift6              | swift6.example
      ringtap capture src por                 | port portrange
      ringtap capture not vla                 | vlan
      ringtap replay a.pcap multi             | multicast
      ringtap filter gre                      | greater
      # files
      ringtap pcap info a                     | a.pcap
      ringtap pcap info b                     | b.pcapng.gz
      ringtap pcap info my                    | my␣file.pcap
      ringtap replay a                        | a.pcap
      ringtap monitor --config w              | watch.yml
      ringtap monitor import smokeping n      | notes.txt
      ringtap ping -f n                       | notes.txt
      ringtap ping --file=n                   | notes.txt
      ringtap capture -F n                    | notes.txt
      # nothing
      ringtap ping -c ␣                       |
      ringtap capture tcp port ␣              |
      ringtap lab rtt --runs ␣                |
      ringtap ping --rate 1                   |
      ringtap sweep 10                        |
      ringtap pcap info a.pcap -- --j         |
      ringtap ping -- -                       |
      ringtap ping -- swift6                  | swift6.example
      # users and programs
      ringtap capture -Z roo                  | root
      ringtap capture -z gzi                  | gzip
      """;

  @TempDir private Path scripts;
  @TempDir private Path home;
  @TempDir private Path working;
  @TempDir private Path etc;

  private Shell.World world;

  @BeforeEach
  void makeTheWorld() throws IOException {
    CompletionScripts.main(new String[] {scripts.toString()});
    Path hosts =
        Files.writeString(
            etc.resolve("hosts"),
            """
            198.51.100.7 swift.example swift # a host
            2001:db8::7  swift6.example
            """);
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(
        home.resolve(".ssh/known_hosts"), "known.example,198.51.100.8 ssh-ed25519 AAAAC3Nz\n");
    for (String file : List.of("a.pcap", "b.pcapng.gz", "my file.pcap", "notes.txt", "watch.yml")) {
      Files.createFile(working.resolve(file));
    }
    Files.createDirectories(working.resolve("days"));
    world = new Shell.World(scripts, home, working, hosts);
  }

  @ParameterizedTest
  @EnumSource
  void offersTheSameInEachShell(Shell shell) throws Exception {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (String row : SAME.lines().filter(line -> !line.startsWith("#")).toList()) {
      int bar = row.indexOf('|');
      expected.put(
          row.substring(0, bar).stripTrailing().replace('␣', ' ').replaceFirst("  $", " "),
          Stream.of(row.substring(bar + 1).split(" ", -1))
              .filter(word -> !word.isEmpty())
              .map(word -> word.replace('␣', ' '))
              .toList());
    }

    Map<String, List<String>> offered = shell.complete(world, List.copyOf(expected.keySet()));

    Map<String, List<String>> plain = new LinkedHashMap<>();
    offered.forEach((line, candidates) -> plain.put(line, plain(candidates)));
    assertThat(plain.keySet()).containsExactlyElementsOf(expected.keySet());
    assertSoftly(softly ->
        expected.forEach((line, candidates) ->
            softly
                .assertThat(plain.get(line))
                .as(line)
                .containsExactlyInAnyOrderElementsOf(candidates)));
  }

  @ParameterizedTest
  @EnumSource
  void offersSavefilesBeforeOtherFiles(Shell shell) throws Exception {
    String line = "ringtap capture -r ";

    List<String> offered = complete(shell, line);

    assertThat(offered.subList(0, 3))
        .containsExactlyInAnyOrder("a.pcap", "b.pcapng.gz", "my file.pcap");
    assertThat(offered.get(3)).startsWith("days");
    assertThat(offered.contains("notes.txt")).isEqualTo(shell == Shell.FISH);
  }

  @ParameterizedTest
  @EnumSource
  void completesEachWordOfAList(Shell shell) throws Exception {
    for (String option : List.of("-f ", "--output-fields=")) {
      List<String> offered = complete(shell, "ringtap sweep " + option + "rtt_ns,saddr,rtt");
      assertThat(offered).as("what is there is not offered again").isEmpty();

      offered = complete(shell, "ringtap sweep " + option + "rtt_ns,s");
      offered.replaceAll(word -> word.replace("rtt_ns,", ""));
      assertThat(offered).containsExactlyInAnyOrder("saddr", "sport", "success", "stamp", "seqnum");
    }
  }

  @ParameterizedTest
  @EnumSource
  void completesWhatStandsInTheWordOfItsOption(Shell shell) throws Exception {
    List<String> offered = complete(shell, "ringtap ping -qMd");

    offered.replaceAll(word -> word.replace("-qM", ""));
    assertThat(offered).containsExactlyInAnyOrder("do", "dont");
  }

  @Test
  void fishDescribesSubcommandsAndOptionsAndNotValues() throws Exception {
    List<String> lines = List.of("ringtap pin", "ringtap ping --timeo", "ringtap ping -M dont");

    Map<String, List<String>> offered = Shell.FISH.complete(world, lines);

    assertThat(offered.get("ringtap pin"))
        .containsExactly(
            "ping\tSends ICMP echo requests to any number of targets at once and reports what"
                + " becomes of each");
    assertThat(offered.get("ringtap ping --timeo"))
        .containsExactly("--timeout\tHow long a reply may take; later ones are reported as late");
    assertThat(offered.get("ringtap ping -M dont")).containsExactly("dont");
  }

  private List<String> complete(Shell shell, String line) throws Exception {
    return plain(shell.complete(world, List.of(line)).get(line));
  }

  /// Without descriptions, quotes, and the option before a value.
  private static List<String> plain(List<String> candidates) {
    List<String> plain = new ArrayList<>();
    for (String each : candidates) {
      String word = each.replaceFirst("\t.*", "").replace("\\", "");
      plain.add(word.replaceFirst("^--[^=]*=", ""));
    }
    return new ArrayList<>(new LinkedHashSet<>(plain));
  }
}

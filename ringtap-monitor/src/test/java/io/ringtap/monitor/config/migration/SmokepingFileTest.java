package io.ringtap.monitor.config.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.migration.SmokepingFile.Part;
import io.ringtap.monitor.config.migration.SmokepingFile.Variable;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a file, beside what SmokePing itself reads of it.
class SmokepingFileTest {
  private static final Path DEBIANS = Path.of("/etc/smokeping/config.d");

  private static final String JUDGE =
      """
      use Smokeping;
      my $parser = Smokeping::get_parser();
      my $all = $parser->parse($ARGV[0]) or die "$parser->{err}\\n";
      sub show {
        my ($path, $part) = @_;
        for my $key (qw(host menu)) {
          print "$path $key=$part->{$key}\\n" if defined $part->{$key};
        }
        for my $name (grep { ref $part->{$_} eq 'HASH' && !/^_/ } sort keys %$part) {
          show("$path/$name", $part->{$name});
        }
      }
      show('', $all->{Targets});
      """;

  @TempDir Path folder;

  @Test
  void readsNamesCommentsAndIncludedFilesAsSmokepingDoes() throws Exception {
    Path file =
        config(
            """
            @define SITE Hamburg   # the first
            *** Targets ***
            probe = FPing
            menu = Top # of all
            title = Top
            + SITE
            menu = SITE and \\
              more
            title = x
            @define NET 192.0.2
            @include more
            ++ Two
            menu = two#cut
            title = NET
            host = NET.2
            """);
    write(
        "more",
        """
        ++ One
        menu = one of SITE
        title = $NET
        host = NET.1
        @define SITE Bremen
        + SITE
        menu = b-SITE-SITE
        title = x
        """);
    Draft draft = new Draft(file.toString());

    List<String> read = lines("", targets(file, draft));

    assertThat(read)
        .isEqualTo(judged(file))
        .contains("/Hamburg/One host=192.0.2.1", "/Bremen menu=b-Bremen-Bremen");
    assertThat(draft.left()).isEmpty();
  }

  @Test
  void saysWithItsLineWhatOfDefineIsNotUnderstood() throws IOException {
    Path file =
        write(
            "config",
            """
            @define a.b x
            @define NAME
            @include
            *** Targets ***
            + a.b
            host = a.example
            @define NET 192.0.2
            @define NETWORK 192.0.2.0
            """);
    Draft draft = new Draft(file.toString());

    Part targets = targets(file, draft);

    assertThat(targets.parts()).containsOnlyKeys("a.b");
    assertThat(draft.left())
        .extracting(mistake -> mistake.line() + " " + mistake.what())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("1 @define of 'a.b': a name with any of"),
            second -> assertThat(second).startsWith("2 not understood; the forms are"),
            third -> assertThat(third).startsWith("3 not understood; the forms are"),
            last -> assertThat(last).startsWith("8 @define of 'NETWORK': one of it and 'NET'"));
  }

  @Test
  void leavesOutALineThatNamesMakeEndless() throws IOException {
    StringBuilder text = new StringBuilder();
    for (char name = 'A'; name < 'Z'; name++) {
      String next = String.valueOf((char) (name + 1));
      text.append("@define ").append(name).append(' ').append(next.repeat(10)).append('\n');
    }
    Path file = write("config", text + "*** targets ***\n+ x\nhost = A\nmenu = b\n");
    Draft draft = new Draft(file.toString());

    Part targets = requireNonNull(SmokepingFile.read(file, draft).get("targets"));
    Map<String, Variable> variables = requireNonNull(targets.parts().get("x")).variables();

    assertThat(variables).containsOnlyKeys("menu");
    assertThat(draft.left())
        .extracting(Mistake::what)
        .contains("a line of more than 65536 characters after @define");
  }

  private static Part targets(Path file, Draft draft) {
    return requireNonNull(SmokepingFile.read(file, draft).get("Targets"));
  }

  /// A configuration that SmokePing takes.
  private Path config(String targets) throws IOException {
    Requirement.check(Files.isReadable(DEBIANS.resolve("Probes")), "smokeping is not installed");
    StringBuilder text =
        new StringBuilder(
            """
            *** General ***
            owner = a
            contact = a@example.org
            mailhost = mail.example
            imgcache = %1$s
            imgurl = images
            datadir = %1$s
            piddir = %1$s
            cgiurl = http://localhost/
            smokemail = /etc/smokeping/smokemail
            tmail = /etc/smokeping/tmail
            """
                .formatted(folder));
    for (String name : List.of("Alerts", "Database", "Presentation", "Probes")) {
      text.append("@include ").append(DEBIANS.resolve(name)).append('\n');
    }
    return write("config", text + targets);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> lines(String path, Part part) {
    List<String> lines = new ArrayList<>();
    for (String key : List.of("host", "menu")) {
      Variable variable = part.variables().get(key);
      if (variable != null) {
        lines.add(path + " " + key + "=" + variable.value());
      }
    }
    new TreeMap<>(part.parts())
        .forEach((name, inner) -> lines.addAll(lines(path + "/" + name, inner)));
    return lines;
  }

  /// What SmokePing's own parser makes of the file.
  private List<String> judged(Path file) throws IOException, InterruptedException {
    Path script = write("judge.pl", JUDGE);
    Process perl =
        new ProcessBuilder("perl", script.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    perl.getOutputStream().close();
    List<String> lines = new String(perl.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(perl.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}

package io.ringtap.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.plan.FleetFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {
  @TempDir Path folder;

  @Test
  void expandsTheGroupsOfAConfiguration() throws Exception {
    Files.writeString(folder.resolve("list.txt"), "10.1.0.0/31");

    Content content =
        read(
            """
            defaults: {sites: [fra1, ams2], alerts: off}
            groups:
              - {name: a, targets: [a.example], files: [list.txt], family: both}
              - {name: b, targets: [{host: b.example, name: b, labels: {rack: r1}}], sites: all}
            """);

    assertThat(content)
        .isInstanceOfSatisfying(
            Content.Valid.class,
            valid ->
                assertThat(valid.targets())
                    .extracting(target ->
                        "%s/%s %s %s %s %s"
                            .formatted(
                                target.group(),
                                target.host(),
                                target.name(),
                                target.labels(),
                                target.sites(),
                                target.settings().family().word()))
                    .containsExactly(
                        "a/a.example a.example {} [ams2, fra1] both",
                        "a/10.1.0.0 10.1.0.0 {} [ams2, fra1] both",
                        "a/10.1.0.1 10.1.0.1 {} [ams2, fra1] both",
                        "b/b.example b {rack=r1} [] any"));
  }

  @Test
  void saysAllMistakesWithTheirPlaces() throws Exception {
    Path list = folder.resolve("list.txt");
    Files.writeString(list, "a.example\n10.1.0.0/33");

    assertThat(mistakes("groups:\n  - {name: a, targets: [10.0.0.0/33], intervall: 1s}\n"))
        .hasSize(2)
        .allMatch(line -> line.startsWith(folder + "/fleet.yml:2:"));
    assertThat(mistakes("groups:\n  - {name: a, files: [list.txt]}\n"))
        .containsExactly(
            list + ":2: '10.1.0.0/33' is no target: the prefix length must be 0 to 32");
  }

  @Test
  void refusesWhatARecordCannotCarry() throws Exception {
    assertThat(
            mistakes(
                """
                groups:
                  - {name: a, targets: [a.example], timeout: 1500us}
                  - {name: b, targets: [{host: b.example, name: %s}]}
                """
                    .formatted("n".repeat(300))))
        .containsExactly(
            folder
                + "/fleet.yml: group a: a.example: timeout: 1ms500us is finer than a fleet has it,"
                + " which would be 1ms",
            folder + "/fleet.yml: group b: b.example: name has 300 characters, not 1 to 253");
  }

  private List<String> mistakes(String yaml) throws Exception {
    Content content = read(yaml);
    assertThat(content).isInstanceOf(Content.Invalid.class);
    return ((Content.Invalid) content).mistakes();
  }

  private Content read(String yaml) throws IOException, InterruptedException {
    return FleetFile.read(Files.writeString(folder.resolve("fleet.yml"), yaml));
  }
}

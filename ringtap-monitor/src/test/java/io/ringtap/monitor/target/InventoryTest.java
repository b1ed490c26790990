package io.ringtap.monitor.target;

import static io.ringtap.monitor.target.Watching.group;
import static io.ringtap.monitor.target.Watching.settings;
import static io.ringtap.monitor.target.Watching.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.TargetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {
  private final Watching watching = new Watching();

  @Test
  void expandsAddressesPrefixesAndRangesOfBothFamilies() {
    watching.update(group("g", "10.0.0.0/30", "10.0.1.8-10.0.1.9", "2001:db8::/127", "0:0::1"));

    assertThat(watching.heard.stream().filter(line -> line.startsWith("added")))
        .containsExactly(
            "added g/10.0.0.0 as 0",
            "added g/10.0.0.1 as 1",
            "added g/10.0.0.2 as 2",
            "added g/10.0.0.3 as 3",
            "added g/10.0.1.8 as 4",
            "added g/10.0.1.9 as 5",
            "added g/2001:db8:: as 6",
            "added g/2001:db8::1 as 7",
            "added g/::1 as 8");
    assertThat(watching.heard).contains("g/10.0.0.3: null -> 10.0.0.3");
    assertThat(watching.inventory.size()).isEqualTo(9);
  }

  @Test
  void tellsOnlyWhatIsDifferentFromBefore() {
    watching.update(group("g", "10.0.0.1", "10.0.0.2"), group("h", "10.0.0.1"));

    watching.update(
        group("g", "10.0.0.2", "10.0.0.3"),
        group("h", settings(AddressFamily.ANY, Duration.ofSeconds(2)), written("10.0.0.1")));

    assertThat(watching.heard)
        .containsExactly(
            "removed g/10.0.0.1",
            "changed h/10.0.0.1 as 2",
            "added g/10.0.0.3 as 3",
            "g/10.0.0.3: null -> 10.0.0.3");
  }

  @Test
  void saysNothingOfAConfigurationThatIsTheSame() {
    watching.name("a.example", 60, "10.0.0.1");
    watching.update(group("g", "10.0.0.0/28", "a.example"));

    watching.update(group("g", "10.0.0.0/28", "a.example"));

    assertThat(watching.heard).isEmpty();
    assertThat(watching.asked).containsExactly("a.example");
  }

  @Test
  void givesATargetThatComesBackTheNumberThatItHad() {
    watching.update(group("g", "10.0.0.1", "10.0.0.2"));
    watching.update(group("g", "10.0.0.2"));

    watching.update(group("g", "10.0.0.1", "10.0.0.2"));

    assertThat(watching.heard).startsWith("added g/10.0.0.1 as 0");
  }

  @Test
  void watchesAHostOnceThatIsListedTwiceInAGroup() {
    watching.update(
        group(
            "g",
            new TargetSource.Written("10.0.0.1", "first", Map.of("role", "router")),
            new TargetSource.Written("10.0.0.0/30", null, Map.of())));

    assertThat(watching.inventory.size()).isEqualTo(4);
    assertThat(watching.heard).filteredOn(line -> line.contains("10.0.0.1 as")).hasSize(1);
  }

  @Test
  void refusesWhatIsNoTargetAndChangesNothing() {
    watching.update(group("g", "10.0.0.1"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> watching.inventory.update(List.of(group("g", "10.0.0.256"))))
        .withMessageContaining("group g: '10.0.0.256' is no target: ");
    watching.run();
    assertThat(watching.heard).isEmpty();
    assertThat(watching.inventory.size()).isEqualTo(1);
  }

  @Test
  void refusesMoreThanAMonitorIsMadeForWithoutExpandingThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> watching.inventory.update(List.of(group("g", "2001:db8::/32", "::1"))))
        .withMessageContaining("at most 200000 can be watched");
  }

  @Test
  void putsATargetsOwnLabelsOverThoseOfItsGroup() {
    watching.update(
        group("g", new TargetSource.Written("10.0.0.1", "edge", Map.of("rack", "2", "site", "b"))));

    Target target = watching.added.getFirst();
    assertThat(target.labels()).isEqualTo(Map.of("rack", "2", "site", "b"));
    assertThat(target.name()).isEqualTo("edge");
  }

  @Test
  void sharesTheLabelsOfTargetsThatHaveNoneOfTheirOwn() {
    watching.update(group("g", "10.0.0.0/30"));

    assertThat(watching.added.getFirst().labels()).isSameAs(watching.added.getLast().labels());
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1%lo, g/fe80::1%lo: null -> fe80::1%1",
    "fe80::1%1, g/fe80::1%1: null -> fe80::1%1",
    "fe80::1%none9, g/fe80::1%none9: there is no interface 'none9'",
    "2001:db8::7%lo, g/2001:db8::7%lo: null -> 2001:db8::7"
  })
  void findsTheInterfaceOfALinkLocalAddress(String text, String expected) {
    watching.update(group("g", text));

    assertThat(watching.heard).endsWith(expected);
  }

  @Test
  void keepsTheTargetsOfAFileThatIsReplacedByAnotherUntilThatIsRead(@TempDir Path folder)
      throws IOException {
    Path first = Files.writeString(folder.resolve("first"), "10.0.0.1 10.0.0.2");
    Path second = Files.writeString(folder.resolve("second"), "10.0.0.2 10.0.0.3");
    watching.update(group("g", new TargetSource.ListFile(first)));
    watching.isDirect = false;

    watching.update(group("g", new TargetSource.ListFile(second)));

    assertThat(watching.heard).isEmpty();
    watching.finish(1);
    assertThat(watching.heard)
        .containsExactly(
            "removed g/10.0.0.1", "added g/10.0.0.3 as 2", "g/10.0.0.3: null -> 10.0.0.3");
  }

  @Test
  void readsAFileAgainThatHasChangedAndStandsStill(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "10.0.0.1");
    watching.update(group("g", new TargetSource.ListFile(file)));

    Files.writeString(file, "10.0.0.1 # the first\n10.0.0.2\n");
    watching.pass(Duration.ofSeconds(2));
    assertThat(watching.heard).isEmpty();
    watching.pass(Duration.ofSeconds(2));

    assertThat(watching.heard)
        .containsExactly("added g/10.0.0.2 as 1", "g/10.0.0.2: null -> 10.0.0.2");
  }

  @Test
  void followsALinkThatIsSwapped(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(folder.resolve("one"), "10.0.0.1");
    Files.writeString(folder.resolve("two"), "10.0.0.2");
    Files.createSymbolicLink(file, Path.of("one"));
    watching.update(group("g", new TargetSource.ListFile(file)));

    Files.createSymbolicLink(folder.resolve("next"), Path.of("two"));
    Files.move(folder.resolve("next"), file, StandardCopyOption.ATOMIC_MOVE);
    watching.pass(Duration.ofSeconds(4));

    assertThat(watching.heard).contains("removed g/10.0.0.1", "added g/10.0.0.2 as 1");
  }

  @Test
  void changesNothingByABadFileAndCountsIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "10.0.0.1");
    watching.update(group("g", new TargetSource.ListFile(file)));

    Files.writeString(file, "10.0.0.2\nwww.example.com/index.html\n10.0.0.300");
    watching.pass(Duration.ofSeconds(20));

    assertThat(watching.heard).isEmpty();
    assertThat(watching.inventory.failures()).isEqualTo(1);
    SourceStatus status = watching.inventory.sources().getFirst();
    assertThat(status.entries()).isEqualTo(1);
    assertThat(status.problems())
        .hasSize(1)
        .first()
        .asString()
        .startsWith(file + ":2: 'www.example.com/index.html' is no target")
        .endsWith(" (and 1 more)");
  }

  @Test
  void keepsTheTargetsOfAFileThatIsGone(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "10.0.0.1");
    watching.update(group("g", new TargetSource.ListFile(file)));

    Files.delete(file);
    watching.pass(Duration.ofSeconds(20));
    assertThat(watching.heard).isEmpty();
    assertThat(watching.inventory.failures()).isEqualTo(1);
    Files.writeString(file, "10.0.0.1 10.0.0.2");
    watching.pass(Duration.ofSeconds(20));

    assertThat(watching.heard).startsWith("added g/10.0.0.2 as 1");
    assertThat(watching.inventory.sources().getFirst().problems()).isEmpty();
  }

  @Test
  void refusesAFileWithWhichThereWouldBeTooManyTargets(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "2001:db8::/64");

    watching.update(group("g", new TargetSource.ListFile(file), written("10.0.0.1")[0]));

    assertThat(watching.inventory.size()).isEqualTo(1);
    assertThat(watching.inventory.sources().getFirst().problems().getFirst())
        .contains("at most 200000 can be watched");
  }

  @Test
  void readsFilesAtOnceWithAConfiguration(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "10.0.0.1");
    watching.update(group("g", new TargetSource.ListFile(file)));
    Files.writeString(file, "10.0.0.2");

    watching.update(group("g", new TargetSource.ListFile(file)));

    assertThat(watching.heard).contains("removed g/10.0.0.1", "added g/10.0.0.2 as 1");
  }
}

package io.ringtap.monitor.target;

import static io.ringtap.monitor.target.Watching.group;
import static io.ringtap.monitor.target.Watching.settings;
import static io.ringtap.monitor.target.Watching.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Watching watching = new Watching();

  @Test
  void looksANameUpAgainWhenItsTtlEnds() {
    watching.name("a.example", 60, "10.0.0.1");
    watching.update(group("g", "a.example"));

    watching.pass(Duration.ofSeconds(59));
    assertThat(watching.asked).hasSize(1);
    watching.pass(Duration.ofSeconds(6));

    assertThat(watching.asked).hasSize(2);
    assertThat(watching.heard).isEmpty();
  }

  @Test
  void doesNotBelieveTtlsThatAreTooShortOrTooLong() {
    watching.name("short.example", 0, "10.0.0.1");
    watching.name("long.example", 1_000_000, "10.0.0.2");
    watching.update(group("g", "short.example", "long.example"));

    watching.pass(Duration.ofMinutes(70));

    assertThat(watching.asked).filteredOn("short.example"::equals).hasSizeBetween(780, 841);
    assertThat(watching.asked).filteredOn("long.example"::equals).hasSize(2);
  }

  @Test
  void tellsAChangeOfAddressOnce() {
    watching.name("a.example", 10, "10.0.0.1");
    watching.update(group("g", "a.example"));
    watching.name("a.example", 10, "10.0.0.2");

    watching.pass(Duration.ofMinutes(2));

    assertThat(watching.heard).containsExactly("g/a.example: 10.0.0.1 -> 10.0.0.2");
  }

  @Test
  void keepsAnAddressAsLongAsItIsAmongThoseOfTheName() {
    watching.name("a.example", 10, "10.0.0.1", "10.0.0.2", "10.0.0.3");
    watching.update(group("g", "a.example"));

    watching.name("a.example", 10, "10.0.0.3", "10.0.0.2", "10.0.0.1");
    watching.pass(Duration.ofSeconds(30));
    assertThat(watching.heard).isEmpty();
    watching.name("a.example", 10, "10.0.0.3", "10.0.0.2");
    watching.pass(Duration.ofSeconds(30));

    assertThat(watching.heard).containsExactly("g/a.example: 10.0.0.1 -> 10.0.0.3");
  }

  @Test
  void tellsOfANameThatNeverResolvedAndTakesItsAddressWhenItHasOne() {
    watching.update(group("g", "a.example"));
    assertThat(watching.heard)
        .containsExactly("added g/a.example as 0", "g/a.example: no such name");
    watching.pass(Duration.ofMinutes(1));
    assertThat(watching.heard).isEmpty();

    watching.name("a.example", 10, "10.0.0.1");
    watching.pass(Duration.ofMinutes(5));

    assertThat(watching.heard)
        .containsExactly("g/a.example: null -> 10.0.0.1", "g/a.example: resolved");
  }

  @Test
  void keepsTheLastAddressWhileNobodyAnswersAndTellsWhenItIsThereAgain() {
    watching.name("a.example", 60, "10.0.0.1");
    watching.update(group("g", "a.example"));
    watching.answers.clear();

    watching.pass(Duration.ofMinutes(10));
    assertThat(watching.heard).containsExactly("g/a.example: no such name");
    watching.name("a.example", 60, "10.0.0.1");
    watching.pass(Duration.ofMinutes(5));

    assertThat(watching.heard).containsExactly("g/a.example: resolved");
  }

  @Test
  void saysNothingOfASingleFailedLookUp() {
    watching.name("a.example", 10, "10.0.0.1");
    watching.update(group("g", "a.example"));

    watching.answers.clear();
    watching.pass(Duration.ofSeconds(11));
    watching.name("a.example", 10, "10.0.0.1");
    watching.pass(Duration.ofMinutes(1));

    assertThat(watching.heard).isEmpty();
  }

  @Test
  void asksLessAndLessOftenForANameThatIsNotFound() {
    watching.update(group("g", "a.example"));

    watching.pass(Duration.ofSeconds(8));
    assertThat(watching.asked).hasSizeBetween(4, 5);
    watching.pass(Duration.ofHours(1));
    int after = watching.asked.size();
    watching.pass(Duration.ofHours(1));

    assertThat(watching.asked.size() - after).isBetween(12, 17);
  }

  @Test
  void asksForManyNamesThatFailedTogetherAtTimesOfTheirOwn() {
    watching.update(
        group("g", IntStream.range(0, 100).mapToObj(i -> "h" + i).toArray(String[]::new)));
    watching.pass(Duration.ofMinutes(30));

    int most = 0;
    for (int i = 0; i < 300; i++) {
      int before = watching.asked.size();
      watching.pass(Duration.ofSeconds(1));
      most = Math.max(most, watching.asked.size() - before);
    }

    assertThat(most).isLessThan(15);
  }

  @Test
  void watchesBothFamiliesAsTargetsOfTheirOwn() {
    watching.name("a.example#ipv4", 10, "10.0.0.1");
    watching.name("a.example#ipv6", 10, "2001:db8::1");

    watching.update(
        group(
            "g",
            settings(AddressFamily.BOTH, Duration.ofSeconds(1)),
            written("a.example", "10.0.0.9")));

    assertThat(watching.heard)
        .contains(
            "g/a.example#ipv4: null -> 10.0.0.1",
            "g/a.example#ipv6: null -> 2001:db8::1",
            "g/10.0.0.9: null -> 10.0.0.9");
    assertThat(watching.inventory.size()).isEqualTo(3);
  }

  @Test
  void looksANameUpOnceForAllGroups() {
    watching.name("a.example", 10, "10.0.0.1");

    watching.update(group("g", "a.example"), group("h", "a.example"));

    assertThat(watching.asked).containsExactly("a.example");
    assertThat(watching.heard)
        .contains("g/a.example: null -> 10.0.0.1", "h/a.example: null -> 10.0.0.1");
  }

  @Test
  void looksUpInTheFamilyThatTheGroupHasNow() {
    watching.name("a.example", 10, "2001:db8::1");
    watching.name("a.example#ipv4", 10, "10.0.0.1");
    watching.update(group("g", "a.example"));

    watching.update(
        group("g", settings(AddressFamily.IPV4, Duration.ofSeconds(1)), written("a.example")));

    assertThat(watching.heard)
        .containsExactly("changed g/a.example as 0", "g/a.example: null -> 10.0.0.1");
    watching.asked.clear();
    watching.pass(Duration.ofSeconds(30));
    assertThat(watching.asked).isNotEmpty().containsOnly("a.example#ipv4");
  }

  @Test
  void looksUpNoNameAnyMoreThatIsGone() {
    watching.name("a.example", 10, "10.0.0.1");
    watching.update(group("g", "a.example", "b.example"));
    watching.update(group("g", "10.0.0.1"));
    watching.asked.clear();

    watching.pass(Duration.ofHours(2));

    assertThat(watching.asked).isEmpty();
  }

  @Test
  void asksForOnlySoManyNamesAtATime() {
    watching.isDirect = false;

    watching.update(
        group("g", IntStream.range(0, 1000).mapToObj(i -> "h" + i).toArray(String[]::new)));

    assertThat(watching.waiting).hasSize(Names.MOST_LOOKUPS);
    watching.finish(10);
    assertThat(watching.waiting).hasSize(Names.MOST_LOOKUPS);
  }

  @Test
  void doesNotKeepOthersWaitingForNamesWhoseServersAreDead() {
    String[] dead = IntStream.range(0, 100).mapToObj(i -> "dead" + i).toArray(String[]::new);
    watching.update(group("g", dead));
    watching.isDirect = false;
    watching.pass(Duration.ofMinutes(10));
    assertThat(watching.waiting).hasSize(Names.MOST_FAILING);
    watching.name("new.example", 10, "10.0.0.1");

    watching.update(group("g", dead), group("h", "new.example"));
    List.copyOf(watching.waiting).getLast().run();
    watching.run();

    assertThat(watching.asked).last().isEqualTo("new.example");
    assertThat(watching.heard).containsExactly("h/new.example: null -> 10.0.0.1");
  }

  @Test
  void watchesAddressesWhileNoNameIsAnswered() {
    watching.isDirect = false;

    watching.update(group("g", "a.example", "10.0.0.1"));

    assertThat(watching.heard).contains("g/10.0.0.1: null -> 10.0.0.1");
  }
}

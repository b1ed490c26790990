package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.fleet.HandoverSite.Effect;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What agents that come and go do to the targets of their site, judged by tcpdump. With
/// `-Dhandover.long=true` there are more faults, and what the documentation promises in seconds is
/// asserted, which asks for a machine that has nothing else to do.
@RequiresRoot
class HandoverTest {
  private static final String LONG = "handover.long";
  private static final double INTERVAL_SECONDS = HandoverSite.INTERVAL_MICROS / 1e6;
  private static final double JOIN_SECONDS = INTERVAL_SECONDS + 2;
  private static final double LEAVE_SECONDS = INTERVAL_SECONDS + 0.5;
  private static final double CRASH_SECONDS = JOIN_SECONDS + 6;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private static void check(Effect effect, double mostSeconds) {
    System.out.println(effect);
    assertThat(effect.twiceMicros())
        .as("%s", effect)
        .isLessThanOrEqualTo(HandoverSite.INTERVAL_MICROS);
    if (Boolean.getBoolean(LONG)) {
      assertThat(effect.silenceSeconds()).as("%s", effect).isLessThan(mostSeconds);
    }
  }

  /// Each probe of agents that have ended in order is delivered, once.
  private static void checkAccounts(HandoverSite site, List<String> ended) throws Exception {
    DeliveredProbes delivered = site.delivered();
    System.out.printf(
        "windows: %d lost, %d twice, %d records came again%n",
        delivered.missing(), delivered.partsTwice(), delivered.repeated());
    assertThat(delivered.missing()).isZero();
    assertThat(delivered.partsTwice()).isZero();
    for (String agent : ended) {
      // tcpdump may be behind
      boolean _ = Eventually.within(PATIENCE, () -> site.onTheWire(agent) >= delivered.sent(agent));
      assertThat(delivered.sent(agent)).as(agent).isPositive().isEqualTo(site.onTheWire(agent));
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void movesTargetsWhenAgentsComeAndGo() throws Exception {
    try (HandoverSite site = new HandoverSite(folder, 1)) {
      Effect _ = site.effect("first agent", () -> site.start("a"), "a");

      check(site.effect("join", () -> site.start("b"), "a", "b"), JOIN_SECONDS);
      check(site.effect("clean leave", () -> site.end("a"), "b"), LEAVE_SECONDS);
      check(site.effect("join of another", () -> site.start("c"), "b", "c"), JOIN_SECONDS);
      check(site.effect("kill -9", () -> site.kill("c"), "b"), CRASH_SECONDS);
      site.end("b");

      checkAccounts(site, List.of("a", "b"));
      assertThat(site.delivered().sent("c")).isLessThanOrEqualTo(site.onTheWire("c"));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = LONG, matches = "true")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void movesNothingWhenAnAgentOrTheBrokerIsBackSoon() throws Exception {
    try (HandoverSite site = new HandoverSite(folder, 1)) {
      startBoth(site, "--on-stop", "stay");

      // until it is there again, and not longer than the session, after which it would move
      check(
          site.effect(
              "restart with --on-stop stay",
              () -> {
                site.end("a");
                site.start("a");
              },
              "a",
              "b"),
          CRASH_SECONDS);
      check(
          site.effect(
              "broker restarted",
              () -> {
                site.broker().stop();
                site.broker().startAgain();
                Thread.sleep(Duration.ofSeconds(15)); // in which agents find it, and may move
              },
              "a",
              "b"),
          JOIN_SECONDS);
      check(
          site.effect(
              "broker gone for 60 s",
              () -> {
                site.broker().kill();
                Thread.sleep(Duration.ofSeconds(60));
                site.broker().startAgain();
                Thread.sleep(Duration.ofSeconds(15));
              },
              "a",
              "b"),
          JOIN_SECONDS);

      site.end("a");
      site.end("b");
      checkAccounts(site, List.of("a", "b"));
    }
  }

  private static void startBoth(HandoverSite site, String... options) throws Exception {
    Effect _ = site.effect("first agent", () -> site.start("a", options), "a");
    check(site.effect("join", () -> site.start("b", options), "a", "b"), JOIN_SECONDS);
  }

  @Test
  @EnabledIfSystemProperty(named = LONG, matches = "true")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void probesOnWhenAnAgentIsCutOff() throws Exception {
    try (HandoverSite site = new HandoverSite(folder, 1)) {
      startBoth(site);

      Effect cut =
          site.effect(
              "one agent without the broker for 30 s",
              () -> {
                site.wayToBroker("a").down();
                Thread.sleep(Duration.ofSeconds(30));
                site.wayToBroker("a").up();
                Thread.sleep(Duration.ofSeconds(15));
              },
              "a",
              "b");

      System.out.println(cut);
      assertThat(cut.silenceSeconds()).as("%s", cut).isLessThan(JOIN_SECONDS);
      assertThat(cut.twiceMicros()).as("it goes on beside its successor").isPositive();
      site.end("a");
      site.end("b");
      checkAccounts(site, List.of("a", "b"));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = LONG, matches = "true")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void losesNothingWhenOneOfThreeBrokersIsKilled() throws Exception {
    try (HandoverSite site = new HandoverSite(folder, 3)) {
      startBoth(site);

      for (int number = 1; number <= 3; number++) {
        int victim = number;
        check(
            site.effect(
                "broker %d of 3 killed".formatted(victim),
                () -> {
                  site.broker().kill(victim);
                  Thread.sleep(Duration.ofSeconds(20));
                  site.broker().startAgain(victim);
                  Thread.sleep(Duration.ofSeconds(10));
                },
                "a",
                "b"),
            JOIN_SECONDS);
      }

      site.end("a");
      site.end("b");
      checkAccounts(site, List.of("a", "b"));
    }
  }
}

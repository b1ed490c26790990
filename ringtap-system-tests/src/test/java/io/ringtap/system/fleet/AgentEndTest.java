package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that ends while no broker is there, or nobody reads its output.
@RequiresRoot
class AgentEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void saysAfterTheSignalThatItKeepsResultsAndTheNextRunDeliversThem() throws Exception {
    try (HandoverSite site = new HandoverSite(folder, 1)) {
      HandoverSite.Effect _ = site.effect("start", () -> site.start("a"), "a");
      site.broker().kill();
      site.end("a");
      assertThat(site.lines("a"))
          .anyMatch(line -> line.contains(" results are kept for the next run"));
      long sent = site.onTheWire("a");

      site.broker().startAgain();
      HandoverSite.Effect _ = site.effect("start again", () -> site.start("a"), "a");
      site.end("a");

      boolean _ =
          Eventually.within(PATIENCE, () -> site.onTheWire("a") >= site.delivered().sent("a"));
      assertThat(site.delivered().sent("a")).isEqualTo(site.onTheWire("a")).isGreaterThan(sent);
      assertThat(site.delivered().missing()).isZero();
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void goesOnAndDeliversAllWhenTheReaderOfItsOutputHasGone() throws Exception {
    try (HandoverSite site = new HandoverSite(folder, 1)) {
      HandoverSite.Effect _ = site.effect("start", () -> site.startUnread("a"), "a");
      site.end("a");

      assertThat(site.lines("a"))
          .filteredOn(line -> line.contains("cannot write to standard output"))
          .hasSize(1);
      boolean _ =
          Eventually.within(PATIENCE, () -> site.onTheWire("a") >= site.delivered().sent("a"));
      assertThat(site.delivered().sent("a")).isEqualTo(site.onTheWire("a")).isPositive();
      assertThat(site.delivered().missing()).isZero();
    }
  }
}

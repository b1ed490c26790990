package io.ringtap.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.report.Sample;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class MeasuredProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String COUNT_TO_A_MILLION =
      "i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done";

  private NetworkNamespace namespace;

  @BeforeEach
  void create() throws Exception {
    namespace = NetworkNamespace.create("measured");
  }

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void tellsWhatABusyLoopCosts() throws Exception {
    try (MeasuredProcess process = shell(COUNT_TO_A_MILLION)) {
      ProcessRun run = process.await(PATIENCE);

      assertThat(run.failure(0)).isNull();
      assertThat(run.isCpuExact()).isTrue();
      // It does nothing else, so it cannot have used more than it took; how much less, is up to who
      // else is on the machine.
      assertThat(run.cpu().nanos()).isBetween(50_000_000L, run.took().toNanos());
      assertThat(run.cpu().userNanos()).isGreaterThan(run.cpu().systemNanos());
      assertThat(run.peakThreads()).isEqualTo(1);
      assertThat(run.peakRssBytes()).isBetween(500_000L, 50_000_000L);
      Sample.Series sum = run.series().getLast();
      assertThat(sum.name()).isEqualTo("cpu_s");
      assertThat(sum.y()).isSorted().last().isEqualTo(run.cpu().nanos() / 1e9);
    }
  }

  @Test
  void tellsLittleOfAProcessThatSleeps() throws Exception {
    try (MeasuredProcess process = shell("exec sleep 0.5")) {
      ProcessRun run = process.await(PATIENCE);

      assertThat(run.took()).isGreaterThan(Duration.ofMillis(500));
      assertThat(run.cpu().nanos()).isLessThan(100_000_000L);
    }
  }

  @Test
  void countsChildrenWhileTheyRunAndWhenTheyHaveEnded() throws Exception {
    try (MeasuredProcess process = shell("sh -c '" + COUNT_TO_A_MILLION + "; sleep 0.5'; true")) {
      ProcessRun run = process.await(PATIENCE);

      assertThat(run.cpu().nanos()).isGreaterThan(50_000_000L);
      Sample.Series sum = run.series().getLast();
      // The last sample but one was taken before the shell had waited for its child.
      assertThat(sum.y().get(sum.y().size() - 2)).isGreaterThan(0.04);
    }
  }

  @Test
  void collectsBothStreamsAndTheExitCode() throws Exception {
    try (MeasuredProcess process = shell("echo said; echo complained >&2; exit 7")) {
      ProcessRun run = process.await(PATIENCE);

      assertThat(run.output()).isEqualTo("said\n");
      assertThat(run.errors()).isEqualTo("complained\n");
      assertThat(run.failure(0, 1)).isEqualTo("exit code 7: complained");
      assertThat(run.failure(7)).isNull();
    }
  }

  @Test
  void killsWhatDoesNotEndInTime() throws Exception {
    try (MeasuredProcess process = shell("exec sleep 1000")) {
      ProcessRun run = process.await(Duration.ofMillis(50));

      assertThat(run.isOverdue()).isTrue();
      assertThat(run.failure(0)).startsWith("killed: not at its end after 0.");
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void interruptsAsCtrlCDoes() throws Exception {
    try (MeasuredProcess process =
        shell("trap 'echo interrupted; exit 5' INT; echo ready; while :; do sleep 0.01; done")) {
      while (process.cpu().nanos() == 0) {
        Thread.sleep(1);
      }
      Thread.sleep(200);
      process.interrupt();

      ProcessRun run = process.await(PATIENCE);

      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.output()).isEqualTo("ready\ninterrupted\n");
    }
  }

  @Test
  void saysThatThereIsNoSuchProgram() throws Exception {
    try (MeasuredProcess process = MeasuredProcess.start(namespace, List.of("no-such-program"))) {
      assertThat(process.await(PATIENCE).failure(0)).contains("exit code 127", "no-such-program");
    }
  }

  @Test
  void takesSamplesForTheWholeWhereTwoProcessesOverlap() throws Exception {
    try (MeasuredProcess first = shell("sleep 0.2");
        MeasuredProcess second = shell("sleep 0.2")) {
      assertThat(first.await(PATIENCE).isCpuExact()).isFalse();
      assertThat(second.await(PATIENCE).isCpuExact()).isFalse();
    }
  }

  private MeasuredProcess shell(String script) throws Exception {
    // A build in the background may be told to ignore SIGINT, which a shell cannot take back.
    return MeasuredProcess.start(
        namespace, List.of("env", "--default-signal=INT", "sh", "-c", script));
  }
}

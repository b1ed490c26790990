package io.ringtap.system.capture;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sets from files in the filters of `ringtap capture`.
class CaptureCommandSetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BPF_PROG_GET_NEXT_ID = 11; // linux/bpf.h

  @TempDir private Path directory;
  private CaptureFixture lab;
  private Path set;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    lab = new CaptureFixture();
    set = Files.writeString(directory.resolve("set.txt"), "127.0.0.1 # us\n2001:db8::/32\n");
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private String[] filter() {
    return new String[] {"-i", "lo", "--reload-sets", "src net in " + set};
  }

  private void replaceSet(String lines) throws IOException {
    Path next = Files.writeString(directory.resolve("next.txt"), lines);
    Files.move(next, set, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitLine(CaptureProcess capture, String beginning) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            capture.err().stream()
                .anyMatch(line -> line.startsWith("ringtap capture: " + beginning)));
  }

  private static void awaitShown(CaptureProcess capture, int packets) {
    await().atMost(PATIENCE).until(() -> capture.out().size() >= packets);
  }

  @Test
  void readsAChangedSetWhileItRuns() throws Exception {
    try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, filter())) {
      lab.send(3, 10);
      awaitShown(capture, 3);

      replaceSet("10.0.0.0/8\n");
      awaitLine(capture, "the sets have changed: packets are filtered by the new ones");
      lab.send(4, 10, 4701);

      replaceSet("127.0.0.0/8\n");
      await()
          .atMost(PATIENCE)
          .until(() ->
              capture.err().stream()
                      .filter(line -> line.endsWith("packets are filtered by the new ones"))
                      .count()
                  == 2);
      lab.send(5, 10, 4702);
      awaitShown(capture, 8);

      replaceSet("127.0.0.0/8\nnonsense\n");
      awaitLine(
          capture,
          "the sets have changed, and the old ones stay: at 9: " + set + ", line 2: \"nonsense\"");
      lab.send(6, 10, 4703);
      Command.Result result = capture.end("TERM");

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).hasSize(3 + 5 + 6).noneMatch(line -> line.contains(".4701: UDP"));
      assertThat(result.err())
          .contains("14 packets captured", "14 packets received by filter")
          .noneMatch(line -> line.contains("user space"));
    }
  }

  @Test
  void runsInUserSpaceWithoutTheRightForBpf() throws Exception {
    Command without = lab.ringtap.withPrefix("setpriv", "--bounding-set=-cap_39,-sys_admin", "--");

    try (CaptureProcess capture = CaptureProcess.start(without, filter())) {
      lab.send(5, 10);
      Command.Result result = capture.end("TERM");

      assertThat(result.err())
          .contains(
              "ringtap capture: a filter with a set needs CAP_BPF to run in the kernel:"
                  + " packets are filtered in user space",
              "5 packets captured");
    }
  }

  /// A long row of addresses is looked up too; where that is not permitted, they are compared.
  @Test
  void runsALongRowInTheKernelWithoutTheRightForBpf() throws Exception {
    Command without = lab.ringtap.withPrefix("setpriv", "--bounding-set=-cap_39,-sys_admin", "--");
    String row =
        IntStream.rangeClosed(1, 200)
            .mapToObj(i -> "src host 127.0.0." + i)
            .collect(Collectors.joining(" or "));

    try (CaptureProcess capture = CaptureProcess.start(without, "-i", "lo", row)) {
      lab.send(5, 10);
      Command.Result result = capture.end("TERM");

      assertThat(result.err())
          .contains("5 packets captured")
          .noneMatch(line -> line.contains("user space"));
    }
  }

  @Test
  void leavesNoProgramBehindWhenKilled() throws Exception {
    Set<Integer> before = programs();
    Set<Integer> ours;
    try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, filter())) {
      lab.send(2, 10);
      awaitShown(capture, 2);
      ours = programs();
      ours.removeAll(before);
      assertThat(ours).isNotEmpty();

      Command.Result _ = capture.end("KILL");
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(programs()).doesNotContainAnyElementsOf(ours));
  }

  /// The numbers of all eBPF programs that the kernel has.
  private static Set<Integer> programs() {
    Set<Integer> ids = new TreeSet<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(3 * JAVA_INT.byteSize(), JAVA_INT.byteAlignment());
      while (Libc.bpf(CallState.current(), BPF_PROG_GET_NEXT_ID, attributes, attributes.byteSize())
          >= 0) {
        int id = attributes.getAtIndex(JAVA_INT, 1);
        ids.add(id);
        attributes.setAtIndex(JAVA_INT, 0, id);
      }
    }
    return ids;
  }

  @Test
  void refusesToReadNothingAgain() throws Exception {
    Command.Result noSet = lab.ringtap.run("capture", "-i", "lo", "--reload-sets", "port 80");
    Command.Result noCapture =
        lab.ringtap.run("capture", "-r", "x.pcap", "--reload-sets", "net in " + set);

    assertThat(noSet.exitCode()).isEqualTo(3);
    assertThat(noSet.err())
        .containsExactly(
            "ringtap capture: --reload-sets is about sets from files, as 'host in FILE', and the"
                + " filter has none");
    assertThat(noCapture.exitCode()).isEqualTo(3);
    assertThat(noCapture.err())
        .containsExactly("ringtap capture: --reload-sets is about a running capture: not with -r");
  }
}

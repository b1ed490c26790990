package io.ringtap.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.report.Profile;
import io.ringtap.lab.report.Profile.Part;
import io.ringtap.lab.report.Profile.SystemCall;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kernel samples and counts what is known to run.
@RequiresRoot
class ProfilerTest {
  private static final long CPU_NANOS = 150_000_000;

  @TempDir private Path directory;

  /// A thread of a name by which the library's are known, which does nothing but this.
  private static long spin(AtomicBoolean isOver) {
    long sum = 0;
    while (!isOver.get()) {
      for (int i = 0; i < 10_000; i++) {
        sum = sum * 31 + i;
      }
    }
    return sum;
  }

  private static Optional<String> spin(Watch watch) throws IOException, InterruptedException {
    AtomicBoolean isOver = new AtomicBoolean();
    Thread thread =
        Thread.ofPlatform()
            .name("ringtap-spin")
            .start(() -> {
              long _ = spin(isOver);
            });
    try {
      awaitCpuTime(thread); // it is compiled meanwhile
      watch.begin();
      awaitCpuTime(thread);
      watch.end();
    } finally {
      isOver.set(true);
      thread.join();
    }
    return Optional.empty();
  }

  private static void awaitCpuTime(Thread thread) {
    ThreadMXBean times = ManagementFactory.getThreadMXBean();
    long before = times.getThreadCpuTime(thread.threadId());
    Eventually.await(
        "the thread has run", () -> times.getThreadCpuTime(thread.threadId()) - before > CPU_NANOS);
  }

  @Test
  void findsWhatAThreadOfThisProcessDoes() throws Exception {
    Profiler profiler = new Profiler();
    assertThat(profiler.refusals()).isEmpty();

    Profile profile = profiler.profile("spin", "alone", ProfilerTest::spin).orElseThrow();

    long ofPeer = profile.samples(Part.PEER);
    long inSpin =
        profile.functions().stream()
            .filter(function -> function.part() == Part.PEER)
            .filter(function -> function.name().endsWith("ProfilerTest.spin"))
            .mapToLong(Profile.Function::samples)
            .sum();
    // Of the CPU time a tenth must have been seen: on a slow machine the kernel samples less often.
    assertThat(ofPeer).isGreaterThan(CPU_NANOS / profile.periodNs() / 10);
    assertThat(inSpin).isGreaterThan(ofPeer / 2);
    assertAddsUp(profile);
  }

  private static void assertAddsUp(Profile profile) {
    for (Part part : Part.values()) {
      long ofFunctions =
          profile.functions().stream()
              .filter(function -> function.part() == part)
              .mapToLong(Profile.Function::samples)
              .sum();
      assertThat(ofFunctions).as(part.label()).isEqualTo(profile.samples(part));
    }
    long roots =
        profile.frames().stream()
            .filter(frame -> frame.depth() == 0)
            .mapToLong(Profile.Frame::samples)
            .sum();
    assertThat(profile.samples() - roots).isBetween(0L, profile.samples() / 200);
  }

  @Test
  void leavesNeitherDescriptorsNorMappings() throws Exception {
    Sampling.open().close(); // what is made once in a JVM is made now

    OpenDescriptors.assertNoneLeft(() -> {
      for (int i = 0; i < 3; i++) {
        try (Sampling sampling = Sampling.open();
            SystemCallCounter counter = SystemCallCounter.begun()) {
          sampling.begin();
          counter.end();
        }
      }
    });

    assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
        .noneMatch(line -> line.contains("perf_event"));
  }

  /// A shell sends itself a signal that is none, which is one system call each time; then it waits.
  @Test
  void countsTheSystemCallsOfAProcess() throws Exception {
    Path go = directory.resolve("go");
    Path done = directory.resolve("done");
    String script =
        "while [ ! -e %s ]; do sleep 0.01; done; i=0; while [ $i -lt 3000 ]; do kill -0 $$; kill -0 1073741824 2>/dev/null; i=$((i+1)); done; : >%s; sleep 100"
            .formatted(go, done);
    try (NetworkNamespace namespace = NetworkNamespace.create("profile");
        MeasuredProcess _ = MeasuredProcess.start(namespace, List.of("sh", "-c", script));
        SystemCallCounter counter = SystemCallCounter.create()) {
      counter.begin();
      Files.createFile(go);
      Eventually.await("the shell has called", () -> Files.exists(done));
      counter.end();

      SystemCall kill =
          counter.counted().stream()
              .filter(call -> call.name().equals("kill"))
              .findFirst()
              .orElseThrow();
      assertThat(kill.calls()).isEqualTo(6000);
      assertThat(kill.errors()).isEqualTo(3000);
      assertThat(kill.totalNs()).isBetween(6000L * 20, 600_000_000_000L);
    }
  }

  /// A JVM that is busy until there is a file.
  static final class Busy {
    private Busy() {}

    static void main(String[] arguments) {
      long sum = 0;
      while (!Files.exists(Path.of(arguments[0]))) {
        sum = work(sum);
      }
      IO.println(sum);
    }

    private static long work(long before) {
      long sum = before;
      for (int i = 0; i < 5_000_000; i++) {
        sum = sum * 31 + i;
      }
      return sum;
    }
  }

  /// What a JVM compiles is named by the file that it leaves, which is removed.
  @Test
  void namesWhatAnotherJvmHasCompiled() throws Exception {
    Path end = directory.resolve("end");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path classes = Path.of(Busy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command =
        List.of(java, "-cp", classes.toString(), Busy.class.getName(), end.toString());
    AtomicLong pid = new AtomicLong();

    Profile profile =
        new Profiler()
            .profile(
                "Busy",
                "",
                watch -> {
                  try (NetworkNamespace namespace = NetworkNamespace.create("profile");
                      MeasuredProcess process =
                          MeasuredProcess.start(namespace, command, watch.environment())) {
                    pid.set(process.pid());
                    Files.deleteIfExists(end);
                    awaitCpuTime(process, 4 * CPU_NANOS); // it compiles meanwhile
                    watch.begin();
                    awaitCpuTime(process, CPU_NANOS);
                    watch.end();
                    Files.createFile(end);
                    return Optional.ofNullable(process.await(Duration.ofSeconds(60)).failure(0));
                  }
                })
            .orElseThrow();

    assertThat(profile.functions())
        .filteredOn(function -> function.part() == Part.PEER)
        .first()
        .satisfies(function -> {
          assertThat(function.name()).startsWith(Busy.class.getName() + ".");
          assertThat(function.group()).isEqualTo("Java, compiled");
        });
    assertThat(JitSymbols.file(pid.get())).doesNotExist();
    assertAddsUp(profile);
  }

  private static void awaitCpuTime(MeasuredProcess process, long nanos) {
    long before = process.cpu().nanos();
    Eventually.await("it has run", () -> process.cpu().nanos() - before > nanos);
  }
}

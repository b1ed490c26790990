package io.ringtap.lab.peer;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Rusage;
import io.ringtap.linux.abi.Signals;
import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A process in a namespace of the lab, with what it says and what it costs. It ends with this
/// object, with the JVM, and if the JVM is killed, with the next [Leftovers#clean].
///
/// What it used in all comes from `wait`: the kernel adds a child that has ended to what its parent
/// can read of its children. Two measured processes that overlap cannot be distinguished so; then
/// the last sample must do.
public final class MeasuredProcess implements AutoCloseable {
  private static final int MOST_OUTPUT = 64 << 20; // bytes of each stream
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final File NOTHING = new File("/dev/null");
  private static final Set<MeasuredProcess> RUNNING = ConcurrentHashMap.newKeySet();
  private static final AtomicLong STARTED = new AtomicLong();

  static {
    Thread end =
        Thread.ofPlatform()
            .name("ringtap-lab-end")
            .unstarted(() -> RUNNING.forEach(MeasuredProcess::kill));
    try {
      Runtime.getRuntime().addShutdownHook(end);
    } catch (IllegalStateException _) {
      // The JVM is ending: the experiment is interrupted, and ends its processes itself.
    }
  }

  private final List<String> command;
  private final long begin = System.nanoTime();
  private final long number = STARTED.incrementAndGet();
  private final boolean wasAlone = RUNNING.isEmpty();
  private final CpuTime childrenBefore = ofChildren();
  private final Process process;
  private final ProcessSampler sampler;
  private final CompletableFuture<String> output;
  private final CompletableFuture<String> errors;
  private final Thread sampling;
  private final CompletableFuture<Long> end;
  private @Nullable ProcessRun run;

  private MeasuredProcess(
      NetworkNamespace namespace, List<String> command, Map<String, String> environment)
      throws IOException {
    this.command = List.copyOf(command);
    ProcessBuilder builder = namespace.process(command.toArray(String[]::new));
    builder.environment().putAll(environment);
    builder.environment().put(Leftovers.VARIABLE, Leftovers.mark());
    builder.environment().put("LC_ALL", "C"); // numbers with a point
    builder.redirectInput(ProcessBuilder.Redirect.from(NOTHING));
    process = builder.start();
    RUNNING.add(this);
    sampler = new ProcessSampler(process.pid(), begin);
    output = collect("out", process.getInputStream());
    errors = collect("err", process.getErrorStream());
    end = process.onExit().thenApply(_ -> System.nanoTime());
    sampling =
        Thread.ofPlatform().daemon().name("ringtap-lab-sampler").start(this::sampleUntilTheEnd);
  }

  /// Starts `command` in `namespace`, with nothing to read and the C locale.
  ///
  /// @throws IOException if it cannot be started at all. That there is no such program shows in its
  ///   exit code, 127
  public static MeasuredProcess start(NetworkNamespace namespace, List<String> command)
      throws IOException {
    return start(namespace, command, Map.of());
  }

  /// Starts `command` with further variables in its environment.
  ///
  /// @throws IOException if it cannot be started at all
  public static MeasuredProcess start(
      NetworkNamespace namespace, List<String> command, Map<String, String> environment)
      throws IOException {
    return new MeasuredProcess(namespace, command, environment);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// What it has used so far, read now.
  public CpuTime cpu() {
    sampler.sample();
    return sampler.cpu();
  }

  /// Asks it to end, as Ctrl-C does.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses; not if it has ended
  public void interrupt() throws IOException {
    if (process.isAlive()) {
      int rc = Libc.kill(CallState.current(), (int) process.pid(), Signals.SIGINT);
      if (process.isAlive()) {
        LinuxException.check(rc, "kill(SIGINT)", command.getFirst(), "");
      }
    }
  }

  /// Waits for its end, and kills it when `limit` has passed since this call.
  ///
  /// @throws InterruptedException if the calling thread is interrupted; the process goes on
  public synchronized ProcessRun await(Duration limit) throws InterruptedException {
    if (run != null) {
      return run;
    }
    boolean isOverdue = !process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (isOverdue) {
      kill();
      boolean _ = process.waitFor(PATIENCE);
    }
    boolean isExact = wasAlone && STARTED.get() == number && !process.isAlive();
    CpuTime whole = isExact ? ofChildren().since(childrenBefore) : sampler.cpu();
    RUNNING.remove(this);
    sampling.join();
    if (isExact) {
      sampler.end(whole);
    }
    run =
        new ProcessRun(
            command,
            process.isAlive() ? -1 : process.exitValue(),
            isOverdue,
            Duration.ofNanos(end.getNow(System.nanoTime()) - begin),
            whole,
            isExact,
            sampler.peakThreads(),
            sampler.peakRssBytes(),
            text(output),
            text(errors),
            sampler.series());
    return run;
  }

  private void sampleUntilTheEnd() {
    try {
      do {
        sampler.sample();
      } while (!process.waitFor(ProcessSampler.PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      // Nobody interrupts it.
    }
  }

  /// A child of the process may hold its streams open; what it says later is nobody's.
  private static String text(CompletableFuture<String> said) {
    return said.completeOnTimeout("", PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static CompletableFuture<String> collect(String name, InputStream stream) {
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("ringtap-lab-" + name)
            .start(() -> {
              try (stream) {
                said.complete(new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
              } catch (IOException e) {
                said.completeExceptionally(new UncheckedIOException(e));
              }
            });
    return said;
  }

  /// What children of this process used that have ended and been waited for.
  private static CpuTime ofChildren() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(Rusage.LAYOUT);
      // Cannot fail: the argument is valid and the memory is ours.
      int _ = Libc.getrusage(CallState.current(), Rusage.RUSAGE_CHILDREN, usage);
      return new CpuTime(Rusage.userNanos(usage), Rusage.systemNanos(usage));
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// Ends the process, if it has not ended, and what it has started.
  @Override
  public void close() {
    kill();
    try {
      // So that what it used is not counted to the next one.
      boolean _ = process.waitFor(PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(this);
  }

  @Override
  public String toString() {
    return String.join(" ", command);
  }
}

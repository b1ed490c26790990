package io.ringtap.lab.peer;

import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads every tenth of a second what a process has used (`proc_pid_stat(5)`): it with all its
/// threads, and the children of its first thread with theirs, as a shell has them.
///
/// `stat` counts in ticks of 10 ms. Where there are few threads their `schedstat`, in nanoseconds,
/// makes the sum finer.
final class ProcessSampler {
  static final long PERIOD_MILLIS = 100;

  private static final long TICK_NANOS = 10_000_000; // USER_HZ is 100 on every 64-bit Linux
  private static final int MOST_THREADS_READ = 64;
  private static final int DEEPEST = 4; // of a shell's shell
  private static final Path PROC = Path.of("/proc");

  // Fields of stat after the command's name.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int CHILD_USER_TICKS = 13;
  private static final int CHILD_SYSTEM_TICKS = 14;
  private static final int THREADS = 17;

  private final long pid;
  private final long begin;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> user = new ArrayList<>();
  private final List<Double> system = new ArrayList<>();
  private final List<Double> both = new ArrayList<>();
  private CpuTime cpu = CpuTime.NONE;
  private int threads;
  private int peakThreads;
  private long peakRssBytes;

  /// @param begin when the process was started, on the clock of `System.nanoTime`
  ProcessSampler(long pid, long begin) {
    this.pid = pid;
    this.begin = begin;
  }

  /// Takes a sample; does nothing once the process has ended.
  synchronized void sample() {
    threads = 0;
    long[] rss = {0};
    CpuTime now = read(pid, 0, rss);
    if (threads == 0) {
      return;
    }
    peakThreads = Math.max(peakThreads, threads);
    peakRssBytes = Math.max(peakRssBytes, rss[0]);
    add(now);
  }

  /// Notes the last point, which is exact.
  synchronized void end(CpuTime last) {
    add(last);
  }

  private void add(CpuTime now) {
    // A thread that ends takes its nanoseconds with it, and the sum falls back to ticks.
    if (now.nanos() > cpu.nanos()) {
      cpu = now;
    }
    seconds.add((System.nanoTime() - begin) / 1e9);
    user.add(cpu.userNanos() / 1e9);
    system.add(cpu.systemNanos() / 1e9);
    both.add(cpu.nanos() / 1e9);
  }

  synchronized CpuTime cpu() {
    return cpu;
  }

  synchronized int peakThreads() {
    return peakThreads;
  }

  synchronized long peakRssBytes() {
    return peakRssBytes;
  }

  synchronized List<Sample.Series> series() {
    return List.of(
        new Sample.Series("cpu_user_s", seconds, user),
        new Sample.Series("cpu_system_s", seconds, system),
        new Sample.Series("cpu_s", seconds, both));
  }

  private CpuTime read(long process, int depth, long[] rss) {
    Path directory = PROC.resolve(Long.toString(process));
    try {
      String stat = Files.readString(directory.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      int ownThreads = Integer.parseInt(fields[THREADS]);
      CpuTime own =
          finer(
              new CpuTime(ticks(fields, USER_TICKS), ticks(fields, SYSTEM_TICKS)),
              ownThreads > MOST_THREADS_READ ? 0 : onCpuNanos(directory.resolve("task")));
      CpuTime whole =
          own.plus(new CpuTime(ticks(fields, CHILD_USER_TICKS), ticks(fields, CHILD_SYSTEM_TICKS)));
      threads += ownThreads;
      rss[0] += peakRss(directory.resolve("status"));
      if (depth < DEEPEST) {
        for (long child : children(directory, process)) {
          whole = whole.plus(read(child, depth + 1, rss));
        }
      }
      return whole;
    } catch (IOException _) {
      return CpuTime.NONE; // it has ended
    }
  }

  private static long ticks(String[] fields, int field) {
    return Long.parseLong(fields[field]) * TICK_NANOS;
  }

  /// The times with a sum that is exact, and the split that the ticks give.
  private static CpuTime finer(CpuTime byTicks, long nanos) {
    long missing = nanos - byTicks.nanos();
    if (missing <= 0) {
      return byTicks;
    }
    double userShare = byTicks.nanos() == 0 ? 0.5 : byTicks.userNanos() / (double) byTicks.nanos();
    long toUser = (long) (missing * userShare);
    return byTicks.plus(new CpuTime(toUser, missing - toUser));
  }

  private static long onCpuNanos(Path tasks) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        try {
          String schedstat = Files.readString(task.resolve("schedstat"));
          sum += Long.parseLong(schedstat, 0, schedstat.indexOf(' '), 10);
        } catch (IOException _) {
          // The thread has ended.
        }
      }
    }
    return sum;
  }

  private static List<Long> children(Path directory, long process) throws IOException {
    Path file = directory.resolve("task/" + process + "/children");
    if (!Files.exists(file)) {
      return List.of(); // a kernel without CONFIG_PROC_CHILDREN, or the process has ended
    }
    List<Long> children = new ArrayList<>();
    for (String child : Files.readString(file).split(" ", -1)) {
      if (!child.isBlank()) {
        children.add(Long.parseLong(child.strip()));
      }
    }
    return children;
  }

  private static long peakRss(Path status) throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0; // a zombie has no memory
  }
}

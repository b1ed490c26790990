package io.ringtap.testnet.load;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.CpuSet;
import io.ringtap.linux.abi.TimeClocks;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfTestRun;
import io.ringtap.linux.abi.bpf.XdpMd;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One injecting thread of a [FrameLoad]. It enters the namespace and never leaves it.
final class Injector implements Runnable {
  static final int ANY_CPU = -1;

  private static final int LOOPBACK = 1; // its index in every namespace
  private static final int BATCH = 64; // frames that the kernel passes to its stack at once

  // A call injects as fast as the CPU can, so it must be short enough that a stop takes effect
  // soon, and long enough that its own cost does not count.
  private static final int LONGEST_RUN = 1 << 16; // frames: some 20 ms
  private static final double PACED_RUN_NANOS = 10e6;

  /// What all threads of a load do alike.
  ///
  /// @param size bytes of a frame
  /// @param verdict where the frames go
  /// @param framesPerNano of each thread; 0 for as many as possible
  record Task(LoadKind kind, int size, XdpAction verdict, double framesPerNano) {}

  /// What one thread does of it.
  ///
  /// @param cpu where it runs, or [#ANY_CPU]
  /// @param first number of its first frame
  /// @param frames how many there are
  record Share(int cpu, long first, long frames) {}

  private final Link link;
  private final int index;
  private final Task task;
  private final Share share;
  private final CountDownLatch go;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private volatile boolean stopped;
  private volatile long injected;
  private volatile long cpuNanos;
  private volatile long endNanos;
  private volatile @Nullable Exception failure;

  /// @param index the kernel's index of the interface
  /// @param go opens when all threads are ready
  Injector(Link link, int index, Task task, Share share, CountDownLatch go) {
    this.link = link;
    this.index = index;
    this.task = task;
    this.share = share;
    this.go = go;
  }

  /// Completes when the thread is ready to inject, or has failed.
  CompletableFuture<Boolean> ready() {
    return ready;
  }

  void stop() {
    stopped = true;
  }

  long injected() {
    return injected;
  }

  /// CPU time of the thread, including the kernel's work for each frame.
  long cpuNanos() {
    return cpuNanos;
  }

  /// The end of the thread, on the clock of `System.nanoTime`.
  long endNanos() {
    return endNanos;
  }

  /// The exception that ended the thread early; null if there was none.
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public void run() {
    try (Arena arena = Arena.ofConfined()) {
      try (NetworkNamespace spare = NetworkNamespace.create("load");
          EbpfMap counter =
              EbpfMap.create(MapDefinition.array(FrameProgram.COUNTER, Long.BYTES, 1));
          LoadedProgram program =
              LoadedProgram.load(
                  task.kind.program(task.size, task.verdict),
                  ProgramType.XDP,
                  "ringtap_load",
                  Map.of(FrameProgram.COUNTER, counter));
          XdpLink _ = keepKnown(spare, program)) {
        enter(arena);
        MemorySegment number = arena.allocateFrom(JAVA_LONG, share.first);
        counter.update(arena.allocate(JAVA_INT), number);
        MemorySegment frame = task.kind.template(arena, task.size);
        MemorySegment context = XdpMd.allocate(arena, task.size, index);
        MemorySegment run = BpfTestRun.allocateLive(arena, program.number(), frame, context, BATCH);
        ready.complete(true);
        go.await();
        inject(run, counter, arena);
      }
    } catch (IOException | RuntimeException | InterruptedException e) {
      failure = e;
      ready.completeExceptionally(e);
    } finally {
      endNanos = System.nanoTime();
      // Has an effect only if the thread dies of an error, so that nobody waits forever.
      ready.completeExceptionally(new IllegalStateException("the injecting thread has died"));
    }
  }

  /// Attaches the program where no packet ever comes, to a loopback interface that is down. The
  /// kernel changes its code when a program begins to be used and when it no longer is, which takes
  /// more than 20 ms each; an attached program stays in use between two calls.
  private static XdpLink keepKnown(NetworkNamespace spare, LoadedProgram program)
      throws IOException {
    spare.adoptCurrentThread();
    return XdpLink.attach(program, LOOPBACK, XdpMode.GENERIC);
  }

  private void enter(Arena arena) throws IOException {
    link.namespace().adoptCurrentThread();
    HostNamespace.refuse(link.toString());
    if (share.cpu != ANY_CPU) {
      MemorySegment set = CpuSet.allocate(arena, share.cpu);
      int pinned = Libc.schedSetaffinity(CallState.current(), 0, set.byteSize(), set);
      LinuxException.check(pinned, "sched_setaffinity(CPU " + share.cpu + ")", subject());
    }
  }

  private void inject(MemorySegment run, EbpfMap counter, Arena arena) throws LinuxException {
    MemorySegment time = arena.allocate(Timespec.LAYOUT);
    MemorySegment key = arena.allocate(JAVA_INT);
    MemorySegment number = arena.allocate(JAVA_LONG);
    MemorySegment callState = CallState.current();
    long begin = System.nanoTime();
    while (injected < share.frames && !stopped) {
      BpfTestRun.repeat(run, (int) Math.min(share.frames - injected, runLength(begin)));
      int rc = Libc.bpf(callState, Bpf.BPF_PROG_TEST_RUN, run, run.byteSize());
      // The counter shows how many frames there were, because a signal may end a run between two
      // batches.
      boolean _ = counter.lookup(key, number); // an array has all its elements
      injected = number.get(JAVA_LONG, 0) - share.first;
      // Cannot fail: the clock exists and the memory is ours.
      int _ = Libc.clockGettime(callState, TimeClocks.CLOCK_THREAD_CPUTIME_ID, time);
      cpuNanos = Timespec.nanos(time, 0);
      if (rc < 0 && !Errno.EINTR.is(rc)) {
        throw new LinuxException(
            "bpf(BPF_PROG_TEST_RUN)",
            subject(),
            Errno.of(rc),
            Errno.EINVAL.is(rc) ? "live frames need Linux 5.18" : "");
      }
      if (task.framesPerNano > 0) {
        park(begin + (long) (injected / task.framesPerNano));
      }
    }
  }

  private long runLength(long begin) {
    if (task.framesPerNano == 0) {
      return LONGEST_RUN;
    }
    long due = (long) (task.framesPerNano * (System.nanoTime() - begin + PACED_RUN_NANOS));
    return Math.clamp(due - injected, 1, LONGEST_RUN);
  }

  private void park(long due) {
    while (!stopped) {
      long wait = due - System.nanoTime();
      if (wait <= 0) {
        return;
      }
      LockSupport.parkNanos(this, Math.min(wait, 100_000_000));
    }
  }

  private String subject() {
    return "load on " + link;
  }
}

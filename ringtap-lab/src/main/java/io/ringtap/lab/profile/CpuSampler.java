package io.ringtap.lab.profile;

import io.ringtap.device.CpuSet;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.abi.perf.PerfEvent;
import io.ringtap.linux.abi.perf.PerfEventAttr;
import io.ringtap.linux.abi.perf.PerfEventMmapPage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Samples what runs on each CPU, with call chains, whoever it is: a timer of the kernel on each
/// CPU (`perf_event_open(2)`, the CPU clock) writes into a ring, which a thread empties a few times
/// a second. Nothing is resolved before the end.
///
/// What runs with interrupts switched off is not seen until they are on again: its time counts for
/// the instruction that switches them on.
final class CpuSampler implements AutoCloseable {
  /// Prime, so that samples do not keep step with what happens every millisecond.
  static final long PERIOD_NANOS = 250_007;

  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
  private static final int RING_PAGES = 1024; // a power of two; more than a second of long chains
  private static final long READ_MILLIS = 100;
  private static final String REMEDY =
      "needs CAP_PERFMON, or CAP_SYS_ADMIN before Linux 5.8; containers often forbid it";

  /// What was recorded on one CPU.
  private static final class Cpu {
    private final FileDescriptor event;
    private final Mapping ring;
    private final RecordBuffer records = new RecordBuffer();

    Cpu(FileDescriptor event, Mapping ring) {
      this.event = event;
      this.ring = ring;
    }

    /// Copies what the kernel has written since the last time, and gives the room back.
    void drain(long pageBytes) {
      MemorySegment memory = ring.memory();
      long head = PerfEventMmapPage.headAcquire(memory);
      long tail = PerfEventMmapPage.tail(memory);
      long bytes = memory.byteSize() - pageBytes;
      while (tail < head) {
        long at = tail % bytes;
        long piece = Math.min(head - tail, bytes - at);
        records.append(memory, pageBytes + at, piece);
        tail += piece;
      }
      PerfEventMmapPage.tailRelease(memory, head);
    }

    void close() {
      ring.close();
      event.close();
    }
  }

  private final List<Cpu> cpus = new ArrayList<>();
  private final long pageBytes = Mapping.pageBytes();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread reader =
      Thread.ofPlatform().daemon().name("ringtap-lab-samples").unstarted(this::drainUntilTheEnd);

  private CpuSampler() {}

  /// Prepares the events of all CPUs, which do not count yet.
  ///
  /// @throws IOException if the kernel refuses (a LinuxException): `EACCES` or `EPERM` without the
  ///   right, `ENOSYS` or `ENOENT` if the kernel or this machine has no such events
  static CpuSampler open() throws IOException {
    CpuSampler sampler = new CpuSampler();
    try {
      for (int cpu : CpuSet.numbersOf(Files.readString(ONLINE))) {
        sampler.add(cpu);
      }
      return sampler;
    } catch (IOException | RuntimeException e) {
      sampler.close();
      throw e;
    }
  }

  private void add(int cpu) throws IOException {
    String subject = "CPU " + cpu;
    FileDescriptor event;
    try (Arena arena = Arena.ofConfined()) {
      int result =
          Libc.perfEventOpen(
              CallState.current(),
              PerfEventAttr.cpuClock(arena, PERIOD_NANOS),
              -1,
              cpu,
              PerfEvent.PERF_FLAG_FD_CLOEXEC);
      boolean isForbidden = Errno.EPERM.is(result) || Errno.EACCES.is(result);
      event =
          new FileDescriptor(
              LinuxException.check(result, "perf_event_open", subject, isForbidden ? REMEDY : ""));
    }
    try {
      cpus.add(new Cpu(event, Mapping.ofDescriptor(event, (1L + RING_PAGES) * pageBytes, subject)));
    } catch (LinuxException | RuntimeException e) {
      event.close();
      throw e;
    }
  }

  /// Starts to sample.
  ///
  /// @throws LinuxException if the kernel refuses
  void start() throws LinuxException {
    reader.start();
    for (Cpu cpu : cpus) {
      control(cpu, PerfEvent.PERF_EVENT_IOC_ENABLE, "ioctl(PERF_EVENT_IOC_ENABLE)");
    }
  }

  private static void control(Cpu cpu, int command, String operation) throws LinuxException {
    int _ =
        LinuxException.check(
            Libc.ioctl(CallState.current(), cpu.event.number(), command, MemorySegment.NULL),
            operation,
            "an event");
  }

  private void drainUntilTheEnd() {
    try {
      while (!end.await(READ_MILLIS, TimeUnit.MILLISECONDS)) {
        cpus.forEach(cpu -> cpu.drain(pageBytes));
      }
    } catch (InterruptedException _) {
      // No other thread has it to interrupt it.
    }
  }

  /// Ends sampling.
  ///
  /// @return the records of all CPUs
  /// @throws LinuxException if the kernel refuses
  List<RecordBuffer> stop() throws LinuxException, InterruptedException {
    for (Cpu cpu : cpus) {
      control(cpu, PerfEvent.PERF_EVENT_IOC_DISABLE, "ioctl(PERF_EVENT_IOC_DISABLE)");
    }
    end.countDown();
    reader.join();
    cpus.forEach(cpu -> cpu.drain(pageBytes));
    return cpus.stream().map(cpu -> cpu.records).toList();
  }

  /// Ends the events; harmless if they have been ended.
  @Override
  public void close() {
    end.countDown();
    boolean isInterrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException _) {
        isInterrupted = true; // the rings must not go while they are read
      }
    }
    cpus.forEach(Cpu::close);
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

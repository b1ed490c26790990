package io.ringtap.capture;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Membarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Replaces the filter of running sockets, so that afterwards no packet is shown that the new
/// filter rejects, and no packet is lost that passes both filters.
///
/// 1. The threads run the new filter in user space too, because packets waiting in the rings or
///    queues have passed only the old one.
/// 2. The kernel replaces the filter of each socket, atomically between two packets.
/// 3. A grace period passes, after which packets that a CPU was judging by the old filter have
///    reached their socket.
/// 4. The filtering in user space ends after the packets that are waiting now, so that the hot path
///    is as before.
final class FilterChange {
  /// Runs a task on the thread with this number, between two drains of its sources, and returns
  /// when the task is done.
  @FunctionalInterface
  interface Threads {
    void run(int thread, Runnable task);
  }

  private final List<List<FilteredSource>> sources; // by thread, then by interface
  private final Threads threads;

  FilterChange(List<List<FilteredSource>> sources, Threads threads) {
    this.sources = sources;
    this.threads = threads;
  }

  /// Puts `filters` into force.
  ///
  /// @param filters by interface
  /// @throws LinuxException if the kernel rejects one; then some sockets have the new filter and
  ///   others do not, and no packet is shown that the new filter rejects
  void to(List<SocketFilter> filters) throws LinuxException {
    forEachThread(ofThread -> {
      for (int i = 0; i < ofThread.size(); i++) {
        ofThread.get(i).filterInUserSpace(filters.get(i));
      }
    });
    List<FilteredSource> inUserSpace = new ArrayList<>();
    try (SetPrograms sets = new SetPrograms()) {
      for (List<FilteredSource> ofThread : sources) {
        for (int i = 0; i < ofThread.size(); i++) {
          FilteredSource source = ofThread.get(i);
          if (attach(source, filters.get(i), sets) != FilterPlace.KERNEL) {
            inUserSpace.add(source);
          }
        }
      }
    }
    if (!settle()) {
      return; // filtering in user space goes on, which is slower and just as correct
    }
    forEachThread(ofThread -> {
      for (FilteredSource source : ofThread) {
        if (!inUserSpace.contains(source)) {
          source.endUserSpaceFilterAfterQueue();
        }
      }
    });
  }

  private void forEachThread(Consumer<List<FilteredSource>> task) {
    for (int i = 0; i < sources.size(); i++) {
      List<FilteredSource> ofThread = sources.get(i);
      threads.run(i, () -> task.accept(ofThread));
    }
  }

  private static FilterPlace attach(FilteredSource source, SocketFilter filter, SetPrograms sets)
      throws LinuxException {
    FilterPlace place = source.attach(filter, sets);
    // The kernel keeps the old program beside the new one while it replaces it. Now that the old
    // one has been replaced by a short one, there may be room.
    return place == FilterPlace.USER_SPACE_FOR_SIZE ? source.attach(filter, sets) : place;
  }

  /// Waits until no CPU is still running an old filter: the kernel runs filters as RCU readers, and
  /// this waits for a grace period.
  static boolean settle() {
    return Libc.membarrier(CallState.current(), Membarrier.MEMBARRIER_CMD_GLOBAL, 0) >= 0;
  }
}

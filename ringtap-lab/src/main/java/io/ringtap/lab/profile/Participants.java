package io.ringtap.lab.profile;

import io.ringtap.lab.peer.Leftovers;
import io.ringtap.lab.report.Profile.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which part each thread of the machine has: asked for while they live, and remembered.
///
/// The peer is every process that this lab has started, with its children; if there is none, the
/// library's threads in this process. Not thread-safe.
final class Participants {
  private static final String OURS = "ringtap-";
  private static final String LOAD = "ringtap-load";
  private static final String LAB = "ringtap-lab";
  private static final List<String> NETWORK_THREADS = List.of("ksoftirqd", "napi/", "irq/");
  private static final int FLAGS = 6; // field of stat after the command's name
  private static final long PF_KTHREAD = 0x0020_0000; // include/linux/sched.h

  private record ThreadKey(int pid, int tid) {}

  private final Map<Integer, Part> processes = new HashMap<>();
  private final Map<ThreadKey, String> names = new HashMap<>();
  private final int own = (int) ProcessHandle.current().pid();

  /// Remembers a name that was recorded when the thread took it.
  void name(int pid, int tid, String name) {
    names.put(new ThreadKey(pid, tid), name);
  }

  /// Looks at a process and a thread of it, which may end soon.
  void meet(int pid, int tid) {
    Part _ = processes.computeIfAbsent(pid, this::find);
    String _ = names.computeIfAbsent(new ThreadKey(pid, tid), Participants::nameOf);
  }

  private Part find(int pid) {
    if (pid == 0) {
      return Part.KERNEL; // an interrupt has woken an idle CPU
    }
    if (isKernelThread(pid)) {
      String name = nameOf(new ThreadKey(pid, pid));
      return NETWORK_THREADS.stream().anyMatch(name::startsWith) ? Part.KERNEL : Part.OTHERS;
    }
    return pid != own && Leftovers.isOfThisLab(pid) ? Part.PEER : Part.OTHERS;
  }

  private static boolean isKernelThread(int pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[FLAGS]) & PF_KTHREAD) != 0;
    } catch (IOException _) {
      return false; // it has ended
    }
  }

  private static String nameOf(ThreadKey thread) {
    try {
      return Files.readString(Path.of("/proc/" + thread.pid + "/task/" + thread.tid + "/comm"))
          .strip();
    } catch (IOException _) {
      return "";
    }
  }

  /// The name of a thread that has been met; empty if it had ended before.
  String nameOf(int pid, int tid) {
    return names.getOrDefault(new ThreadKey(pid, tid), "");
  }

  /// The part of a thread that has been met.
  Part partOf(int pid, int tid) {
    if (pid != own) {
      return processes.getOrDefault(pid, Part.OTHERS);
    }
    String name = nameOf(pid, tid);
    if (name.startsWith(LOAD)) {
      return Part.KERNEL;
    }
    boolean isInThisProcess = !processes.containsValue(Part.PEER);
    return isInThisProcess && name.startsWith(OURS) && !name.startsWith(LAB)
        ? Part.PEER
        : Part.OTHERS;
  }
}

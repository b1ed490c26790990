package io.ringtap.system;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The programs, maps and links of eBPF that a process holds, by the numbers under which the kernel
/// lists them.
///
/// @param ids numbers by the kernel's word for their kind: `prog_id`, `map_id`, `link_id`
public record KernelObjects(Map<String, Set<Integer>> ids) {
  // Commands of bpf(2) that open what a number stands for, linux/bpf.h.
  private static final Map<String, Integer> OPENING =
      Map.of("prog_id", Bpf.BPF_PROG_GET_FD_BY_ID, "map_id", 14, "link_id", 30);

  /// Those of a process (`/proc/PID/fdinfo`).
  public static KernelObjects of(ProcessHandle process) throws IOException {
    Map<String, Set<Integer>> ids = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fdinfo"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] words = line.split(":", 2);
          if (OPENING.containsKey(words[0])) {
            ids.computeIfAbsent(words[0], _ -> new TreeSet<>())
                .add(Integer.parseInt(words[1].strip()));
          }
        }
      }
    }
    return new KernelObjects(ids);
  }

  /// Whether the kernel has none of them any more.
  public boolean areGone() {
    return ids.entrySet().stream()
        .allMatch(kind ->
            kind.getValue().stream().noneMatch(id -> exists(OPENING.get(kind.getKey()), id)));
  }

  private static boolean exists(int command, int id) {
    try (Arena arena = Arena.ofConfined()) {
      // The number of each kind stands in the same place.
      MemorySegment attributes = BpfAttr.programOfId(arena, id);
      int opened = Libc.bpf(CallState.current(), command, attributes, attributes.byteSize());
      if (opened >= 0) {
        int _ = Libc.close(CallState.current(), opened);
      }
      return opened >= 0;
    }
  }
}

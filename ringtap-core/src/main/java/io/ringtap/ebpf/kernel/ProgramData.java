package io.ringtap.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The data of a program in the kernel while the program is loaded, each in an array of one
/// element. Then the program holds them, and these descriptors can be closed.
final class ProgramData implements AutoCloseable {
  private final Map<String, FileDescriptor> maps = new HashMap<>();

  private ProgramData() {}

  /// Stores the data of a program.
  ///
  /// @throws LinuxException if the kernel refuses: `EPERM` without CAP_BPF, `E2BIG` for more than
  ///   it takes, which is 4 MiB in older kernels
  static ProgramData store(EbpfProgram program) throws LinuxException {
    ProgramData stored = new ProgramData();
    try {
      for (Map.Entry<String, IntBuffer> each : program.data().entrySet()) {
        stored.store(each.getKey(), each.getValue());
      }
      return stored;
    } catch (LinuxException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  private void store(String name, IntBuffer words) throws LinuxException {
    MapDefinition definition =
        MapDefinition.array(name, Math.multiplyExact(words.remaining(), Integer.BYTES), 1);
    int created = EbpfMap.tryCreate(definition);
    FileDescriptor map =
        new FileDescriptor(
            LinuxException.check(
                created, "bpf(BPF_MAP_CREATE)", definition.toString(), BpfCall.REMEDY));
    maps.put(name, map);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(definition.valueBytes());
      value.copyFrom(MemorySegment.ofBuffer(words));
      MemorySegment first = arena.allocate(JAVA_INT);
      int _ =
          BpfCall.check(
              Bpf.BPF_MAP_UPDATE_ELEM,
              BpfAttr.mapElement(arena, map.number(), first, value),
              "bpf(BPF_MAP_UPDATE_ELEM)",
              definition.toString());
    }
  }

  /// The map of a name; null if it is not data.
  @Nullable Integer descriptor(String name) {
    FileDescriptor map = maps.get(name);
    return map == null ? null : map.number();
  }

  @Override
  public void close() {
    maps.values().forEach(FileDescriptor::close);
  }
}

package io.ringtap.testnet.load;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A 64-bit number shared by an eBPF program and this JVM: an array map with one element. Only the
/// thread that creates it may use and close it.
final class EbpfCounter implements AutoCloseable {
  static final String REMEDY = "needs CAP_BPF and CAP_NET_ADMIN";

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment key = arena.allocate(JAVA_INT);
  private final MemorySegment value = arena.allocate(JAVA_LONG);
  private final FileDescriptor descriptor;
  private final MemorySegment element;

  private EbpfCounter(FileDescriptor descriptor) {
    this.descriptor = descriptor;
    this.element = BpfAttr.mapElement(arena, descriptor.number(), key, value);
  }

  /// Creates a counter with the value `initial`.
  ///
  /// @throws LinuxException if the kernel refuses: `EPERM` without the capabilities
  static EbpfCounter create(long initial) throws LinuxException {
    FileDescriptor descriptor;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes =
          BpfAttr.mapCreate(arena, Bpf.BPF_MAP_TYPE_ARRAY, Integer.BYTES, Long.BYTES, 1);
      int fd = call(Bpf.BPF_MAP_CREATE, attributes);
      descriptor =
          new FileDescriptor(
              LinuxException.check(fd, "bpf(BPF_MAP_CREATE)", "the load's counter", REMEDY));
    }
    EbpfCounter counter = new EbpfCounter(descriptor);
    try {
      counter.value.set(JAVA_LONG, 0, initial);
      counter.check(Bpf.BPF_MAP_UPDATE_ELEM, "bpf(BPF_MAP_UPDATE_ELEM)");
      return counter;
    } catch (LinuxException | RuntimeException e) {
      counter.close();
      throw e;
    }
  }

  /// The map's descriptor, by which programs refer to it.
  int number() {
    return descriptor.number();
  }

  /// The current value.
  ///
  /// @throws LinuxException if the kernel refuses
  long value() throws LinuxException {
    check(Bpf.BPF_MAP_LOOKUP_ELEM, "bpf(BPF_MAP_LOOKUP_ELEM)");
    return value.get(JAVA_LONG, 0);
  }

  private void check(int command, String operation) throws LinuxException {
    int _ = LinuxException.check(call(command, element), operation, "the load's counter");
  }

  private static int call(int command, MemorySegment attributes) {
    return Libc.bpf(CallState.current(), command, attributes, attributes.byteSize());
  }

  @Override
  public void close() {
    descriptor.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

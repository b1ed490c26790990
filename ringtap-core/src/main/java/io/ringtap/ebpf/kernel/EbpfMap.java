package io.ringtap.ebpf.kernel;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import io.ringtap.linux.abi.bpf.BpfBatch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;

/// A map: elements that programs in the kernel and this process share. Keys and values are bytes,
/// in memory off the heap, in the byte order that the programs use; a value of a per-CPU map is
/// [#valueBytes] long, the values of all CPUs one after the other, each on a multiple of 8 bytes.
///
/// The map lives as long as this, or a program that uses it. Any thread may use it; closing it
/// while a call is in progress is the caller's fault.
public final class EbpfMap implements AutoCloseable {
  /// The kernel's error for a command that a type of map does not have. It is not meant for user
  /// space (`include/linux/errno.h`), so [Errno] does not name it.
  private static final Errno ENOTSUPP = new Errno(524);

  private static final int BATCH = 256;
  private static final int MOST_IN_BATCH = 1 << 20;
  private static final long ALIGNMENT = Long.BYTES;

  private final MapDefinition definition;
  private final FileDescriptor descriptor;
  private final long valueBytes;

  private EbpfMap(MapDefinition definition, FileDescriptor descriptor, long valueBytes) {
    this.definition = definition;
    this.descriptor = descriptor;
    this.valueBytes = valueBytes;
  }

  /// Makes a map without elements; an array's are zero.
  ///
  /// @throws IOException if the kernel refuses (a LinuxException): `EPERM` without CAP_BPF,
  ///   `EINVAL` for a type or sizes that it does not have
  public static EbpfMap create(MapDefinition definition) throws IOException {
    long valueBytes =
        definition.type().isPerCpu()
            ? aligned(definition.valueBytes()) * PossibleCpus.count()
            : definition.valueBytes();
    int result = tryCreate(definition);
    return new EbpfMap(
        definition,
        new FileDescriptor(
            LinuxException.check(
                result, "bpf(BPF_MAP_CREATE)", definition.toString(), BpfCall.REMEDY)),
        valueBytes);
  }

  /// Makes a map.
  ///
  /// @return its descriptor, or `-errno`
  static int tryCreate(MapDefinition definition) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes =
          BpfAttr.mapCreate(
              arena,
              definition.type().number,
              definition.keyBytes(),
              definition.valueBytes(),
              definition.entries());
      BpfAttr.mapName(attributes, definition.name());
      BpfAttr.mapFlags(attributes, definition.type().flags());
      return BpfCall.run(Bpf.BPF_MAP_CREATE, attributes);
    }
  }

  /// What the map was made to be.
  public MapDefinition definition() {
    return definition;
  }

  /// The descriptor, for calls that this class does not have.
  ///
  /// @throws IllegalStateException if the map has been closed
  public int number() {
    return descriptor.number();
  }

  FileDescriptor descriptor() {
    return descriptor;
  }

  /// Bytes of a value in this process; of a per-CPU map, the values of all CPUs together.
  public long valueBytes() {
    return valueBytes;
  }

  /// Stores an element, or replaces it.
  ///
  /// @throws LinuxException if the kernel refuses: `E2BIG` or `ENOSPC` if the map is full
  public void update(MemorySegment key, MemorySegment value) throws LinuxException {
    requireRoom(key, value, 1);
    element(Bpf.BPF_MAP_UPDATE_ELEM, "bpf(BPF_MAP_UPDATE_ELEM)", key, value);
  }

  /// Finds an element.
  ///
  /// @param value where its value is written
  /// @return whether there is one
  /// @throws LinuxException if the kernel refuses
  public boolean lookup(MemorySegment key, MemorySegment value) throws LinuxException {
    requireRoom(key, value, 1);
    return isThere(Bpf.BPF_MAP_LOOKUP_ELEM, "bpf(BPF_MAP_LOOKUP_ELEM)", key, value);
  }

  /// Removes an element.
  ///
  /// @return whether there was one
  /// @throws LinuxException if the kernel refuses: `EINVAL` for an array
  public boolean delete(MemorySegment key) throws LinuxException {
    if (key.byteSize() < definition.keyBytes()) {
      throw new IllegalArgumentException(
          "a key of %s has %d bytes, not %d"
              .formatted(definition, definition.keyBytes(), key.byteSize()));
    }
    return isThere(Bpf.BPF_MAP_DELETE_ELEM, "bpf(BPF_MAP_DELETE_ELEM)", key, MemorySegment.NULL);
  }

  /// Stores `count` elements, whose keys and values lie one after the other: in few calls if the
  /// kernel can (since Linux 5.6), otherwise one by one.
  ///
  /// @throws LinuxException if the kernel refuses; then the elements before have been stored
  public void updateAll(MemorySegment keys, MemorySegment values, int count) throws LinuxException {
    requireRoom(keys, values, count);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment batch = BpfBatch.allocate(arena, number(), keys, values, count);
      if (count > 0 && BpfCall.run(Bpf.BPF_MAP_UPDATE_BATCH, batch) >= 0) {
        return;
      }
    }
    // One by one it becomes clear which element is refused, and why.
    for (int done = 0; done < count; done++) {
      update(
          keys.asSlice((long) done * definition.keyBytes(), definition.keyBytes()),
          values.asSlice(done * valueBytes, valueBytes));
    }
  }

  /// Shows every element, its key and its value, in memory that is lent until `visitor` returns.
  /// What programs store or remove meanwhile may be missed or shown twice.
  ///
  /// @throws LinuxException if the kernel refuses
  public void forEach(BiConsumer<MemorySegment, MemorySegment> visitor) throws LinuxException {
    if (!forEachInBatches(visitor)) {
      forEachByKey(visitor);
    }
  }

  /// @return whether the kernel has batches for this map; if not, nothing was shown
  private boolean forEachInBatches(BiConsumer<MemorySegment, MemorySegment> visitor)
      throws LinuxException {
    int room = BATCH;
    boolean isFirst = true;
    try (Arena positions = Arena.ofConfined()) {
      long positionBytes = Math.max(Integer.BYTES, definition.keyBytes());
      MemorySegment from = positions.allocate(positionBytes, ALIGNMENT);
      MemorySegment to = positions.allocate(positionBytes, ALIGNMENT);
      while (true) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment keys = arena.allocate((long) room * definition.keyBytes(), ALIGNMENT);
          MemorySegment values = arena.allocate(room * valueBytes, ALIGNMENT);
          MemorySegment batch = BpfBatch.allocate(arena, number(), keys, values, room);
          BpfBatch.position(batch, isFirst ? MemorySegment.NULL : from, to);
          int result = BpfCall.run(Bpf.BPF_MAP_LOOKUP_BATCH, batch);
          if (Errno.ENOSPC.is(result) && room < MOST_IN_BATCH) {
            room *= 2; // one bucket of a hash has more elements than there was room for
            continue;
          }
          boolean isLast = Errno.ENOENT.is(result);
          if (result < 0 && !isLast) {
            if (isFirst && (ENOTSUPP.is(result) || Errno.EINVAL.is(result))) {
              return false;
            }
            throw refusal("bpf(BPF_MAP_LOOKUP_BATCH)", result);
          }
          show(keys, values, BpfBatch.count(batch), visitor);
          if (isLast) {
            return true;
          }
          from.copyFrom(to);
          isFirst = false;
        }
      }
    }
  }

  private void show(
      MemorySegment keys,
      MemorySegment values,
      int count,
      BiConsumer<MemorySegment, MemorySegment> visitor) {
    for (int i = 0; i < count; i++) {
      visitor.accept(
          keys.asSlice((long) i * definition.keyBytes(), definition.keyBytes()),
          values.asSlice(i * valueBytes, valueBytes));
    }
  }

  private void forEachByKey(BiConsumer<MemorySegment, MemorySegment> visitor)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(definition.keyBytes(), ALIGNMENT);
      MemorySegment next = arena.allocate(definition.keyBytes(), ALIGNMENT);
      MemorySegment value = arena.allocate(valueBytes, ALIGNMENT);
      MemorySegment from = MemorySegment.NULL;
      while (isThere(Bpf.BPF_MAP_GET_NEXT_KEY, "bpf(BPF_MAP_GET_NEXT_KEY)", from, next)) {
        if (lookup(next, value)) {
          visitor.accept(next, value);
        }
        key.copyFrom(next);
        from = key;
      }
    }
  }

  private boolean isThere(int command, String operation, MemorySegment key, MemorySegment value)
      throws LinuxException {
    int result = call(command, key, value);
    if (Errno.ENOENT.is(result)) {
      return false;
    }
    if (result < 0) {
      throw refusal(operation, result);
    }
    return true;
  }

  private void element(int command, String operation, MemorySegment key, MemorySegment value)
      throws LinuxException {
    int result = call(command, key, value);
    if (result < 0) {
      throw refusal(operation, result);
    }
  }

  private int call(int command, MemorySegment key, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      return BpfCall.run(command, BpfAttr.mapElement(arena, number(), key, value));
    }
  }

  private LinuxException refusal(String operation, int result) {
    Errno errno = Errno.of(result);
    return new LinuxException(
        operation, definition.toString(), errno, errno.equals(Errno.EPERM) ? BpfCall.REMEDY : "");
  }

  private void requireRoom(MemorySegment keys, MemorySegment values, int count) {
    if (keys.byteSize() < (long) count * definition.keyBytes()
        || values.byteSize() < count * valueBytes) {
      throw new IllegalArgumentException(
          "%d elements of %s need keys of %d bytes and values of %d, not of %d and %d"
              .formatted(
                  count,
                  definition,
                  (long) count * definition.keyBytes(),
                  count * valueBytes,
                  keys.byteSize(),
                  values.byteSize()));
    }
  }

  private static long aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /// Closes the map; the kernel frees it once no program uses it.
  @Override
  public void close() {
    descriptor.close();
  }

  @Override
  public String toString() {
    return definition.toString();
  }
}

package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `union bpf_attr` (`linux/bpf.h`), the argument of every command of `bpf(2)`, as far as the
/// commands here need it. The union grows from kernel to kernel; a shorter one means zeros. Memory
/// that is pointed to must stay open until the call has returned.
public final class BpfAttr {
  /// Room for the longest member that is used here.
  private static final int BYTES = 128;

  private BpfAttr() {}

  /// `BPF_MAP_CREATE`.
  public static MemorySegment mapCreate(
      Arena arena, int type, int keyBytes, int valueBytes, int entries) {
    MemorySegment attributes = allocate(arena);
    attributes.set(JAVA_INT, 0, type); // map_type
    attributes.set(JAVA_INT, 4, keyBytes); // key_size
    attributes.set(JAVA_INT, 8, valueBytes); // value_size
    attributes.set(JAVA_INT, 12, entries); // max_entries
    return attributes;
  }

  /// `BPF_MAP_LOOKUP_ELEM` and `BPF_MAP_UPDATE_ELEM`, which creates an element or replaces it.
  public static MemorySegment mapElement(
      Arena arena, int mapDescriptor, MemorySegment key, MemorySegment value) {
    MemorySegment attributes = allocate(arena);
    attributes.set(JAVA_INT, 0, mapDescriptor); // map_fd
    attributes.set(JAVA_LONG, 8, Pointer.of(key)); // key
    attributes.set(JAVA_LONG, 16, Pointer.of(value)); // value
    return attributes;
  }

  /// `BPF_PROG_LOAD`.
  ///
  /// @param instructions an array of `struct bpf_insn`, 8 bytes each
  /// @param license a string; `GPL` allows all helpers
  /// @param log where the verifier tells its reasons; empty for none
  public static MemorySegment programLoad(
      Arena arena, int type, MemorySegment instructions, MemorySegment license, MemorySegment log) {
    MemorySegment attributes = allocate(arena);
    attributes.set(JAVA_INT, 0, type); // prog_type
    attributes.set(JAVA_INT, 4, (int) (instructions.byteSize() / Long.BYTES)); // insn_cnt
    attributes.set(JAVA_LONG, 8, Pointer.of(instructions)); // insns
    attributes.set(JAVA_LONG, 16, Pointer.of(license)); // license
    if (log.byteSize() > 0) {
      attributes.set(JAVA_INT, 24, 1); // log_level
      attributes.set(JAVA_INT, 28, (int) log.byteSize()); // log_size
      attributes.set(JAVA_LONG, 32, Pointer.of(log)); // log_buf
    }
    return attributes;
  }

  private static MemorySegment allocate(Arena arena) {
    return arena.allocate(BYTES, Long.BYTES);
  }
}
